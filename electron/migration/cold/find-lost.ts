import type { EvacuationImage, LostVm } from '../../../shared/domain/evacuation.ts';
import type { EntityId, SiteId, TaskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { usesImage } from '../../evacuation/reservations.ts';
import { isParkedName } from './image-names.ts';

/** What the finder compares. Of sites that were never read it knows nothing, and says nothing. */
export interface LostQuestion {
  readonly images: readonly EvacuationImage[];
  /** Tasks that have not ended. */
  readonly open: readonly TaskView[];
  /** VMs of a site; null when its inventory is not known. */
  readonly vmsOf: (site: SiteId) => readonly { readonly id: EntityId; readonly name: string }[] | null;
  /** Instance UUID, where the inventory tells it. */
  readonly uuidOf: (vm: EntityId) => string | undefined;
  readonly sites: readonly SiteId[];
}

/** Images, task log and inventories compared: what looks like a VM that was lost, or that is there twice. Pure. */
export const findLost = (question: LostQuestion): readonly LostVm[] => {
  const busyImages = new Set(question.open.map(({ cold }) => cold.image?.id));
  const busyVms = new Set(question.open.map(({ header }) => header.move.vm));
  return [...lostImages(question, busyImages), ...doubles(question, busyVms)];
};

const lostImages = (
  { images, vmsOf, uuidOf }: LostQuestion,
  busy: ReadonlySet<string | undefined>,
): readonly LostVm[] =>
  images.flatMap((image): readonly LostVm[] => {
    const { record } = image;
    if (image.task !== null || (record !== null && busy.has(record.id))) return [];
    if (image.state === 'partial') return [{ kind: 'left-over-partial', image }];
    if (record === null) return [];
    const vms = vmsOf(record.site);
    if (vms === null) return [];
    const { id, name, instanceUuid } = record.vm;
    const exists = vms.some(
      (vm) =>
        vm.id === id ||
        vm.name === name ||
        vm.name === record.parkedName ||
        (instanceUuid !== undefined && uuidOf(vm.id) === instanceUuid),
    );
    return exists ? [] : [{ kind: 'only-an-image', image }];
  });

const doubles = ({ sites, vmsOf }: LostQuestion, busy: ReadonlySet<EntityId>): readonly LostVm[] =>
  sites.flatMap((site) => {
    const vms = vmsOf(site) ?? [];
    return vms.flatMap((vm): readonly LostVm[] => {
      if (!isParkedName(vm.name) || busy.has(vm.id)) return [];
      const vmName = vm.name.replace(/ \(parked T-\d+\)$/, '');
      const copies = vms.filter((other) => other.name === vmName);
      return copies.length > 0
        ? [{ kind: 'twice', vmName, vms: [vm.id, ...copies.map(({ id }) => id)] }]
        : [{ kind: 'parked-without-task', vmName, vm: vm.id }];
    });
  });

/** The open task that works with an image; null when there is none. */
export const taskOfImage = (
  { folder, name }: Pick<EvacuationImage, 'folder' | 'name'>,
  open: readonly TaskView[],
): TaskId | null => open.find((task) => usesImage(task, folder, name))?.header.id ?? null;
