import { describe, expect, it } from 'vitest';
import { operationId, taskId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { anOperation, aPlatformWith, poolOf, runnerBench } from '../../support/runner-bench.ts';
import { type FaultMoment, lostConnection, type SessionCall } from '../../support/scripted-session.ts';

/** A call that waits at one point until it is let on. */
const stopAt = (stoppedCall: SessionCall, stoppedMoment: FaultMoment) => {
  let reached = (): void => undefined;
  let letOn = (): void => undefined;
  const isThere = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const mayGoOn = new Promise<void>((resolve) => {
    letOn = resolve;
  });
  return {
    isThere,
    letOn: () => letOn(),
    hook: async (call: SessionCall, moment: FaultMoment) => {
      if (call !== stoppedCall || moment !== stoppedMoment) return;
      reached();
      await mayGoOn;
    },
  };
};

describe('cancelling a task', () => {
  it('that waits: it never begins', async () => {
    const bench = runnerBench({ session: null });
    const { id } = bench.submitOne();
    await bench.runner.cancel(id);
    expect(bench.kinds(id)).toEqual(['created', 'cancel-requested', 'cancelled']);
    bench.session = bench.platform.session();
    bench.runner.reconcile(bench.session.site);
    await bench.runner.quiet();
    expect([bench.view(id).state, bench.platform.starts]).toEqual(['cancelled', []]);
  });

  it('that is being checked: nothing is started', async () => {
    const platform = aPlatformWith('web-01');
    const stop = stopAt('readEntities', 'before');
    const bench = runnerBench({ platform, session: platform.session(stop.hook) });
    const { id } = bench.submitOne();
    await stop.isThere;
    await bench.runner.cancel(id);
    await bench.runner.quiet();
    expect(bench.kinds(id).slice(-3)).toEqual(['cancel-requested', 'check cancelled', 'cancelled']);
    expect(platform.starts).toEqual([]);
  });

  it('whose start is on its way: the platform is asked to stop it as soon as it is known', async () => {
    const platform = aPlatformWith('web-01');
    const stop = stopAt('startRelocation', 'after');
    const bench = runnerBench({ platform, session: platform.session(stop.hook) });
    const { id } = bench.submitOne();
    await stop.isThere;
    await bench.runner.cancel(id);
    expect(bench.view(id).state).toBe('cancelling');
    stop.letOn();
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('cancelled');
    expect(poolOf(platform)).toBe('pool-01');
  });

  it('that moves: the VM ends where it was', async () => {
    const bench = runnerBench();
    bench.platform.holdMoves();
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.platformTask !== null);
    await bench.runner.cancel(id);
    await bench.runner.quiet();
    expect(bench.kinds(id).slice(-4)).toEqual(['cancel-requested', 'relocate cancelled', 'in pool-01', 'cancelled']);
    expect(poolOf(bench.platform)).toBe('pool-01');
    await bench.runner.cancel(id);
    expect(bench.kinds(id).at(-1)).toBe('cancelled');
  });

  it('that has just been moved: too late, it completes', async () => {
    const platform = aPlatformWith('web-01');
    const stop = stopAt('locate', 'before');
    const bench = runnerBench({ platform, session: platform.session(stop.hook) });
    const { id } = bench.submitOne();
    await stop.isThere;
    await bench.runner.cancel(id);
    stop.letOn();
    await bench.runner.quiet();
    expect(bench.kinds(id)).not.toContain('cancel-requested');
    expect(bench.view(id).state).toBe('completed');
  });

  it('that the platform cannot stop: says so, and the task does not read "cancelling"', async () => {
    const bench = runnerBench();
    const release = bench.platform.holdMoves();
    bench.platform.refuseCancel();
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.platformTask !== null);
    await expect(bench.runner.cancel(id)).rejects.toMatchObject({ code: 'not-cancellable' });
    expect(bench.view(id).state).toBe('running');
    release();
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('completed');
  });

  it('while nobody answers: says so, and asks again on reconnect', async () => {
    const platform = aPlatformWith('web-01');
    const bench = runnerBench({
      platform,
      session: platform.session((call) => {
        if (call === 'cancelTask') throw lostConnection();
      }),
    });
    platform.holdMoves();
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.platformTask !== null);
    await expect(bench.runner.cancel(id)).rejects.toMatchObject({ code: 'connection-lost' });
    expect(bench.view(id).state).toBe('cancelling');
    bench.session = null;
    platform.cutConnection();
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('unknown');
    bench.session = platform.session();
    bench.runner.reconcile(bench.session.site);
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('cancelled');
    expect(poolOf(platform)).toBe('pool-01');
  });

  it('while its site is not connected: the wish is kept until it is', async () => {
    const bench = runnerBench();
    bench.platform.holdMoves();
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.platformTask !== null);
    bench.session = null;
    bench.platform.cutConnection();
    await bench.until(id, (view) => view.state === 'unknown');
    await bench.runner.cancel(id);
    expect(bench.view(id).state).toBe('unknown');
    bench.session = bench.platform.session();
    bench.runner.reconcile(bench.session.site);
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('cancelled');
  });

  it('whose start got no answer: there is nothing the platform could be asked to stop', async () => {
    const platform = aPlatformWith('web-01');
    const bench = runnerBench({
      platform,
      session: platform.session((call, moment) => {
        if (call === 'startRelocation' && moment === 'after') {
          bench.session = null;
          throw lostConnection();
        }
      }),
    });
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.state === 'unknown');
    await expect(bench.runner.cancel(id)).rejects.toMatchObject({ code: 'not-cancellable' });
  });

  it('that does not exist is an error', async () => {
    await expect(runnerBench().runner.cancel(taskId(5))).rejects.toBeInstanceOf(AppError);
  });
});

describe('cancelling a whole operation', () => {
  it('ends every task of it, the waiting ones without a start, and no other', async () => {
    const bench = runnerBench({ platform: aPlatformWith('a', 'b', 'c', 'd') });
    const release = bench.platform.holdMoves();
    const mine = bench.runner.submit(anOperation(['a', 'b', 'c'], { atATime: 2 }));
    const other = bench.submitOne('d', { id: operationId('op-2') });
    for (const header of [mine[0], mine[1], other]) {
      await bench.until(header?.id ?? taskId(0), (view) => view.platformTask !== null);
    }
    await bench.runner.cancelAll(operationId('op-1'));
    release();
    await bench.runner.quiet();
    expect(mine.map((header) => bench.view(header.id).state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(bench.view(other.id).state).toBe('completed');
    expect(bench.platform.starts).toHaveLength(3);
  });

  it('tries all of them before it tells that one cannot be cancelled', async () => {
    const bench = runnerBench({ platform: aPlatformWith('a', 'b') });
    const release = bench.platform.holdMoves();
    bench.platform.refuseCancel();
    const [moving, waiting] = bench.runner.submit(anOperation(['a', 'b'], { atATime: 1 }));
    await bench.until(moving?.id ?? taskId(0), (view) => view.platformTask !== null);
    await expect(bench.runner.cancelAll(operationId('op-1'))).rejects.toMatchObject({ code: 'not-cancellable' });
    expect(bench.view(waiting?.id ?? taskId(0)).state).toBe('cancelled');
    release();
    await bench.runner.quiet();
  });
});
