import type { TaskId } from '../../shared/domain/ids.ts';
import { taskLabel } from '../../shared/domain/ids.ts';
import type { TaskEvent, TaskEventBody, TaskHeader } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { SqliteDatabase } from './open-database.ts';
import type { Journal } from './ports.ts';
import { isRunning, markOf } from './process-liveness.ts';
import { onFile } from './storage-error.ts';

interface TaskRow {
  readonly id: TaskId;
  readonly header: string;
}

interface EventRow {
  readonly sequence: number;
  readonly at: number;
  readonly body: string;
}

interface RunnerRow {
  readonly process_id: number;
  readonly process_started: string | null;
}

const headerOf = (row: TaskRow): TaskHeader => ({ ...(JSON.parse(row.header) as Omit<TaskHeader, 'id'>), id: row.id });

/**
 * The task log on an open, migrated `journal.db`. Its methods throw `storage-locked`, `storage-failed` or
 * `storage-damaged` when the file cannot be used; nothing of the write has happened then.
 */
export const createJournal = (database: SqliteDatabase): Journal => {
  const file = database.name;
  const insertTask = database.prepare(
    'INSERT INTO task (operation, created_at, vm, rerun_of, header) VALUES (?, ?, ?, ?, ?)',
  );
  const selectTask = database.prepare<[number], TaskRow>('SELECT id, header FROM task WHERE id = ?');
  const lastSequence = database
    .prepare<[number], number>('SELECT coalesce(max(sequence), 0) FROM task_event WHERE task = ?')
    .pluck();
  const insertEvent = database.prepare(
    'INSERT INTO task_event (task, sequence, at, kind, body) VALUES (?, ?, ?, ?, ?)',
  );
  const selectEvents = database.prepare<[number], EventRow>(
    'SELECT sequence, at, body FROM task_event WHERE task = ? ORDER BY sequence',
  );
  const newest = database.prepare<[number, number], TaskRow>(
    'SELECT id, header FROM task WHERE id < ? ORDER BY id DESC LIMIT ?',
  );
  const leftBehind = (further: string) =>
    database.prepare<[number, number], TaskRow>(
      `SELECT task.id, task.header
       FROM (SELECT task, max(sequence) AS said FROM task_event WHERE kind = 'follow-up' AND task < ? GROUP BY task) AS left_over
       JOIN task ON task.id = left_over.task ${further} ORDER BY task.id DESC LIMIT ?`,
    );
  const withFollowUps = {
    all: leftBehind(''),
    open: leftBehind(
      `WHERE NOT EXISTS (SELECT 1 FROM task_event AS later
         WHERE later.task = left_over.task AND later.sequence > left_over.said AND later.kind = 'follow-ups-done')`,
    ),
  };
  // Rows of a table nothing is ever removed from are numbered in the order they were written.
  const lastEvent = database.prepare<[], number>('SELECT coalesce(max(rowid), 0) FROM task_event').pluck();
  const followUpsChanged = database
    .prepare<[number], TaskId>(
      "SELECT DISTINCT task FROM task_event WHERE rowid > ? AND kind IN ('follow-up', 'follow-ups-done')",
    )
    .pluck();
  const open = database.prepare<[], TaskRow>(
    'SELECT task.id, task.header FROM open_task JOIN task ON task.id = open_task.task ORDER BY task.id',
  );
  const selectRunner = database.prepare<[], RunnerRow>('SELECT process_id, process_started FROM runner');
  const replaceRunner = database.prepare(
    'INSERT OR REPLACE INTO runner (only_one, process_id, process_started, claimed_at) VALUES (1, ?, ?, ?)',
  );
  const deleteRunner = database.prepare('DELETE FROM runner WHERE process_id = ?');

  const writeEvent = (task: TaskId, body: TaskEventBody, at: number): TaskEvent => {
    const sequence = (lastSequence.get(task) ?? 0) + 1;
    insertEvent.run(task, sequence, at, body.kind, JSON.stringify(body));
    return { task, sequence, at, body };
  };

  const transaction = <Result>(work: () => Result): Result =>
    onFile(file, () => database.transaction(work).immediate());

  return {
    transaction,

    createTask: (header, at) =>
      transaction(() => {
        const { lastInsertRowid } = insertTask.run(
          header.operation,
          header.createdAt,
          header.move.vm,
          header.rerunOf,
          JSON.stringify(header),
        );
        const task: TaskHeader = { ...header, id: Number(lastInsertRowid) as TaskId };
        writeEvent(task.id, { kind: 'created' }, at);
        return task;
      }),

    append: (task, body, at) =>
      transaction(() => {
        if (!selectTask.get(task)) throw new AppError('not-found', { what: 'task', name: taskLabel(task) });
        return writeEvent(task, body, at);
      }),

    header: (task) =>
      onFile(file, () => {
        const row = selectTask.get(task);
        return row ? headerOf(row) : null;
      }),

    events: (task) =>
      onFile(file, () =>
        selectEvents
          .all(task)
          .map(({ sequence, at, body }) => ({ task, sequence, at, body: JSON.parse(body) as TaskEventBody })),
      ),

    listTasks: ({ limit, before }) =>
      onFile(file, () => newest.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(headerOf)),

    tasksWithFollowUps: ({ limit, before, which }) =>
      onFile(file, () => withFollowUps[which].all(before ?? Number.MAX_SAFE_INTEGER, limit).map(headerOf)),

    lastEvent: () => onFile(file, () => lastEvent.get() ?? 0),

    followUpsChangedSince: (event) => onFile(file, () => followUpsChanged.all(event)),

    openTasks: () => onFile(file, () => open.all().map(headerOf)),

    claimRunner: (processId, at) =>
      transaction(() => {
        const holder = selectRunner.get();
        const heldByAnother =
          holder !== undefined &&
          holder.process_id !== processId &&
          isRunning({ processId: holder.process_id, started: holder.process_started });
        if (heldByAnother) return false;
        replaceRunner.run(processId, markOf(processId).started, at);
        return true;
      }),

    releaseRunner: (processId) =>
      onFile(file, () => {
        deleteRunner.run(processId);
      }),

    close: () => {
      database.close();
    },
  };
};
