import type { TaskView } from '../../../shared/domain/task.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { awaitsRecovery, cancelBarrier, provenCopies } from '../../../shared/planning/recovery.ts';

/** Where a VM is safe, of a task that needs a person; null of every other. */
export const safetyWords = (view: TaskView, { recovery }: Messages): string | null => {
  if (view.state !== 'needs-attention' && !awaitsRecovery(view)) return null;
  if (view.header.move.method !== 'cold-evacuate') return null;
  const copies = provenCopies(view);
  return copies.length === 0 ? null : recovery.safe(recovery.list(copies.map((copy) => recovery.copies[copy])));
};

/** What cancelling does where the task is; null of a method that is simply stopped. */
export const cancellingWords = ({ header, cold }: TaskView, { recovery }: Messages): string | null => {
  const { method, evacuation, vmName } = header.move;
  if (method !== 'cold-evacuate') return null;
  if (evacuation?.part === 'restore') return recovery.cancelling.leaveImage(vmName);
  return cold.sourceDeleted ? recovery.cancelling.toOrigin(vmName) : recovery.cancelling.back(vmName);
};

/** Why a task that runs cannot be called back any more; null while it can. */
export const cancelObstacle = (view: TaskView, { recovery }: Messages): string | null => {
  const barrier = cancelBarrier(view);
  return barrier === null ? null : recovery.cancelBarriers[barrier](view.header.move.vmName);
};
