import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../shared/errors/app-error.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { anOperation, aPlatformWith, poolOf, runnerBench } from '../../support/runner-bench.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** What may come instead of an answer, with the data of the error left out: only its code counts here. */
const faults: readonly ErrorCode[] = [
  'connection-lost',
  'server-timeout',
  'unexpected-answer',
  'session-expired',
  'site-not-connected',
  'site-unreachable',
  'platform-fault',
  'no-privilege',
  'internal',
];

/** By the contract of the port these say that a start was refused; then they cannot follow one that was begun. */
const refusals: readonly ErrorCode[] = ['session-expired', 'platform-fault', 'no-privilege'];

/**
 * One fault at the n-th thing that happens between the task and the platform.
 * @param offline whether the site is not connected any more after the fault, until it is connected again
 */
const withFaultAt = async (point: number, code: ErrorCode, offline: boolean): Promise<boolean> => {
  const platform = aPlatformWith('web-01');
  let met = 0;
  let where = '';
  const bench = runnerBench({
    platform,
    session: platform.session((call, moment) => {
      met += 1;
      if (met !== point || (call === 'startRelocation' && moment === 'after' && refusals.includes(code))) return;
      where = `${code} ${moment} ${call}`;
      if (offline) bench.session = null;
      throw new AppError(code, {} as never);
    }),
  });
  const { id } = bench.submitOne();
  await bench.runner.quiet();
  if (met < point) return false;
  if (offline) {
    expect(['unknown', 'waiting', 'failed', 'completed'], where).toContain(bench.view(id).state);
    bench.session = platform.session();
    bench.runner.reconcile(bench.session.site);
    await bench.runner.quiet();
  }
  const { state } = bench.view(id);
  expect(`${where}: ${state} in ${poolOf(platform)}`).toMatch(/: (completed in pool-02|failed in pool-01)$/);
  expect(platform.starts.length, where).toBeLessThanOrEqual(1);
  expect(platform.vm(idOf('vm', 'web-01'))?.busyWith, where).toBeNull();
  return true;
};

describe('one fault anywhere between a task and the platform', () => {
  it.each(faults.flatMap((code) => [true, false].map((offline) => [code, offline] as const)))(
    '%s (the site is offline then: %s): the task ends, with the truth, and moves the VM once at most',
    async (code, offline) => {
      let point = 1;
      while (await withFaultAt(point, code, offline)) point += 1;
      expect(point).toBeGreaterThan(6);
    },
  );
});

const names = ['a', 'b', 'c', 'd', 'e'];
const trouble = fc.record({
  /** At how many calls and answers from the start of the session the faults come. */
  faults: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 12 }),
  code: fc.constantFrom<ErrorCode>('connection-lost', 'server-timeout', 'unexpected-answer', 'internal'),
  goesOffline: fc.boolean(),
  forgets: fc.boolean(),
  cancelled: fc.subarray([0, 1, 2, 3, 4]),
  /** For how many turns of the event loop people let it run before they cancel. */
  patience: fc.nat(20),
  atATime: fc.integer({ min: 1, max: 5 }),
});

describe('any trouble at all', () => {
  it('ends every task with the truth, once the site answers again', async () => {
    await fc.assert(
      fc.asyncProperty(trouble, async ({ faults, code, goesOffline, forgets, cancelled, patience, atATime }) => {
        const platform = aPlatformWith(...names);
        const { journal } = openTestStorage(temporaryDirectory());
        let met = 0;
        const bench = runnerBench({
          platform,
          journal,
          session: platform.session(() => {
            met += 1;
            if (!faults.includes(met)) return;
            if (goesOffline) bench.session = null;
            throw new AppError(code, {} as never);
          }),
        });
        const headers = bench.runner.submit(anOperation(names, { atATime }));
        const wishes = cancelled.flatMap((index) => headers[index]?.id ?? []);
        for (let turn = 0; turn < patience; turn += 1) await new Promise(setImmediate);
        await Promise.allSettled(wishes.map((id) => bench.runner.cancel(id)));
        await bench.runner.quiet();
        if (forgets) platform.forgetTasks();
        bench.session = platform.session();
        bench.runner.reconcile(bench.session.site);
        await bench.runner.quiet();

        const ends = headers.map(({ id, move }) => `${bench.view(id).state} in ${poolOf(platform, move.vmName)}`);
        for (const end of ends) expect(end).toMatch(/^(completed in pool-02|(failed|cancelled) in pool-01)$/);
        expect(new Set(platform.starts).size).toBe(platform.starts.length);
        expect(journal.openTasks()).toEqual([]);
        await bench.runner.stop();
        journal.close();
      }),
      { numRuns: 60 },
    );
  }, 30_000);
});
