import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileTimestamp } from './file-timestamp.ts';
import { companionSuffixes } from './open-database.ts';
import { onFile } from './storage-error.ts';

const damagedPrefix = (file: string): string => `${basename(file, '.db')}.damaged-`;

/** Files that were set aside for this one, oldest first, as whole paths. */
export const filesSetAside = (file: string): readonly string[] => {
  const directory = dirname(file);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.startsWith(damagedPrefix(file)) && name.endsWith('.db'))
    .sort()
    .map((name) => join(directory, name));
};

/**
 * Renames a damaged file, and what SQLite keeps beside it, so that nothing is lost and a new one can be made.
 * @returns the new path
 * @throws `storage-failed` when it cannot be renamed (on Windows: another program has it open)
 */
export const setAside = (file: string, now: number): string =>
  onFile(file, () => {
    const target = join(dirname(file), `${damagedPrefix(file)}${fileTimestamp(now)}.db`);
    for (const suffix of companionSuffixes) {
      if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
    }
    renameSync(file, target);
    return target;
  });

/** Removes all but the newest file that was set aside. For files that can be read from the servers again. */
export const keepOnlyNewestSetAside = (file: string): void =>
  onFile(file, () => {
    for (const old of filesSetAside(file).slice(0, -1)) {
      for (const suffix of ['', ...companionSuffixes]) rmSync(old + suffix, { force: true });
    }
  });
