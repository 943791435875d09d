import type { PlatformTaskRef } from '../../../../shared/domain/task.ts';
import { cancelTask } from '../requests/move-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { isFault } from '../transport/soap-fault.ts';
import { moveOfRef } from './platform-task-ref.ts';
import { readTask } from './task-info.ts';

/** Asks the server to stop a task. Only the task itself tells whether it obeys: after the switch-over it will not. */
export const askToCancel = async (
  session: ApiSession,
  ref: PlatformTaskRef,
  signal: AbortSignal,
): Promise<'asked' | 'already-ended' | 'not-cancellable'> => {
  const task = moveOfRef(ref)?.task ?? null;
  const info = task === null ? null : await readTask(session, task, signal);
  if (task === null || info === null || info.state === 'success' || info.state === 'error') return 'already-ended';
  if (!info.cancelable) return 'not-cancellable';
  try {
    await session.call(cancelTask(task), { signal });
    return 'asked';
  } catch (error) {
    // What CancelTask answers for a task that has ended, that cannot be cancelled, and that is forgotten.
    if (isFault(error, 'InvalidState') || isFault(error, 'ManagedObjectNotFound')) return 'already-ended';
    if (isFault(error, 'NotSupported')) return 'not-cancellable';
    throw error;
  }
};
