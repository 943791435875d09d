import type { SiteId } from '../../shared/domain/ids.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { askToCancel } from './ask-to-cancel.ts';
import { mayBeCancelled } from './cold/cold-migration.ts';
import type { LiveTask, TaskTools } from './live-task.ts';
import type { TaskPool } from './task-pool.ts';

/**
 * What cancelling means where a task is. Before the move was started: nothing happens to the VM. Once it is under way
 * the platform is asked; while a site is not connected the wish is kept. After the move: too late, it completes.
 * @throws `not-cancellable`, or why the platform could not be asked
 */
export const cancelTask = async (
  task: LiveTask,
  pool: TaskPool,
  sessions: (site: SiteId) => HypervisorSession | null,
  tools: TaskTools,
): Promise<void> => {
  const { move } = task.header;
  const { phase, platformTask } = task;
  switch (phase) {
    case 'waiting':
      cancelWaiting([task], pool, tools);
      return;
    case 'checking':
      wish(task, tools);
      task.checking.abort();
      return;
    case 'starting':
      // The platform's task is not known yet; whoever waits for it asks for its end at once.
      wish(task, tools);
      return;
    case 'moving':
    case 'adrift':
      break;
    case 'verifying':
      return;
    case 'evacuating': {
      const view = tools.log.view(task.header.id);
      if (view !== null && !mayBeCancelled(view)) throw new AppError('not-cancellable', { vmName: move.vmName });
      wish(task, tools);
      task.transfer.abort();
      return;
    }
    case 'deciding':
      tools.log.append(task.header.id, {
        kind: 'recovery-chosen',
        choice: { action: 'roll-back' },
        by: tools.userName,
      });
      pool.goOn(task);
      return;
    default:
      return phase satisfies never;
  }
  // An adrift start without an answer left nothing that the platform could be asked to end.
  if (!platformTask) throw new AppError('not-cancellable', { vmName: move.vmName });
  wish(task, tools);
  const session = sessions(task.site);
  const asked = session && (await askToCancel(task, platformTask, session, tools));
  if (asked && !asked.ok) throw asked.error;
};

/** Ends tasks that have not begun. */
export const cancelWaiting = (tasks: readonly LiveTask[], pool: TaskPool, tools: TaskTools): void => {
  tools.log.together(() => {
    for (const { header } of tasks) tools.log.append(header.id, { kind: 'cancel-requested' }, { kind: 'cancelled' });
  });
  for (const { header } of tasks) pool.remove(header.id);
  pool.queueStarts();
};

const wish = (task: LiveTask, tools: TaskTools): void => {
  if (!task.cancelWanted) tools.log.append(task.header.id, { kind: 'cancel-requested' });
  task.cancelWanted = true;
};
