import { existsSync, statSync } from 'node:fs';
import { AppError, hasCode } from '../../shared/errors/app-error.ts';
import { type MigrationStep, migrate } from './migrate.ts';
import { type DatabaseOptions, openDatabase, type SqliteDatabase } from './open-database.ts';
import { setAside } from './set-aside.ts';
import { storageError } from './storage-error.ts';

export interface FilePlan {
  readonly file: string;
  readonly safety: 'full' | 'normal';
  readonly steps: readonly MigrationStep[];
  /**
   * Reads the whole file once before it is used. Worth it for the journal (small, cannot be made again); not for the
   * cache (hundreds of megabytes, and damage met later only means reading the servers again).
   */
  readonly checkWhole: boolean;
}

const openOnce = (plan: FilePlan, options: DatabaseOptions, now: number): SqliteDatabase => {
  const database = openDatabase(plan.file, plan.safety, options);
  try {
    if (plan.checkWhole && database.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw new AppError('storage-damaged', { file: plan.file, setAside: '' });
    }
    migrate(database, plan.steps, now);
    return database;
  } catch (error) {
    database.close();
    throw storageError(error, plan.file);
  }
};

/** Which file lies at a path: another one is there after another process has replaced it. */
const identity = (file: string): string | null => {
  if (!existsSync(file)) return null;
  const { dev, ino } = statSync(file);
  return `${dev}/${ino}`;
};

/**
 * Opens a file and brings it to the newest version. A damaged file is moved away.
 * @param now ms since 1970
 * @throws `storage-damaged` with the name it has now, `storage-newer`, `storage-locked`, `storage-failed`
 */
export const openMigrated = (plan: FilePlan, options: DatabaseOptions, now: number): SqliteDatabase => {
  const before = identity(plan.file);
  try {
    return openOnce(plan, options, now);
  } catch (error) {
    if (!hasCode(error, 'storage-damaged')) throw error;
    // Another process may have noticed the same and put a sound file there meanwhile: that one must stay.
    if (before !== null && identity(plan.file) !== before) return openOnce(plan, options, now);
    throw new AppError('storage-damaged', { file: plan.file, setAside: setAside(plan.file, now) }, error);
  }
};
