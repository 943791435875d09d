import { type TaskId, taskLabel } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { TaskLog } from './task-log.ts';

/** What a cold migration leaves to people: to mount an ISO again, to delete a checkpoint. */
export interface TaskFollowUps {
  /** Nothing of it is left to do. Saying it twice is harmless. @throws `not-found`, and faults of the log */
  done(task: TaskId): TaskView;
}

/** @param by whose name is kept with it */
export const createTaskFollowUps = (log: Pick<TaskLog, 'view' | 'append'>, by: string): TaskFollowUps => ({
  done: (task) => {
    const view = log.view(task);
    if (view === null || view.cold.followUps.length === 0) {
      throw new AppError('not-found', { what: 'task', name: taskLabel(task) });
    }
    return view.cold.followUpsDone === null ? log.append(task, { kind: 'follow-ups-done', by }) : view;
  },
});
