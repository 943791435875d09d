import { chunkBytes } from '../../../../../electron/hypervisors/lab/cold/disk-content.ts';
import type { LabOptions } from '../../../../../electron/hypervisors/lab/lab-adapter.ts';
import type { ImportFile, ImportRequest } from '../../../../../electron/hypervisors/transfer.ts';
import type { Destination } from '../../../../../shared/domain/migration.ts';
import type { Platform } from '../../../../../shared/domain/platform.ts';
import { coldActs, type HeldFile, type HeldImage } from '../../../../contract/cold-image.ts';
import { type WitnessedVm, witnessVm } from '../../../../support/lab-witness.ts';
import { type LabBench, openLab } from '../lab-bench.ts';

/** A lab that takes no time, with small images; and whole VMs to take out of it and put in again. */
export interface ColdBench extends LabBench, ReturnType<typeof coldActs> {
  /** A stopped VM with one disk that nothing speaks against. */
  readonly plain: string;
  readonly destination: Destination;
  witness(name: string): WitnessedVm;
  /** On all datastores together. */
  freeBytes(): number;
  /** Whether there is a VM of that name. */
  has(name: string): boolean;
}

const plainVm = { vmware: 'payroll-01', hyperv: 'kintai-01' } as const;
const destinations = { vmware: ['host', 'esx06'], hyperv: ['cluster', 'HVCL02'] } as const;

export const openColdLab = async (
  platform: Platform = 'vmware',
  options: Partial<LabOptions> = {},
): Promise<ColdBench> => {
  const lab = await openLab(platform, {
    speed: Number.POSITIVE_INFINITY,
    largestImageBytes: 4 * chunkBytes,
    ...options,
  });
  const [kind, name] = destinations[platform];
  const destination = { kind, id: lab.find(kind, name).id, name };
  return {
    ...lab,
    ...coldActs(lab.pass, () => destination),
    plain: plainVm[platform],
    destination,
    witness: (vm) => witnessVm(lab.server, lab.vm(vm)),
    freeBytes: () =>
      [...lab.server.world.entities()].reduce(
        (sum, entity) => sum + (entity.kind === 'datastore' ? (entity.freeBytes ?? 0) : 0),
        0,
      ),
    has: (vm) => [...lab.server.world.entities()].some((entity) => entity.name === vm),
  };
};

export const announced = ({ name, kind, bytes }: HeldFile): ImportFile => ({ name, kind, bytes });

/** The first file of an image: its first disk. */
export const firstFile = ({ files }: Pick<HeldImage, 'files'>): HeldFile => {
  const [file] = files;
  if (file === undefined) throw new Error('the image has no files');
  return file;
};

/** Networks of an import by their names. */
export const networksTo = (lab: LabBench, names: Readonly<Record<string, string>>): ImportRequest['networks'] =>
  Object.entries(names).map(([name, network]) => ({ name, network: lab.find('network', network).id }));
