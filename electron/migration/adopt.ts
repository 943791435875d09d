import type { TaskHeader } from '../../shared/domain/task.ts';
import type { Journal } from '../storage/ports.ts';
import { type LiveTask, liveTask, type TaskTools } from './live-task.ts';
import { endedWithoutStart } from './pursue.ts';

/**
 * Takes over a task that was left open, by a crash or by another process.
 * @returns nothing when its move was certainly never asked for; then its end is written
 */
export const adopt = (header: TaskHeader, journal: Journal, tools: TaskTools): readonly LiveTask[] => {
  const task = liveTask(header);
  const view = tools.log.view(header.id);
  if (!view || endedWithoutStart(task, tools)) return [];
  if (view.state !== 'unknown' && view.state !== 'interrupted') tools.log.append(header.id, { kind: 'interrupted' });
  task.phase = 'adrift';
  task.platformTask = view.platformTask;
  task.cancelWanted = journal.events(header.id).some(({ body }) => body.kind === 'cancel-requested');
  return [task];
};
