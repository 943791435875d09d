import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../../../electron/storage/ports.ts';
import type { TaskId } from '../../../../shared/domain/ids.ts';
import { coldBench } from '../../../support/cold-bench.ts';
import { openTestStorage } from '../../../support/open-test-storage.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/** The files of the journal as they were on disk at one moment, and how many events had been written until then. */
interface Moment {
  readonly directory: string;
  readonly events: number;
}

const file = 'journal.db';
const wal = `${file}-wal`;

/** What a machine finds that lost its power: the file and its write-ahead log; the shared memory is gone. */
const copyOf = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true });
  for (const name of [file, wal]) if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
};

const task = 1 as TaskId;

/** Runs a cold migration and keeps the files as they were after each write, that is after each fsync. */
const record = async (): Promise<readonly Moment[]> => {
  const directory = temporaryDirectory();
  const kept = temporaryDirectory();
  const moments: Moment[] = [];
  let depth = 0;
  const keep = (journal: Journal): void => {
    if (depth > 0) return;
    const to = join(kept, String(moments.length));
    copyOf(directory, to);
    moments.push({ directory: to, events: journal.header(task) === null ? 0 : journal.events(task).length });
  };
  const bench = await coldBench({
    directory,
    wrapJournal: (journal) => {
      const kept = <Result>(work: () => Result): Result => {
        depth += 1;
        try {
          return work();
        } finally {
          depth -= 1;
          keep(journal);
        }
      };
      return {
        ...journal,
        transaction: (work) => kept(() => journal.transaction(work)),
        createTask: (header, at) => kept(() => journal.createTask(header, at)),
        append: (id, body, at) => kept(() => journal.append(id, body, at)),
      };
    },
  });
  bench.submit(bench.move('payroll-01', 'rp-staging'));
  await bench.quiet();
  return moments;
};

const eventsIn = (directory: string): number => {
  const storage = openTestStorage(directory);
  expect(storage.notices).toEqual([]);
  const count = storage.journal.header(task) === null ? 0 : storage.journal.events(task).length;
  storage.close();
  return count;
};

describe('the journal of a machine that loses its power', () => {
  it('has every event that was written before, opens without complaint, and its task can be taken over', async () => {
    const moments = await record();
    expect(moments.length).toBeGreaterThan(20);
    for (const [index, { directory, events }] of moments.entries()) {
      expect(`${index}: ${eventsIn(directory)}`).toBe(`${index}: ${events}`);
      const bench = await coldBench({ directory });
      expect(bench.runner.takeOver()).toBe(true);
      await bench.quiet();
      if (events === 0) continue;
      const { state } = bench.view(task);
      expect(['cancelled', 'interrupted', 'needs-attention', 'completed']).toContain(state);
    }
  }, 60_000);

  it('has them also when the next write was cut off at any byte', async () => {
    const moments = await record();
    let cuts = 0;
    for (const [index, next] of moments.entries()) {
      const before = moments[index - 1];
      if (before === undefined || !existsSync(join(next.directory, wal))) continue;
      const [from, to] = [before, next].map(({ directory }) =>
        existsSync(join(directory, wal)) ? statSync(join(directory, wal)).size : 0,
      ) as [number, number];
      if (to <= from) continue;
      const bytes = readFileSync(join(next.directory, wal));
      for (const part of [0, 0.1, 0.5, 0.9]) {
        const cut = temporaryDirectory();
        copyOf(before.directory, cut);
        writeFileSync(join(cut, wal), bytes.subarray(0, from + Math.floor((to - from) * part)));
        expect(`${index} at ${part}: ${eventsIn(cut)}`).toBe(`${index} at ${part}: ${before.events}`);
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThan(20);
  }, 60_000);
});
