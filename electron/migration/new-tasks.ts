import type { ImageRecord } from '../../shared/domain/evacuation.ts';
import { type EntityId, taskLabel } from '../../shared/domain/ids.ts';
import type { MigrationOperation, Move } from '../../shared/domain/migration.ts';
import type { TaskHeader, TaskView } from '../../shared/domain/task.ts';
import { isOpen } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { PlaceBook, VmOrigin } from './place-book.ts';

/** A task's header before the journal gave it its number. */
export type NewTask = Omit<TaskHeader, 'id'>;

const originOf = (move: Move, places: PlaceBook): VmOrigin => {
  const origin = places.originOf(move.vm);
  if (!origin) throw new AppError('not-found', { what: 'vm', name: move.vmName });
  return origin;
};

/** Of a restore: where the VM in the image came from. */
const originFor = (move: Move, places: PlaceBook, images: ReadonlyMap<EntityId, ImageRecord>): VmOrigin => {
  if (move.evacuation?.part !== 'restore') return originOf(move, places);
  const record = images.get(move.vm);
  if (record === undefined) throw new AppError('not-found', { what: 'image', name: move.evacuation.image ?? '' });
  const { vm, origin } = record;
  return {
    vmName: vm.name,
    placement: origin.placement,
    placeName: origin.placeName,
    ...(vm.instanceUuid === undefined ? {} : { instanceUuid: vm.instanceUuid }),
  };
};

/** Whether a task goes through the steps of an evacuation. */
export const isCold = ({ move }: Pick<TaskHeader, 'move'>): boolean => move.method === 'cold-evacuate';

const placed = (origin: VmOrigin): Pick<NewTask, 'origin' | 'originName' | 'vmInstanceUuid'> => ({
  origin: origin.placement,
  originName: origin.placeName,
  ...(origin.instanceUuid === undefined ? {} : { vmInstanceUuid: origin.instanceUuid }),
});

/**
 * The tasks of an operation, one a VM.
 * @param images records of the images that are to be restored, by the VM in them
 * @throws `invalid-input` for an evacuation without a folder, `not-found`, `vm-changed` when a VM is named twice
 */
export const tasksOf = (
  operation: MigrationOperation,
  places: PlaceBook,
  images: ReadonlyMap<EntityId, ImageRecord>,
  createdAt: number,
): readonly NewTask[] => {
  const seen = new Set<string>();
  return operation.moves.map((move) => {
    if (move.method === 'cold-evacuate' && move.evacuation === undefined) {
      throw new AppError('invalid-input', { issues: [{ path: 'evacuation', message: 'choose a folder' }] });
    }
    if (seen.has(move.vm)) throw busy(move.vmName, move.vmName);
    seen.add(move.vm);
    return {
      operation: operation.id,
      createdAt,
      move,
      ...placed(originFor(move, places, images)),
      acknowledgements: operation.acknowledgements.filter((given) => given.vm === move.vm),
      atATime: operation.atATime,
      rerunOf: null,
    };
  });
};

/**
 * A task that does again what another one did not achieve, from where the VM is now.
 * @throws `invalid-input` when it succeeded, `vm-changed` when it has not ended yet, `not-found`
 */
export const taskAgain = ({ header, state, cold }: TaskView, places: PlaceBook, createdAt: number): NewTask => {
  const { id, vmInstanceUuid: _, ...old } = header;
  if (isOpen(state) || cold.awaitsDecision) throw busy(old.move.vmName, taskLabel(id));
  if (state === 'completed') throw new AppError('invalid-input', { issues: [{ path: 'task', message: state }] });
  // The VM in an image comes from where it came from, however often it is restored.
  if (old.move.evacuation?.part === 'restore') return { ...header, createdAt, rerunOf: id };
  const origin = originOf(old.move, places);
  return { ...old, move: { ...old.move, vmName: origin.vmName }, ...placed(origin), createdAt, rerunOf: id };
};

export const busy = (vmName: string, now: string): AppError =>
  new AppError('vm-changed', { vmName, what: 'busy', now });
