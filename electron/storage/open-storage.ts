import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, hasCode, toWire, type WireError } from '../../shared/errors/app-error.ts';
import { createAnnotations } from './annotations.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { createFixes } from './fixes.ts';
import { createJournal } from './journal.ts';
import { journalSteps } from './migrations/journal-steps.ts';
import type { DatabaseOptions, SqliteDatabase } from './open-database.ts';
import { openMigrated } from './open-migrated.ts';
import type { Annotations, Fixes, InventoryCache, Journal, Settings } from './ports.ts';
import { openInventoryCache } from './self-healing-cache.ts';
import { filesSetAside } from './set-aside.ts';
import { createSettings } from './settings.ts';

export const journalFile = (directory: string): string => join(directory, 'journal.db');
export const inventoryCacheFile = (directory: string): string => join(directory, 'inventory-cache.db');

export interface StorageOptions extends DatabaseOptions {
  /** ms since 1970. */
  readonly now: () => number;
  /**
   * After a damaged journal was set aside: begin an empty one. A person decides that, because the tasks that were
   * under way, and the sites, are then forgotten.
   */
  readonly startNewJournal?: boolean;
}

export interface Storage {
  readonly journal: Journal;
  readonly settings: Settings;
  readonly annotations: Annotations;
  readonly fixes: Fixes;
  readonly cache: InventoryCache;
  /** `storage-damaged` for a file that was set aside and begun anew: for the cache that costs nothing but time. */
  readonly notices: readonly WireError[];
  close(): void;
}

interface OpenedJournal {
  readonly database: SqliteDatabase;
  readonly notice: WireError | null;
}

const openJournalDatabase = (directory: string, options: StorageOptions): OpenedJournal => {
  const file = journalFile(directory);
  const damaged = filesSetAside(file).at(-1);
  // No journal, but a damaged one beside it: nobody has decided yet, even if the console was closed since.
  if (damaged !== undefined && !existsSync(file) && options.startNewJournal !== true) {
    throw new AppError('storage-damaged', { file, setAside: damaged });
  }
  const open = (): SqliteDatabase =>
    openMigrated({ file, safety: 'full', steps: journalSteps, checkWhole: true }, options, options.now());
  try {
    return { database: open(), notice: null };
  } catch (error) {
    if (!hasCode(error, 'storage-damaged') || options.startNewJournal !== true) throw error;
    return { database: open(), notice: toWire(error) };
  }
};

/**
 * Opens both files of the console in its folder, which is made when missing.
 * A damaged journal is set aside and refused with `storage-damaged` until the caller says `startNewJournal`; a damaged
 * cache is set aside and begun anew.
 * @throws `storage-damaged`, `storage-newer`, `storage-locked`, `storage-failed`
 */
export const openStorage = (directory: string, options: StorageOptions): Storage => {
  prepareDataDirectory(directory);
  const { database, notice: journalNotice } = openJournalDatabase(directory, options);
  try {
    const { cache, notice: cacheNotice } = openInventoryCache(inventoryCacheFile(directory), options, options.now);
    const journal = createJournal(database);
    return {
      journal,
      settings: createSettings(database),
      annotations: createAnnotations(database),
      fixes: createFixes(database),
      cache,
      notices: [journalNotice, cacheNotice].filter((notice) => notice !== null),
      close: () => {
        cache.close();
        journal.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
};
