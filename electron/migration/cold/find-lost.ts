import type { EvacuationImage, LostVm } from '../../../shared/domain/evacuation.ts';
import type { EntityId, SiteId, TaskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { usesImage } from '../../evacuation/reservations.ts';
import { isParkedName } from './image-names.ts';

interface KnownVm {
  readonly id: EntityId;
  readonly name: string;
}

/** What the finder compares. Of sites that were never read it knows nothing, and says nothing. */
export interface LostQuestion {
  readonly images: readonly EvacuationImage[];
  /** Tasks that have not ended. */
  readonly open: readonly TaskView[];
  /** Also of those that have ended; null when the task log does not know it. */
  readonly taskOf: (task: TaskId) => TaskView | null;
  /** VMs of a site; null when its inventory is not known. */
  readonly vmsOf: (site: SiteId) => readonly KnownVm[] | null;
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
    if (image.state === 'deleting') return [{ kind: 'half-deleted', image }];
    const isPartial = image.state === 'partial';
    // Without a record there is no whole VM in it: it was still being copied, and its source is only read.
    if (record === null) return isPartial ? [{ kind: 'left-over-partial', image }] : [];
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
    if (exists) return isPartial ? [{ kind: 'left-over-partial', image }] : [];
    return [{ kind: isPartial ? 'only-an-unsealed-image' : 'only-an-image', image }];
  });

const doubles = (question: LostQuestion, busy: ReadonlySet<EntityId>): readonly LostVm[] =>
  question.sites.flatMap((site) => {
    const vms = question.vmsOf(site) ?? [];
    return vms.flatMap((vm): readonly LostVm[] => {
      if (!isParkedName(vm.name) || busy.has(vm.id)) return [];
      const vmName = vm.name.replace(/ \(parked T-\d+\)$/, '');
      const copies = vms.filter((other) => other.name === vmName);
      if (copies.length > 0) return [{ kind: 'twice', vmName, vms: [vm.id, ...copies.map(({ id }) => id)] }];
      return wasEvacuated(question, vm) ? [] : [{ kind: 'parked-without-task', vmName, vm: vm.id }];
    });
  });

/**
 * It is parked because somebody evacuated it alone, and that is complete: the task log says so, and its sealed image is
 * there to be restored. Without the image it would be all there is of the VM, whatever was once meant.
 */
const wasEvacuated = ({ images, taskOf, uuidOf }: LostQuestion, vm: KnownVm): boolean =>
  images.some(({ state, record }) => {
    if (state !== 'sealed' || record === null || record.task === null || record.parkedName !== vm.name) return false;
    const { id, instanceUuid } = record.vm;
    if (id !== vm.id && (instanceUuid === undefined || uuidOf(vm.id) !== instanceUuid)) return false;
    const task = taskOf(record.task);
    // Consoles that share a folder count their tasks alike.
    return task?.state === 'completed' && isEvacuationAlone(task) && task.cold.image?.id === record.id;
  });

const isEvacuationAlone = ({ header }: TaskView): boolean => header.move.evacuation?.part === 'evacuate';

/** The open task that works with an image; null when there is none. */
export const taskOfImage = (
  { folder, name }: Pick<EvacuationImage, 'folder' | 'name'>,
  open: readonly TaskView[],
): TaskId | null => open.find((task) => usesImage(task, folder, name))?.header.id ?? null;
