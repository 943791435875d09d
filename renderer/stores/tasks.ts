import { create } from 'zustand';
import type { OperationId, TaskId } from '../../shared/domain/ids.ts';
import { isOpen, type TaskProgress, type TaskState, type TaskView } from '../../shared/domain/task.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';

interface TasksState {
  /** False until the log was read for the first time: "no tasks" and "not known yet" look different. */
  readonly loaded: boolean;
  /** Why the log could not be read; null when it could. */
  readonly error: WireError | null;
  /** Newest first, as far back as was read. */
  readonly tasks: readonly TaskView[];
  /** Only of tasks that are open; true for as long as it is shown. */
  readonly progress: ReadonlyMap<TaskId, TaskProgress>;
  readonly older: 'more' | 'reading' | 'none';
  /** The oldest task that was read in a page: an event may bring a single still older one. */
  readonly readBackTo: TaskId | null;
}

export const useTasks = create<TasksState>(() => ({
  loaded: false,
  error: null,
  tasks: [],
  progress: new Map(),
  older: 'none',
  readBackTo: null,
}));

const pageSize = 100;

/** Puts views in their place; a later view of the same task replaces the former. */
const merge = (known: readonly TaskView[], incoming: readonly TaskView[]): readonly TaskView[] => {
  const byId = new Map(known.map((view) => [view.header.id, view]));
  for (const view of incoming) byId.set(view.header.id, view);
  return [...byId.values()].sort((left, right) => right.header.id - left.header.id);
};

const takeIn = (views: readonly TaskView[]): void =>
  useTasks.setState(({ tasks, progress }) => {
    const merged = merge(tasks, views);
    const ended = views.filter((view) => !isOpen(view.state) && progress.has(view.header.id));
    if (ended.length === 0) return { tasks: merged };
    const remaining = new Map(progress);
    for (const view of ended) remaining.delete(view.header.id);
    return { tasks: merged, progress: remaining };
  });

const takeProgress = (entries: readonly TaskProgress[]): void =>
  useTasks.setState(({ progress }) => ({
    progress: new Map([...progress, ...entries.map((entry) => [entry.task, entry] as const)]),
  }));

/** Follows the task log and reads its newest page. Returns a function that stops following. */
export const openTasks = async (): Promise<() => void> => {
  const stopChanges = onEvent('tasks.changed', takeIn);
  const stopProgress = onEvent('tasks.progress', takeProgress);
  await readTasks();
  return () => {
    stopChanges();
    stopProgress();
  };
};

const reach = (page: readonly TaskView[]): Pick<TasksState, 'older' | 'readBackTo'> => ({
  older: page.length < pageSize ? 'none' : 'more',
  readBackTo: page.at(-1)?.header.id ?? null,
});

/** Reads the newest page (again, after it failed). Never rejects: what went wrong is in the state. */
export const readTasks = async (): Promise<void> => {
  try {
    const page = await call('tasks.list', { limit: pageSize, before: null });
    useTasks.setState(({ tasks }) => ({
      loaded: true,
      error: null,
      // An event that came in the meantime is newer than the answer.
      tasks: merge(page, tasks),
      ...reach(page),
    }));
  } catch (error) {
    useTasks.setState({ error: toWire(error) });
  }
};

/** Reads the next older page, unless it is being read or there is none. */
export const readOlderTasks = async (): Promise<void> => {
  const { older, readBackTo } = useTasks.getState();
  if (older !== 'more' || readBackTo === null) return;
  useTasks.setState({ older: 'reading' });
  try {
    const page = await call('tasks.list', { limit: pageSize, before: readBackTo });
    useTasks.setState(({ tasks }) => ({ tasks: merge(page, tasks), error: null, ...reach(page) }));
  } catch (error) {
    useTasks.setState({ older: 'more', error: toWire(error) });
  }
};

/** Shows tasks before their event arrives, for example those just started. */
export const addTasks = (views: readonly TaskView[]): void => takeIn(views);

export const cancelTask = (task: TaskId): Promise<unknown> => call('tasks.cancel', { task });

export const cancelOperation = (operation: OperationId): Promise<unknown> =>
  call('tasks.cancelOperation', { operation });

export const rerunTask = async (task: TaskId): Promise<void> => takeIn([await call('tasks.rerun', { task })]);

/** Where the log was saved; null when the person thought better of it. */
export const exportTasks = async (format: 'csv' | 'json'): Promise<string | null> =>
  (await call('tasks.export', { format })).file;

export type TaskFilter = 'all' | 'running' | 'waiting' | 'failed' | 'completed';

const groups: Readonly<Record<TaskState, Exclude<TaskFilter, 'all'> | null>> = {
  running: 'running',
  cancelling: 'running',
  waiting: 'waiting',
  failed: 'failed',
  'needs-attention': 'failed',
  interrupted: 'failed',
  unknown: 'failed',
  completed: 'completed',
  cancelled: null,
};

/** What needs a person's eye counts as failed; a cancelled task shows among all only. */
export const matchesFilter = (view: TaskView, filter: TaskFilter): boolean =>
  filter === 'all' || groups[view.state] === filter;
