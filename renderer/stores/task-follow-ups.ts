import { create } from 'zustand';
import type { TaskId } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';
import { addTasks } from './tasks.ts';

/* Tasks that left something to people. They are read by themselves: most are older than what is read of the task log. */

interface TaskFollowUpsState {
  /** False until everything that is still to do was read. */
  readonly loaded: boolean;
  /** Why it could not be read; null when it could. What was read before stays. */
  readonly error: WireError | null;
  /** Newest first: all of which something is to do, and what is done as far back as was read. */
  readonly views: readonly TaskView[];
  /** Whether there may be older ones that are done. */
  readonly older: 'more' | 'reading' | 'none';
  /** The oldest task of the pages that were read; null before the first one. */
  readonly readBackTo: TaskId | null;
}

export const useTaskFollowUps = create<TaskFollowUpsState>(() => ({
  loaded: false,
  error: null,
  views: [],
  older: 'none',
  readBackTo: null,
}));

const pageSize = 200;

const merge = (known: readonly TaskView[], incoming: readonly TaskView[]): readonly TaskView[] => {
  const byId = new Map(known.map((view) => [view.header.id, view]));
  for (const view of incoming) byId.set(view.header.id, view);
  return [...byId.values()].sort((left, right) => right.header.id - left.header.id);
};

const takeIn = (views: readonly TaskView[]): void => {
  const incoming = views.filter(({ cold }) => cold.followUps.length > 0);
  if (incoming.length > 0) useTaskFollowUps.setState(({ views: known }) => ({ views: merge(known, incoming) }));
};

/** What an answer says is older than what events have said meanwhile. */
const takeAnswer = (page: readonly TaskView[]): void =>
  useTaskFollowUps.setState(({ views }) => ({ views: merge(page, views) }));

const readPage = (which: 'open' | 'all', before: TaskId | null): Promise<readonly TaskView[]> =>
  call('tasks.followUps', { limit: pageSize, before, which });

const reach = (page: readonly TaskView[]): Pick<TaskFollowUpsState, 'older' | 'readBackTo'> => ({
  older: page.length < pageSize ? 'none' : 'more',
  readBackTo: page.at(-1)?.header.id ?? null,
});

/**
 * Reads the newest page, then all that is older and still to do (again, after it failed). Never rejects: what went
 * wrong is in the state.
 */
export const readTaskFollowUps = async (): Promise<void> => {
  try {
    const newest = await readPage('all', null);
    takeAnswer(newest);
    useTaskFollowUps.setState(reach(newest));
    for (let page = newest; page.length === pageSize; ) {
      page = await readPage('open', page.at(-1)?.header.id ?? null);
      takeAnswer(page);
    }
    useTaskFollowUps.setState({ loaded: true, error: null });
  } catch (error) {
    useTaskFollowUps.setState({ error: toWire(error) });
  }
};

/** Reads the next page of what is done, unless it is being read or there is none. Never rejects. */
export const readOlderTaskFollowUps = async (): Promise<void> => {
  const { older, readBackTo } = useTaskFollowUps.getState();
  if (older !== 'more') return;
  useTaskFollowUps.setState({ older: 'reading' });
  try {
    const page = await readPage('all', readBackTo);
    takeAnswer(page);
    useTaskFollowUps.setState({ ...reach(page), error: null });
  } catch (error) {
    useTaskFollowUps.setState({ older: 'more', error: toWire(error) });
  }
};

/** Follows what tasks leave to people, and reads what they left before. Returns a function that stops following. */
export const openTaskFollowUps = async (): Promise<() => void> => {
  const stop = onEvent('tasks.changed', takeIn);
  await readTaskFollowUps();
  return stop;
};

/** Nothing is left to do after the task. @throws AppError as `tasks.followUpsDone` does */
export const tickOffTask = async (task: TaskId): Promise<void> => {
  const view = await call('tasks.followUpsDone', { task });
  takeIn([view]);
  addTasks([view]);
};
