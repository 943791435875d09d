import type { TaskHeader } from '../../shared/domain/task.ts';
import type { Journal } from '../storage/ports.ts';
import { type LiveTask, liveTask, type TaskTools } from './live-task.ts';
import { isCold } from './new-tasks.ts';
import { endedWithoutStart } from './pursue.ts';

/**
 * Takes over a task that was left open, by a crash or by another process.
 * @returns nothing when its move was certainly never asked for; then its end is written
 */
export const adopt = (header: TaskHeader, journal: Journal, tools: TaskTools): readonly LiveTask[] => {
  const task = liveTask(header);
  const view = tools.log.view(header.id);
  if (!view || endedWithoutStart(task, tools)) return [];
  if (isCold(header)) {
    // What became of it is found out when a person looks: only then is anything done about it.
    if (view.state !== 'interrupted' && !view.cold.awaitsDecision) tools.log.append(header.id, { kind: 'interrupted' });
    task.phase = 'deciding';
    return [task];
  }
  if (view.state !== 'unknown' && view.state !== 'interrupted') tools.log.append(header.id, { kind: 'interrupted' });
  task.phase = 'adrift';
  task.platformTask = view.platformTask;
  task.cancelWanted = journal.events(header.id).some(({ body }) => body.kind === 'cancel-requested');
  return [task];
};
