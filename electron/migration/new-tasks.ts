import { taskLabel } from '../../shared/domain/ids.ts';
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

const placed = (origin: VmOrigin): Pick<NewTask, 'origin' | 'originName' | 'vmInstanceUuid'> => ({
  origin: origin.placement,
  originName: origin.placeName,
  ...(origin.instanceUuid === undefined ? {} : { vmInstanceUuid: origin.instanceUuid }),
});

/**
 * The tasks of an operation, one a VM.
 * @throws `method-unavailable`, `not-found`, `vm-changed` when a VM is named twice
 */
export const tasksOf = (operation: MigrationOperation, places: PlaceBook, createdAt: number): readonly NewTask[] => {
  const seen = new Set<string>();
  return operation.moves.map((move) => {
    if (move.method !== 'hot') throw new AppError('method-unavailable', { method: move.method });
    if (seen.has(move.vm)) throw busy(move.vmName, move.vmName);
    seen.add(move.vm);
    return {
      operation: operation.id,
      createdAt,
      move,
      ...placed(originOf(move, places)),
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
export const taskAgain = ({ header, state }: TaskView, places: PlaceBook, createdAt: number): NewTask => {
  const { id, vmInstanceUuid: _, ...old } = header;
  if (isOpen(state)) throw busy(old.move.vmName, taskLabel(id));
  if (state === 'completed') throw new AppError('invalid-input', { issues: [{ path: 'task', message: state }] });
  const origin = originOf(old.move, places);
  return { ...old, move: { ...old.move, vmName: origin.vmName }, ...placed(origin), createdAt, rerunOf: id };
};

export const busy = (vmName: string, now: string): AppError =>
  new AppError('vm-changed', { vmName, what: 'busy', now });
