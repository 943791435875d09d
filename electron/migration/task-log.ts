import { foldTask, withEvent } from '../../shared/domain/fold-task.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import { isOpen, type TaskEventBody, type TaskView } from '../../shared/domain/task.ts';
import { toWire } from '../../shared/errors/app-error.ts';
import type { Journal } from '../storage/ports.ts';

/** The journal as the runner and the lists use it: events go in, views come out. */
export interface TaskLog {
  /**
   * Writes events as one: when it returns they are all on disk, and the new view was told.
   * @throws `storage-failed`, `storage-locked`, `storage-damaged`; then none is written
   */
  append(task: TaskId, ...bodies: readonly TaskEventBody[]): TaskView;
  /**
   * Writes what `work` appends as one, and tells of it afterwards: hundreds of tasks cost one wait for the disk.
   * @throws as {@link append}; then nothing of it is written
   */
  together(work: () => void): void;
  /** @throws `storage-failed`, `storage-locked`, `storage-damaged` */
  view(task: TaskId): TaskView | null;
  /** Tells the view of a task that was written by other means. */
  tell(task: TaskId): void;
  /** Newest first. */
  list(page: { readonly limit: number; readonly before: TaskId | null }): readonly TaskView[];
  /** Tells that a task cannot be written down any further, without writing: it has to be looked into later. */
  tellUnwritable(task: TaskId, error: unknown): void;
  /** Forgets what is kept in memory; needed when another process may have written meanwhile. */
  forget(): void;
}

export const createTaskLog = (journal: Journal, now: () => number, onTask: (view: TaskView) => void): TaskLog => {
  const openViews = new Map<TaskId, TaskView>();
  /** The newest view of every task that is written together with others; null while each is written for itself. */
  let untold: Map<TaskId, TaskView> | null = null;

  const tell = (view: TaskView): void => {
    if (untold) {
      untold.set(view.header.id, view);
      return;
    }
    try {
      onTask(view);
    } catch {
      // A window that cannot be told (it is just closing) must not stop a migration.
    }
  };

  const together = (work: () => void): void => {
    const views = new Map<TaskId, TaskView>();
    untold = views;
    try {
      journal.transaction(work);
    } catch (error) {
      for (const task of views.keys()) openViews.delete(task);
      throw error;
    } finally {
      untold = null;
    }
    for (const view of views.values()) tell(view);
  };

  const view = (task: TaskId): TaskView | null => {
    const kept = openViews.get(task);
    if (kept) return kept;
    const header = journal.header(task);
    return header && foldTask(header, journal.events(task));
  };

  return {
    view,
    together,
    append: (task, ...bodies) => {
      const at = now();
      const written = journal.transaction(() => bodies.map((body) => journal.append(task, body, at)));
      // Not kept yet: what was just written is in the journal already.
      const kept = openViews.get(task);
      const next = kept ? written.reduce(withEvent, kept) : view(task);
      if (next === null) throw new Error(`task ${task} was written and cannot be read`);
      if (isOpen(next.state)) openViews.set(task, next);
      else openViews.delete(task);
      tell(next);
      return next;
    },
    tell: (task) => {
      const current = view(task);
      if (!current) return;
      if (isOpen(current.state)) openViews.set(task, current);
      tell(current);
    },
    list: (page) => journal.listTasks(page).map((header) => foldTask(header, journal.events(header.id))),
    tellUnwritable: (task, error) => {
      const last = openViews.get(task);
      if (!last) return;
      const interrupted = withEvent(last, { task, sequence: 0, at: now(), body: { kind: 'interrupted' } });
      tell({ ...interrupted, error: toWire(error) });
    },
    forget: () => openViews.clear(),
  };
};
