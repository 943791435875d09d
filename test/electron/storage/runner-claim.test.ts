import { spawn } from 'node:child_process';
import { once } from 'node:events';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { journalFile } from '../../../electron/storage/open-storage.ts';
import { isRunning, markOf } from '../../../electron/storage/process-liveness.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** A process that lives until it is told to end, and then has ended for certain. */
const startProcess = async (): Promise<{ readonly id: number; end(): Promise<void> }> => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  return {
    id: child.pid ?? 0,
    end: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};

describe('the one process that runs tasks', () => {
  it('is refused to a second process while the first one lives, and granted after it ended', async () => {
    const directory = temporaryDirectory();
    const { journal } = openTestStorage(directory);
    const other = await startProcess();
    expect(journal.claimRunner(other.id, 1)).toBe(true);
    expect(journal.claimRunner(process.pid, 2)).toBe(false);
    await other.end();
    expect(journal.claimRunner(process.pid, 3)).toBe(true);
    expect(journal.claimRunner(process.pid, 4)).toBe(true);
  });

  it('is free again after it was released, by its holder alone', async () => {
    const { journal } = openTestStorage(temporaryDirectory());
    const other = await startProcess();
    expect(journal.claimRunner(other.id, 1)).toBe(true);
    journal.releaseRunner(process.pid);
    expect(journal.claimRunner(process.pid, 2)).toBe(false);
    journal.releaseRunner(other.id);
    expect(journal.claimRunner(process.pid, 3)).toBe(true);
    await other.end();
  });

  it.runIf(process.platform === 'linux')('is not kept by a later process with the same number', async () => {
    const directory = temporaryDirectory();
    const { journal } = openTestStorage(directory);
    const later = await startProcess();
    journal.claimRunner(later.id, 1);
    const byHand = new Database(journalFile(directory));
    byHand.exec("UPDATE runner SET process_started = 'an earlier boot/1'");
    byHand.close();
    expect(journal.claimRunner(process.pid, 2)).toBe(true);
    await later.end();
  });

  it('counts a process as running when the system does not tell when it was started', () => {
    expect(isRunning({ processId: process.pid, started: null })).toBe(true);
    expect(isRunning(markOf(process.pid))).toBe(true);
  });
});
