import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { inventoryCacheSteps } from '../../../electron/storage/migrations/inventory-cache-steps.ts';
import { journalSteps } from '../../../electron/storage/migrations/journal-steps.ts';
import { inventoryCacheFile, journalFile, openStorage } from '../../../electron/storage/open-storage.ts';
import { AppError, type ErrorCode, type ErrorData } from '../../../shared/errors/app-error.ts';
import { aVm, defaultSite } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { aHeader } from '../../support/task-samples.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const options = { now: () => Date.UTC(2026, 0, 31, 9, 45), busyTimeoutMs: 20 };

const refusal = <Code extends ErrorCode>(code: Code, work: () => unknown): ErrorData[Code] => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.code === code) return error.data as ErrorData[Code];
    throw error;
  }
  throw new Error('it was not refused');
};

/** Overwrites the middle of a file, as a failing disk does. */
const damage = (file: string): void => {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, Math.floor(bytes.length / 4));
  writeFileSync(file, bytes);
};

describe('opening the console’s files', () => {
  it('makes the folder and both files for their owner alone', () => {
    const directory = join(temporaryDirectory(), 'deep', 'console');
    openTestStorage(directory);
    const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
    expect(mode(directory)).toBe('700');
    for (const name of readdirSync(directory)) expect([name, mode(join(directory, name))]).toEqual([name, '600']);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['journal.db', 'inventory-cache.db']));
  });

  it('lets two processes use the files at the same time', () => {
    const directory = temporaryDirectory();
    const window = openTestStorage(directory);
    const commandLine = openTestStorage(directory);
    const task = commandLine.journal.createTask(aHeader('vm-1'), 1);
    expect(window.journal.header(task.id)?.move.vmName).toBe('vm-1');
  });

  it.each([
    ['journal', journalFile, journalSteps.length],
    ['inventory cache', inventoryCacheFile, inventoryCacheSteps.length],
  ])('refuses a %s of a newer program and leaves it as it is', (_, fileIn, programVersion) => {
    const directory = temporaryDirectory();
    openTestStorage(directory).close();
    const file = fileIn(directory);
    const newer = new Database(file);
    newer.pragma('user_version = 99');
    newer.close();
    expect(refusal('storage-newer', () => openStorage(directory, options))).toEqual({
      file,
      fileVersion: 99,
      programVersion,
    });
    expect(readdirSync(directory).filter((name) => name.includes('damaged'))).toEqual([]);
  });

  it('says that a file is locked when another program keeps it for itself', () => {
    const directory = temporaryDirectory();
    openTestStorage(directory).close();
    const other = new Database(journalFile(directory));
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('BEGIN EXCLUSIVE');
    expect(refusal('storage-locked', () => openStorage(directory, options))).toEqual({ file: journalFile(directory) });
    other.close();
  });

  it('says why a file cannot be used', () => {
    const directory = temporaryDirectory();
    mkdirSync(journalFile(directory));
    expect(refusal('storage-failed', () => openStorage(directory, options)).reason).toContain('EISDIR');
    writeFileSync(join(directory, 'a-file'), '');
    const below = join(directory, 'a-file', 'console');
    expect(refusal('storage-failed', () => openStorage(below, options)).reason).toContain('ENOTDIR');
  });
});

describe('a damaged journal', () => {
  const damagedJournal = (): string => {
    const directory = temporaryDirectory();
    const storage = openTestStorage(directory);
    for (let index = 0; index < 200; index += 1) storage.journal.createTask(aHeader(`vm-${index}`), index);
    storage.close();
    damage(journalFile(directory));
    return directory;
  };

  it('is set aside and refused until a person decides, however often the console starts', () => {
    const directory = damagedJournal();
    const before = readFileSync(journalFile(directory));
    const { setAside } = refusal('storage-damaged', () => openStorage(directory, options));
    expect(setAside).toBe(join(directory, 'journal.damaged-20260131T094500000Z.db'));
    expect(readFileSync(setAside).equals(before)).toBe(true);
    expect(existsSync(journalFile(directory))).toBe(false);

    expect(refusal('storage-damaged', () => openStorage(directory, options)).setAside).toBe(setAside);

    openTestStorage(directory, { startNewJournal: true }).journal.createTask(aHeader('vm-1'), 1);
    expect(openTestStorage(directory).journal.listTasks({ limit: 9, before: null })).toHaveLength(1);
  });

  it('is begun anew at once when a person has decided so before, and says what it set aside', () => {
    const directory = damagedJournal();
    const { journal, notices } = openTestStorage(directory, { startNewJournal: true });
    expect(notices.map((notice) => notice.code)).toEqual(['storage-damaged']);
    expect(journal.listTasks({ limit: 9, before: null })).toEqual([]);
    expect(readdirSync(directory)).toContain('journal.damaged-20260131T094500000Z.db');
  });

  it.each([
    ['is no database at all', (file: string) => writeFileSync(file, 'hello'.repeat(1_000))],
    ['was cut off', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 5_000))],
    [
      'belongs to another program',
      (file: string) => {
        copyFileSync(file, `${file}.old`);
        writeFileSync(file, '');
        const foreign = new Database(file);
        foreign.exec('CREATE TABLE bookmarks (url TEXT)');
        foreign.close();
      },
    ],
  ])('is set aside when it %s', (_, spoil) => {
    const directory = damagedJournal();
    spoil(journalFile(directory));
    expect(existsSync(refusal('storage-damaged', () => openStorage(directory, options)).setAside)).toBe(true);
  });
});

describe('a damaged inventory cache', () => {
  const filledCache = (): string => {
    const directory = temporaryDirectory();
    const storage = openTestStorage(directory);
    storage.journal.createTask(aHeader('vm-1'), 1);
    storage.cache.upsert(
      Array.from({ length: 500 }, (_, index) => aVm({ name: `vm-${index}` })),
      1,
    );
    storage.close();
    return directory;
  };

  it('is begun anew on opening, with a notice, and the journal is untouched', () => {
    const directory = filledCache();
    writeFileSync(inventoryCacheFile(directory), 'not a database, but long enough to look at'.repeat(100));
    const storage = openTestStorage(directory);
    expect(storage.notices.map((notice) => notice.code)).toEqual(['storage-damaged']);
    expect(storage.cache.vmCount(defaultSite)).toBe(0);
    expect(storage.journal.listTasks({ limit: 9, before: null })).toHaveLength(1);
    expect(readdirSync(directory)).toContain('inventory-cache.damaged-20260131T094500000Z.db');
  });

  it('is begun anew when the damage is met later, and can be filled again at once', () => {
    const directory = filledCache();
    damage(inventoryCacheFile(directory));
    const { cache, notices } = openTestStorage(directory);
    expect(notices).toEqual([]);
    const { setAside } = refusal('storage-damaged', () => [...cache.summaries(defaultSite, 100)]);
    expect(existsSync(setAside)).toBe(true);
    expect(cache.vmCount(defaultSite)).toBe(0);
    cache.upsert([aVm({ name: 'vm-1' })], 2);
    expect(cache.vmCount(defaultSite)).toBe(1);
  });

  it('does not pile up: only the newest one is kept', () => {
    const directory = filledCache();
    for (const minute of [1, 2, 3]) {
      writeFileSync(inventoryCacheFile(directory), 'not a database, but long enough to look at'.repeat(100));
      openTestStorage(directory, { now: () => Date.UTC(2026, 0, 31, 9, minute) }).close();
    }
    expect(readdirSync(directory).filter((name) => name.includes('damaged'))).toEqual([
      'inventory-cache.damaged-20260131T090300000Z.db',
    ]);
  });
});
