import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import { fileTimestamp } from './file-timestamp.ts';
import type { SqliteDatabase } from './open-database.ts';
import { onFile } from './storage-error.ts';

/** Takes a file from the version before (its place in the list) to the next one. Runs inside a transaction. */
export type MigrationStep = (database: SqliteDatabase) => void;

const backupsKept = 3;

export const schemaVersion = (database: SqliteDatabase): number =>
  database.pragma('user_version', { simple: true }) as number;

const hasTables = (database: SqliteDatabase): boolean =>
  database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() !== 0;

/**
 * Brings a file to the newest version, one transaction a step, after a copy of an existing file was put beside it.
 * Another process may do the same at the same time: each step looks again at the version once it holds the lock.
 * @param now ms since 1970, for the name of the copy
 * @throws `storage-newer` when a newer program wrote the file, `storage-damaged`, `storage-locked`, `storage-failed`
 */
export const migrate = (database: SqliteDatabase, steps: readonly MigrationStep[], now: number): void => {
  const file = database.name;
  onFile(file, () => {
    const found = schemaVersion(database);
    if (found > steps.length) {
      throw new AppError('storage-newer', { file, fileVersion: found, programVersion: steps.length });
    }
    if (found === steps.length) return;
    if (found > 0) backUp(database, found, now);
    steps.slice(found).forEach((step, offset) => {
      applyStep(database, step, found + offset);
    });
  });
};

const applyStep = (database: SqliteDatabase, step: MigrationStep, from: number): void => {
  database
    .transaction(() => {
      if (schemaVersion(database) !== from) return;
      // Tables in a file without a version: something else wrote it.
      if (from === 0 && hasTables(database)) {
        throw new AppError('storage-damaged', { file: database.name, setAside: '' });
      }
      step(database);
      database.pragma(`user_version = ${from + 1}`);
    })
    .immediate();
};

const backUp = (database: SqliteDatabase, version: number, now: number): void => {
  const stem = basename(database.name, '.db');
  const prefix = `${stem}.before-v${version + 1}-`;
  const copy = join(dirname(database.name), `${prefix}${fileTimestamp(now)}.db`);
  closeSync(openSync(copy, 'wx', 0o600));
  database.prepare('VACUUM INTO ?').run(copy);
  const handle = openSync(copy, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  dropOldBackups(dirname(database.name), `${stem}.before-v`);
};

/** Timestamps sort like time, but only within one version; so the version is part of what is compared. */
const dropOldBackups = (directory: string, prefix: string): void => {
  const copies = readdirSync(directory)
    .filter((name) => name.startsWith(prefix))
    .sort((left, right) => left.localeCompare(right, 'en', { numeric: true }));
  for (const name of copies.slice(0, -backupsKept)) rmSync(join(directory, name), { force: true });
};
