import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAnnotations } from '../../../electron/storage/annotations.ts';
import { createFixes } from '../../../electron/storage/fixes.ts';
import { createInventoryCache } from '../../../electron/storage/inventory-cache.ts';
import { createJournal } from '../../../electron/storage/journal.ts';
import { migrate, schemaVersion } from '../../../electron/storage/migrate.ts';
import { inventoryCacheSteps } from '../../../electron/storage/migrations/inventory-cache-steps.ts';
import { journalSteps } from '../../../electron/storage/migrations/journal-steps.ts';
import { openDatabase, type SqliteDatabase } from '../../../electron/storage/open-database.ts';
import { createSettings } from '../../../electron/storage/settings.ts';
import { nothingSaid } from '../../../shared/domain/annotation.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import { aSite, aVm, defaultSite } from '../../support/inventory-builders.ts';
import { aHeader } from '../../support/task-samples.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const emptyFile = (): SqliteDatabase => {
  const database = openDatabase(join(temporaryDirectory(), 'file.db'), 'full', {});
  onTestFinished(() => {
    database.close();
  });
  return database;
};

const strictTables = (database: SqliteDatabase): unknown =>
  database
    .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0")
    .pluck()
    .all();

describe('each step from the version before it', () => {
  it('journal: nothing -> 1 makes a file that takes tasks, events, sites and preferences', () => {
    const database = emptyFile();
    migrate(database, journalSteps.slice(0, 1), 0);
    expect(schemaVersion(database)).toBe(1);
    const task = createJournal(database).createTask(aHeader('vm-1'), 1);
    expect(task.id).toBe(1);
    createSettings(database).saveSite(aSite());
    createSettings(database).setPreference('language', 'ja');
    expect(createSettings(database).sites()).toEqual([aSite()]);
  });

  it('journal: 1 -> 2 takes what people say of VMs, and keeps the tasks, sites and preferences there are', () => {
    const database = emptyFile();
    migrate(database, journalSteps.slice(0, 1), 0);
    createJournal(database).createTask(aHeader('vm-1'), 1);
    createSettings(database).saveSite(aSite());
    const before = createJournal(database).listTasks({ limit: 9, before: null });

    migrate(database, journalSteps.slice(0, 2), 0);
    expect(schemaVersion(database)).toBe(2);
    expect(createJournal(database).listTasks({ limit: 9, before: null })).toEqual(before);
    expect(createJournal(database).events(taskId(1))).toHaveLength(1);
    expect(createSettings(database).sites()).toEqual([aSite()]);
    const annotations = createAnnotations(database);
    expect(annotations.present()).toEqual(nothingSaid);
    const lock = { kind: 'locked', vm: aVm().id, reason: 'audit' } as const;
    annotations.append(lock, { vmName: 'web-01', by: 'sato', at: 5 });
    expect(annotations.present().locks).toHaveLength(1);
  });

  it('journal: 2 -> 3 takes what was changed of VMs, and keeps what people said', () => {
    const database = emptyFile();
    migrate(database, journalSteps.slice(0, 2), 0);
    createJournal(database).createTask(aHeader('vm-1'), 1);
    const lock = { kind: 'locked', vm: aVm().id, reason: 'audit' } as const;
    createAnnotations(database).append(lock, { vmName: 'web-01', by: 'sato', at: 5 });

    migrate(database, journalSteps.slice(0, 3), 0);
    expect(schemaVersion(database)).toBe(3);
    expect(createJournal(database).events(taskId(1))).toHaveLength(1);
    expect(createAnnotations(database).present().locks).toHaveLength(1);
    const fixes = createFixes(database);
    expect(fixes.list(9)).toEqual([]);
    const fix = { kind: 'eject-iso', vm: aVm().id, vmName: 'web-01', deviceKeys: ['3000'] } as const;
    expect(fixes.begin(fix, [], { by: 'sato', at: 6 })).toBe(1);
    expect(fixes.list(9)).toHaveLength(1);
  });

  it('journal: 3 -> 4 lets follow-ups be ticked off without opening their task, and keeps which are open', () => {
    const database = emptyFile();
    migrate(database, journalSteps.slice(0, 3), 0);
    const before = createJournal(database);
    const ended = before.createTask(aHeader('vm-1'), 1);
    before.append(ended.id, { kind: 'completed' }, 2);
    const open = before.createTask(aHeader('vm-2'), 3);

    migrate(database, journalSteps.slice(0, 4), 0);
    expect(schemaVersion(database)).toBe(4);
    const journal = createJournal(database);
    journal.append(ended.id, { kind: 'follow-ups-done', by: 'sato' }, 4);
    expect(journal.openTasks().map(({ id }) => id)).toEqual([open.id]);
    journal.append(ended.id, { kind: 'started' }, 5);
    expect(journal.openTasks()).toHaveLength(2);
  });

  it('journal: 4 -> 5 finds the tasks that left something, also those from before', () => {
    const database = emptyFile();
    migrate(database, journalSteps.slice(0, 4), 0);
    const before = createJournal(database);
    const task = before.createTask(aHeader('vm-1'), 1);
    before.append(task.id, { kind: 'follow-up', item: { kind: 'delete-checkpoint', name: 'T-1' } }, 2);

    migrate(database, journalSteps.slice(0, 5), 0);
    expect(schemaVersion(database)).toBe(5);
    const page = { limit: 9, before: null, which: 'open' } as const;
    expect(createJournal(database).tasksWithFollowUps(page)).toEqual([task]);
    const plan = database
      .prepare(
        "EXPLAIN QUERY PLAN SELECT task, max(sequence) FROM task_event WHERE kind = 'follow-up' AND task < 9 GROUP BY task",
      )
      .all();
    expect(JSON.stringify(plan)).toContain('task_event_follow_up');
  });

  it('inventory cache: nothing -> 1 makes a file that takes an inventory', () => {
    const database = emptyFile();
    migrate(database, inventoryCacheSteps.slice(0, 1), 0);
    expect(schemaVersion(database)).toBe(1);
    const cache = createInventoryCache(database);
    cache.upsert([aVm()], 1);
    expect(cache.vmCount(defaultSite)).toBe(1);
  });

  it.each([
    ['journal', journalSteps],
    ['inventory cache', inventoryCacheSteps],
  ])('%s: every table checks the types of its columns', (_, steps) => {
    const database = emptyFile();
    migrate(database, steps, 0);
    const lax = (strictTables(database) as string[]).filter((name) => !name.startsWith('sqlite_'));
    expect(lax).toEqual([]);
  });
});
