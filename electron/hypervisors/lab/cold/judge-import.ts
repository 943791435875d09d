import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { PlatformObjection } from '../../port.ts';
import type { ImportRequest } from '../../transfer.ts';
import type { LabWorld } from '../lab-world.ts';
import { createObjector } from '../placement/judge-placement.ts';
import { DamagedDescription } from './checked-description.ts';
import type { DescribedVm } from './described-vm.ts';
import { readDescriptor } from './descriptor.ts';
import { planImport } from './plan-import.ts';
import { restoredVmId } from './restored-vm.ts';

export interface JudgedImport {
  readonly objections: readonly PlatformObjection[];
  /** The VM that would be made; null when it is refused. */
  readonly made: { readonly vm: VirtualMachine; readonly described: DescribedVm } | null;
}

/** Names of all files the description speaks of. */
export const filesIn = ({ disks, firmwareFile }: DescribedVm): readonly string[] => [
  ...disks.map(({ file }) => file),
  ...(firmwareFile === null ? [] : [firmwareFile]),
];

/**
 * What the platform says to importing this.
 * @param number of the VM that is to be made
 * @throws AppError `destination-gone`
 */
export const judgeImport = (world: LabWorld, request: ImportRequest, number: number): JudgedImport => {
  const { objections, object } = createObjector(world, { name: request.vmName }, null);
  try {
    const described = readDescriptor(world.platform, request.descriptor);
    const sent = new Set(request.files.map(({ name }) => name));
    for (const file of filesIn(described)) if (!sent.has(file)) object('files-missing', file);
    const plan = planImport(world, { ...request, id: restoredVmId(world, number), described });
    if (plan.kind === 'refused') return { objections: [...objections, ...plan.objections], made: null };
    if (objections.length > 0) return { objections, made: null };
    return { objections: plan.warnings, made: { vm: plan.vm, described } };
  } catch (error) {
    if (!(error instanceof DamagedDescription)) throw error;
    object('damaged-description', error.message);
    return { objections, made: null };
  }
};
