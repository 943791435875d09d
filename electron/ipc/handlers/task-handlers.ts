import type { TaskId } from '../../../shared/domain/ids.ts';
import { taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { TaskFollowUps } from '../../migration/task-follow-ups.ts';
import type { TaskRunner } from '../../migration/task-runner.ts';
import type { Journal } from '../../storage/ports.ts';
import { allTasks, type ExportFormat, exportTasks } from '../../task-export.ts';
import type { HandlersOf } from '../handlers.ts';

export interface TaskHandlerParts {
  readonly runner: TaskRunner;
  readonly journal: Journal;
  readonly followUps: TaskFollowUps;
  /** Asks the person where to save; null when they cancel. */
  readonly chooseFile: (format: ExportFormat) => Promise<string | null>;
  readonly writeFile: (file: string, content: string) => Promise<void>;
}

export const taskHandlers = (parts: TaskHandlerParts): HandlersOf<'tasks'> => {
  const { runner, journal } = parts;

  const viewOf = (task: TaskId): TaskView => {
    const view = runner.log.view(task);
    if (view === null) throw new AppError('not-found', { what: 'task', name: taskLabel(task) });
    return view;
  };

  return {
    'tasks.list': (page) => [...runner.log.list(page)],
    'tasks.details': ({ task }) => ({ view: viewOf(task), events: [...journal.events(task)] }),
    'tasks.cancel': async ({ task }) => {
      await runner.cancel(task);
      return {};
    },
    'tasks.cancelOperation': async ({ operation }) => {
      await runner.cancelAll(operation);
      return {};
    },
    'tasks.followUps': (page) => [...parts.followUps.list(page)],
    'tasks.followUpsDone': ({ task }) => parts.followUps.done(task),
    'tasks.rerun': ({ task }) => viewOf(runner.rerun(task).id),
    'tasks.export': async ({ format }) => {
      const file = await parts.chooseFile(format);
      if (file === null) return { file };
      try {
        await parts.writeFile(file, exportTasks(allTasks(runner.log, journal), format));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new AppError('storage-failed', { file, reason }, error);
      }
      return { file };
    },
  };
};
