import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { journalFile } from '../../../electron/storage/open-storage.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { TaskEventBody } from '../../../shared/domain/task.ts';
import { hasCode } from '../../../shared/errors/app-error.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { aHeader } from '../../support/task-samples.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const caught = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('it did not throw');
};

describe('the journal', () => {
  it('numbers tasks, writes their first event with them, and finds them again in a new process', () => {
    const directory = temporaryDirectory();
    const first = openTestStorage(directory);
    const task = first.journal.createTask(aHeader('vm-1'), 1_000);
    first.journal.append(task.id, { kind: 'started' }, 1_001);
    first.close();

    const { journal } = openTestStorage(directory);
    expect(journal.header(task.id)).toEqual({ ...aHeader('vm-1'), id: task.id });
    expect(journal.events(task.id)).toEqual([
      { task: task.id, sequence: 1, at: 1_000, body: { kind: 'created' } },
      { task: task.id, sequence: 2, at: 1_001, body: { kind: 'started' } },
    ]);
    expect(journal.createTask(aHeader('vm-2'), 1_002).id).toBe(task.id + 1);
  });

  it('keeps the data of every event as it was given', () => {
    const { journal } = openTestStorage(temporaryDirectory());
    const task = journal.createTask(aHeader('vm-1'), 1);
    const error: TaskEventBody = {
      kind: 'failed',
      error: { code: 'platform-fault', data: { fault: 'X', message: "it's “broken” 壊れた", operation: 'relocate' } },
    };
    expect(journal.append(task.id, error, 2)).toEqual({ task: task.id, sequence: 2, at: 2, body: error });
    expect(journal.events(task.id).at(-1)?.body).toEqual(error);
  });

  it('knows no task it has not written', () => {
    const { journal } = openTestStorage(temporaryDirectory());
    expect(journal.header(taskId(7))).toBeNull();
    expect(journal.events(taskId(7))).toEqual([]);
    const error = caught(() => journal.append(taskId(7), { kind: 'started' }, 1));
    expect(hasCode(error, 'not-found') && error.data).toEqual({ what: 'task', name: 'T-7' });
  });

  it('lists tasks newest first, page by page', () => {
    const { journal } = openTestStorage(temporaryDirectory());
    for (let index = 1; index <= 5; index += 1) journal.createTask(aHeader(`vm-${index}`), index);
    const page = journal.listTasks({ limit: 2, before: null });
    expect(page.map((task) => task.id)).toEqual([5, 4]);
    expect(journal.listTasks({ limit: 2, before: taskId(4) }).map((task) => task.id)).toEqual([3, 2]);
    expect(journal.listTasks({ limit: 2, before: taskId(1) })).toEqual([]);
  });

  it.each<[TaskEventBody['kind'], TaskEventBody]>([
    ['completed', { kind: 'completed' }],
    ['cancelled', { kind: 'cancelled' }],
    ['failed', { kind: 'failed', error: { code: 'vm-gone', data: { vmName: 'x' } } }],
    ['needs-attention', { kind: 'needs-attention', error: { code: 'vm-gone', data: { vmName: 'x' } } }],
  ])('counts a task as open until it is %s', (_, ending) => {
    const { journal } = openTestStorage(temporaryDirectory());
    const first = journal.createTask(aHeader('vm-1'), 1);
    const second = journal.createTask(aHeader('vm-2'), 1);
    expect(journal.openTasks().map((task) => task.id)).toEqual([first.id, second.id]);
    journal.append(first.id, ending, 2);
    expect(journal.openTasks().map((task) => task.id)).toEqual([second.id]);
    journal.append(first.id, { kind: 'started' }, 3);
    expect(journal.openTasks().map((task) => task.id)).toEqual([first.id, second.id]);
  });

  it('writes all of a transaction or nothing of it', () => {
    const { journal } = openTestStorage(temporaryDirectory());
    const task = journal.createTask(aHeader('vm-1'), 1);
    expect(() =>
      journal.transaction(() => {
        journal.append(task.id, { kind: 'started' }, 2);
        journal.createTask(aHeader('vm-2'), 2);
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    expect(journal.events(task.id)).toHaveLength(1);
    expect(journal.listTasks({ limit: 9, before: null })).toHaveLength(1);
    expect(journal.transaction(() => journal.append(task.id, { kind: 'started' }, 2).sequence)).toBe(2);
  });

  it('lets nobody change or remove history, even by hand', () => {
    const directory = temporaryDirectory();
    const { journal } = openTestStorage(directory);
    journal.createTask(aHeader('vm-1'), 1);
    const byHand = new Database(journalFile(directory));
    for (const statement of [
      "UPDATE task_event SET kind = 'completed'",
      'DELETE FROM task_event',
      "UPDATE task SET vm = 'other'",
      'DELETE FROM task',
    ]) {
      expect(() => byHand.exec(statement)).toThrow(/never/);
    }
    byHand.close();
  });

  it('says that it is locked when another process writes for too long, and has written nothing', () => {
    const directory = temporaryDirectory();
    const { journal } = openTestStorage(directory);
    const task = journal.createTask(aHeader('vm-1'), 1);
    const other = new Database(journalFile(directory));
    other.exec('BEGIN IMMEDIATE');
    const error = caught(() => journal.append(task.id, { kind: 'started' }, 2));
    other.exec('ROLLBACK');
    other.close();
    expect(hasCode(error, 'storage-locked') && error.data).toEqual({ file: journalFile(directory) });
    expect(journal.events(task.id)).toHaveLength(1);
    expect(journal.append(task.id, { kind: 'started' }, 3).sequence).toBe(2);
  });
});
