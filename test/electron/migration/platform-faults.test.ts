import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../shared/errors/app-error.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { aPlatformWith, poolOf, runnerBench } from '../../support/runner-bench.ts';

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
      if (met !== point || (call === 'startHotMove' && moment === 'after' && refusals.includes(code))) return;
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
