import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type MigrationStep, migrate, schemaVersion } from '../../../electron/storage/migrate.ts';
import { openDatabase, type SqliteDatabase } from '../../../electron/storage/open-database.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const steps: readonly MigrationStep[] = [
  (database) => database.exec("CREATE TABLE note (text TEXT) STRICT; INSERT INTO note VALUES ('from version 1')"),
  (database) => database.exec('ALTER TABLE note ADD COLUMN author TEXT'),
  (database) => database.exec("UPDATE note SET author = 'somebody'"),
];

const open = (directory: string, name = 'notes.db'): SqliteDatabase => {
  const database = openDatabase(join(directory, name), 'full', { busyTimeoutMs: 20 });
  onTestFinished(() => {
    database.close();
  });
  return database;
};

const notes = (database: SqliteDatabase): unknown => database.prepare('SELECT * FROM note').all();
const backups = (directory: string): readonly string[] => readdirSync(directory).filter((name) => /before/.test(name));

describe('migrating a file', () => {
  it('takes a new file through every step without a copy', () => {
    const directory = temporaryDirectory();
    const database = open(directory);
    migrate(database, steps, 0);
    expect(schemaVersion(database)).toBe(3);
    expect(notes(database)).toEqual([{ text: 'from version 1', author: 'somebody' }]);
    expect(backups(directory)).toEqual([]);
  });

  it('puts a copy of an existing file beside it first, readable by its owner alone', () => {
    const directory = temporaryDirectory();
    const database = open(directory);
    migrate(database, steps.slice(0, 1), 0);
    migrate(database, steps, Date.UTC(2026, 0, 31));
    const name = 'notes.before-v2-20260131T000000000Z.db';
    expect(backups(directory)).toEqual([name]);
    expect((statSync(join(directory, name)).mode & 0o777).toString(8)).toBe('600');
    const copy = open(directory, name);
    expect([schemaVersion(copy), notes(copy)]).toEqual([1, [{ text: 'from version 1' }]]);
  });

  it('does nothing to a file that is new enough', () => {
    const directory = temporaryDirectory();
    const database = open(directory);
    migrate(database, steps, 0);
    migrate(database, steps, 1);
    expect(backups(directory)).toEqual([]);
  });

  it('keeps the file at the version before a step that fails, and goes on from there the next time', () => {
    const database = open(temporaryDirectory());
    const broken: MigrationStep = (target) => {
      target.exec("UPDATE note SET text = 'half done'");
      target.exec('ALTER TABLE nothing ADD COLUMN x TEXT');
    };
    expect(() =>
      migrate(
        database,
        [steps[0], broken].flatMap((step) => step ?? []),
        0,
      ),
    ).toThrow(/storage-failed/);
    expect([schemaVersion(database), notes(database)]).toEqual([1, [{ text: 'from version 1' }]]);
    migrate(database, steps, 0);
    expect(schemaVersion(database)).toBe(3);
  });

  it('leaves a step to another process that was faster', () => {
    const directory = temporaryDirectory();
    const slow = open(directory);
    migrate(slow, steps.slice(0, 1), 0);
    let overtaken = false;
    const overtakenAtFirst: MigrationStep = (database) => {
      overtaken = true;
      steps[1]?.(database);
    };
    const fast = open(directory);
    migrate(fast, steps, 1);
    migrate(
      slow,
      [steps[0], overtakenAtFirst, steps[2]].flatMap((step) => step ?? []),
      2,
    );
    expect([overtaken, schemaVersion(slow)]).toEqual([false, 3]);
  });

  it('keeps the newest three copies', () => {
    const directory = temporaryDirectory();
    const database = open(directory);
    migrate(database, steps.slice(0, 1), 0);
    for (let version = 2; version <= 12; version += 1) {
      migrate(
        database,
        Array.from({ length: version }, () => () => {}),
        Date.UTC(2026, 0, version),
      );
    }
    expect(backups(directory).map((name) => name.split('-')[1])).toEqual(expect.arrayContaining(['v10', 'v11', 'v12']));
    expect(backups(directory)).toHaveLength(3);
  });
});

describe('how a file is opened', () => {
  it('is fsynced at every commit where a power cut must lose nothing', () => {
    const directory = temporaryDirectory();
    expect(open(directory).pragma('synchronous', { simple: true })).toBe(2);
    expect(open(directory).pragma('journal_mode', { simple: true })).toBe('wal');
    const cache = openDatabase(join(directory, 'cache.db'), 'normal', {});
    expect(cache.pragma('synchronous', { simple: true })).toBe(1);
    cache.close();
  });

  it('loads another native binding only when it is told to', () => {
    const nativeBinding = join(temporaryDirectory(), 'not-there.node');
    const file = join(temporaryDirectory(), 'a.db');
    expect(() => openDatabase(file, 'full', { nativeBinding })).toThrow(/storage-failed/);
  });
});
