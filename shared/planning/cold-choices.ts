import type { EvacuationPart, EvacuationPlan, FolderStatus, ImagePolicy, SourcePolicy } from '../domain/evacuation.ts';
import { siteOf } from '../domain/ids.ts';
import type { Destination, MigrationMethod } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import { defaultMethodOf } from './destination.ts';

export type ColdMethod = Exclude<MigrationMethod, 'hot'>;

/** What a person chooses for the stopped VMs of an operation; running ones move hot, whatever is chosen here. */
export interface ColdChoices {
  readonly part: EvacuationPart;
  readonly method: ColdMethod;
  /** Path of the evacuation image folder; null until one was chosen. */
  readonly folder: string | null;
  readonly sourcePolicy: SourcePolicy;
  readonly imagePolicy: ImagePolicy;
  readonly powerOn: boolean;
  /** Name of the image to restore; null for the other parts. */
  readonly image: string | null;
}

/** The choices people begin with. */
export const usualColdChoices: ColdChoices = {
  part: 'whole',
  method: 'cold-evacuate',
  folder: null,
  sourcePolicy: 'retain-until-restored',
  imagePolicy: 'delete-when-restored',
  powerOn: true,
  image: null,
};

/** Whether the platform can relocate the stopped VM by itself: only within one management server. */
export const canGoDirect = (vm: Pick<VmSummary, 'id'>, destination: Destination): boolean =>
  siteOf(vm.id) === siteOf(destination.id);

/**
 * D5: hot for a running VM, cold for a stopped one; null when it can move neither way. Half a cold migration is for
 * stopped VMs alone.
 */
export const methodFor = (
  vm: Pick<VmSummary, 'id' | 'powerState'>,
  destination: Destination | null,
  { part, method }: Pick<ColdChoices, 'part' | 'method'>,
): MigrationMethod | null => {
  const usual = defaultMethodOf(vm);
  if (part !== 'whole') return usual === 'hot' ? null : usual;
  if (usual !== 'cold-evacuate' || method !== 'cold-direct') return usual;
  return destination === null || canGoDirect(vm, destination) ? method : usual;
};

/** The plan that goes along with a `cold-evacuate`; null as long as no folder was chosen. */
export const evacuationPlanOf = (choices: ColdChoices): EvacuationPlan | null => {
  const { part, folder, sourcePolicy, imagePolicy, powerOn, image } = choices;
  if (folder === null) return null;
  return { part, folder, sourcePolicy, imagePolicy, powerOn, ...(image === null ? {} : { image }) };
};

/** The folder to begin with: the one used last, else the only one; null when a person has to choose. */
export const folderToBeginWith = (folders: readonly FolderStatus[], lastUsed: string | null): string | null => {
  const usable = folders.filter(({ problem }) => problem === null);
  const last = usable.find(({ path }) => path === lastUsed);
  const [only] = usable;
  return last?.path ?? (usable.length === 1 && only !== undefined ? only.path : null);
};
