import { type TaskId, taskLabel } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Journal } from '../storage/ports.ts';
import type { TaskLog } from './task-log.ts';

export interface FollowUpPage {
  readonly limit: number;
  /** Pages on: only tasks with a smaller number. */
  readonly before: TaskId | null;
  /** `open`: of which nobody has said that nothing is left to do. */
  readonly which: 'open' | 'all';
}

/**
 * What a cold migration leaves to people: to mount an ISO again, to delete a checkpoint. Its errors, beside those
 * named: `storage-locked`, `storage-failed`, `storage-damaged`.
 */
export interface TaskFollowUps {
  /** The tasks that left something, newest first, however old they are. */
  list(page: FollowUpPage): readonly TaskView[];
  /** Nothing of it is left to do. Saying it twice is harmless. @throws `not-found` */
  done(task: TaskId): TaskView;
  /** Calls back with tasks that left something, or were ticked off, in whatever process. Returns what ends it. */
  onChange(listener: (view: TaskView) => void): () => void;
  /** Looks whether another process has written something down since; cheap when it has not. */
  hearOthers(): void;
}

export interface TaskFollowUpParts {
  readonly log: Pick<TaskLog, 'view' | 'append'>;
  readonly journal: Pick<Journal, 'tasksWithFollowUps' | 'lastEvent' | 'followUpsChangedSince'>;
  /** Whose name is kept with it. */
  readonly by: string;
}

export const createTaskFollowUps = ({ log, journal, by }: TaskFollowUpParts): TaskFollowUps => {
  const listeners = new Set<(view: TaskView) => void>();
  /** Up to where listeners know of events; null until the first of them came. */
  let told: number | null = null;

  return {
    list: (page) => journal.tasksWithFollowUps(page).flatMap(({ id }) => log.view(id) ?? []),
    done: (task) => {
      const view = log.view(task);
      if (view === null || view.cold.followUps.length === 0) {
        throw new AppError('not-found', { what: 'follow-up', name: taskLabel(task) });
      }
      return view.cold.followUpsDone === null ? log.append(task, { kind: 'follow-ups-done', by }) : view;
    },
    onChange: (listener) => {
      told ??= journal.lastEvent();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hearOthers: () => {
      if (told === null) return;
      const last = journal.lastEvent();
      if (last === told) return;
      const views = journal.followUpsChangedSince(told).flatMap((task) => log.view(task) ?? []);
      told = last;
      for (const view of views) for (const listener of listeners) listener(view);
    },
  };
};
