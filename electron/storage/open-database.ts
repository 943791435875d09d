import { chmodSync, closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { onFile } from './storage-error.ts';

/** The open file. Named here so that nothing else has to know which library opens it. */
export type SqliteDatabase = Database.Database;

export interface DatabaseOptions {
  /** Path of another native binding; only the composition root decides that one is used. */
  readonly nativeBinding?: string;
  /** How long a call waits for another process that is writing, ms. */
  readonly busyTimeoutMs?: number;
}

const defaultBusyTimeoutMs = 5_000;

/** The names SQLite uses beside a file in WAL mode. */
export const companionSuffixes: readonly string[] = ['-wal', '-shm'];

/**
 * Opens (or makes) a database file that only its owner can read, in WAL mode.
 * `full`: a committed transaction survives a power cut. `normal`: it survives a crash of the program.
 * @throws `storage-damaged`, `storage-locked`, `storage-failed`
 */
export const openDatabase = (file: string, safety: 'full' | 'normal', options: DatabaseOptions): SqliteDatabase =>
  onFile(file, () => {
    // SQLite gives the files beside it the same permissions, so the first one decides for all.
    closeSync(openSync(file, 'a', 0o600));
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    const database = new Database(file, {
      timeout: options.busyTimeoutMs ?? defaultBusyTimeoutMs,
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    });
    try {
      database.pragma('journal_mode = WAL');
      database.pragma(`synchronous = ${safety === 'full' ? 'FULL' : 'NORMAL'}`);
      database.pragma('foreign_keys = ON');
      // A damaged or hostile file must not be able to run functions through its own schema.
      database.pragma('trusted_schema = OFF');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
