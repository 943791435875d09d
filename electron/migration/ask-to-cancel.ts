import type { PlatformTaskRef } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { LiveTask, TaskTools } from './live-task.ts';

/**
 * Asks the platform to stop a relocation. Its end is told by following it. A platform that cannot stop it is written
 * down as still at work, so that the task does not read "cancelling" until it is done.
 */
export const askToCancel = async (
  task: LiveTask,
  ref: PlatformTaskRef,
  session: HypervisorSession,
  tools: TaskTools,
): Promise<Attempt<'asked' | 'already-ended'>> => {
  const asked = await attempt(() => session.cancelTask(ref, tools.stopping));
  if (!asked.ok) return asked;
  if (asked.value !== 'not-cancellable') return { ok: true, value: asked.value };
  task.cancelWanted = false;
  const { id, move } = task.header;
  // It may have ended while the answer was on its way.
  if (tools.log.view(id)?.state === 'cancelling') tools.log.append(id, { kind: 'reconciled', found: 'still-running' });
  return { ok: false, error: new AppError('not-cancellable', { vmName: move.vmName }) };
};
