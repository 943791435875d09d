import { describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../../shared/errors/app-error.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { aPlatformWith, poolOf, type RunnerBench, runnerBench } from '../../support/runner-bench.ts';
import { type CallHook, lostConnection, platformFault } from '../../support/scripted-session.ts';

const web = idOf('vm', 'web-01');
const once = (hook: CallHook): CallHook => {
  let done = false;
  return (...call) => {
    if (done) return;
    try {
      return hook(...call);
    } catch (error) {
      done = true;
      throw error;
    }
  };
};

/** A task in the middle of its move whose connection is cut; the site is offline from then on. */
const cutOff = async (): Promise<{
  bench: RunnerBench;
  id: ReturnType<RunnerBench['submitOne']>['id'];
  release(): void;
}> => {
  const bench = runnerBench();
  const release = bench.platform.holdMoves();
  const { id } = bench.submitOne();
  await bench.until(id, (view) => view.platformTask !== null);
  bench.session = null;
  bench.platform.cutConnection();
  await bench.until(id, (view) => view.state === 'unknown');
  return { bench, id, release };
};

const reconnect = async (bench: RunnerBench, hook?: CallHook): Promise<void> => {
  bench.session = bench.platform.session(hook);
  bench.runner.reconcile(bench.session.site);
  await bench.runner.quiet();
};

describe('a lost connection in the middle of a move', () => {
  it('is unknown, never failed, however long it lasts', async () => {
    const { bench, id } = await cutOff();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({ state: 'unknown', error: { code: 'connection-lost' }, endedAt: null });
    expect(bench.kinds(id).slice(-2)).toEqual(['relocate unknown', 'outcome-unknown connection-lost']);
  });

  it('is found completed on reconnect when the platform went on', async () => {
    const { bench, id, release } = await cutOff();
    release();
    bench.platform.passTime();
    await reconnect(bench);
    expect(bench.view(id)).toMatchObject({ state: 'completed', error: null });
    expect(bench.kinds(id).slice(-6)).toEqual([
      'reconciled at-destination',
      'relocate done',
      'verify started',
      'verify done',
      'in pool-02',
      'completed',
    ]);
    expect(bench.platform.starts).toEqual([web]);
  });

  it('is found still running, shows progress again and can be cancelled', async () => {
    const { bench, id } = await cutOff();
    bench.session = bench.platform.session();
    bench.runner.reconcile(bench.session.site);
    await bench.until(id, (view) => view.state === 'running');
    expect(bench.kinds(id).at(-1)).toBe('reconciled still-running');
    expect(bench.progress.at(-1)?.percent).toBe(30);
    await bench.runner.cancel(id);
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('cancelled');
  });

  it('is found failed with the fault of the platform', async () => {
    const bench = runnerBench();
    const release = bench.platform.holdMoves();
    bench.platform.nextMoveEnds({ kind: 'failed', error: platformFault });
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.platformTask !== null);
    bench.session = null;
    bench.platform.cutConnection();
    release();
    await bench.runner.quiet();
    await reconnect(bench);
    expect(bench.view(id)).toMatchObject({ state: 'failed', error: platformFault });
  });

  it('needs a person when the VM is gone or somewhere else', async () => {
    const gone = await cutOff();
    gone.bench.platform.forgetTasks();
    gone.bench.platform.remove(web);
    await reconnect(gone.bench);
    expect(gone.bench.view(gone.id)).toMatchObject({ state: 'needs-attention', error: { code: 'vm-gone' } });

    const astray = await cutOff();
    astray.bench.platform.forgetTasks();
    const vm = astray.bench.platform.vm(web);
    if (vm) astray.bench.platform.put({ ...vm, pool: idOf('pool', 'pool-03') });
    await reconnect(astray.bench);
    expect(astray.bench.view(astray.id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'moved-elsewhere', data: { found: 'pool-03' } },
    });
  });

  it('finds a VM again that got a new id meanwhile', async () => {
    const { bench, id } = await cutOff();
    bench.platform.forgetTasks();
    const vm = bench.platform.vm(web);
    bench.platform.remove(web);
    if (vm) bench.platform.put({ ...vm, id: idOf('vm', 'new-id'), pool: idOf('pool', 'pool-02') });
    await reconnect(bench);
    expect(bench.view(id).state).toBe('completed');
  });

  it('by a lasting cut is tried again with every reconnect, and written down once each time it is lost', async () => {
    const { bench, id, release } = await cutOff();
    const lost = (): number => bench.kinds(id).filter((kind) => kind.startsWith('outcome-unknown')).length;
    await reconnect(bench, () => {
      bench.session = null;
      throw lostConnection();
    });
    expect([bench.view(id).state, lost()]).toEqual(['unknown', 1]);
    release();
    await reconnect(bench);
    expect([bench.view(id).state, lost()]).toEqual(['completed', 1]);
  });

  it('refuses a second task of that VM until it is found out', async () => {
    const { bench, id, release } = await cutOff();
    await bench.runner.quiet();
    expect(() => bench.submitOne()).toThrow(/vm-changed/);
    release();
    await reconnect(bench);
    expect(bench.view(id).state).toBe('completed');
  });
});

describe('an answer to a start that got lost', () => {
  it.each(['connection-lost', 'server-timeout', 'unexpected-answer', 'site-not-connected'] as const)(
    'by %s: the VM is found moved, and the start is not repeated',
    async (code) => {
      const platform = aPlatformWith('web-01');
      const bench = runnerBench({
        platform,
        session: platform.session(
          once((call, moment) => {
            if (call === 'startRelocation' && moment === 'after') throw new AppError(code as ErrorCode, {} as never);
          }),
        ),
      });
      const { id } = bench.submitOne();
      await bench.runner.quiet();
      expect(bench.view(id)).toMatchObject({ state: 'completed', platformTask: null });
      expect(bench.kinds(id)).toEqual(expect.arrayContaining([`outcome-unknown ${code}`, 'reconciled still-running']));
      expect(platform.starts).toEqual([web]);
    },
  );

  it('and never reached the platform: it is failed, with that error, once two looks agree', async () => {
    const platform = aPlatformWith('web-01');
    const bench = runnerBench({
      platform,
      session: platform.session(
        once((call, moment) => {
          if (call === 'startRelocation' && moment === 'before') throw lostConnection();
        }),
      ),
    });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({ state: 'failed', error: { code: 'connection-lost' }, placeName: 'pool-01' });
    expect(platform.starts).toEqual([]);
  });

  it('and reached the platform late, between the two looks: the VM is found moved', async () => {
    const platform = aPlatformWith('web-01');
    let looks = 0;
    const bench = runnerBench({
      platform,
      session: platform.session((call, moment) => {
        if (call === 'startRelocation' && moment === 'before') throw lostConnection();
        if (call === 'locate' && moment === 'after') looks += 1;
        const vm = platform.vm(web);
        if (looks === 1 && call === 'readEntities' && moment === 'after' && vm) {
          platform.put({ ...vm, pool: idOf('pool', 'pool-02') });
        }
      }),
    });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect([looks, bench.view(id).state]).toEqual([2, 'completed']);
  });
});

describe('a platform that forgot its tasks', () => {
  it('while a move was under way: the place of the VM decides', async () => {
    const { bench, id } = await cutOff();
    bench.platform.forgetTasks();
    await reconnect(bench);
    expect(bench.view(id)).toMatchObject({ state: 'failed', error: { code: 'connection-lost' } });
    expect(poolOf(bench.platform)).toBe('pool-01');
  });

  it('while it is being followed: the same', async () => {
    const bench = runnerBench();
    bench.platform.holdMoves();
    const { id } = bench.submitOne();
    await bench.until(id, (view) => view.platformTask !== null);
    bench.platform.forgetTasks();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({ state: 'failed', error: { code: 'outcome-unknown' } });
  });

  it('after somebody asked to cancel: a VM that stayed is cancelled', async () => {
    const { bench, id } = await cutOff();
    await bench.runner.cancel(id);
    bench.platform.forgetTasks();
    await reconnect(bench);
    expect(bench.view(id).state).toBe('cancelled');
  });
});

describe('a log that cannot be written', () => {
  it('for a while: nothing unknown to it is done, and the task goes on to its true end', async () => {
    for (let failing = 1; failing <= 7; failing += 1) {
      const bench = runnerBench();
      let writes = 0;
      const { transaction } = bench.journal;
      Object.assign(bench.journal, {
        transaction: (work: () => unknown) => {
          writes += 1;
          // The first write makes the task.
          if (writes === failing + 1) throw new AppError('storage-failed', { file: 'journal.db', reason: 'disk full' });
          return transaction(work);
        },
      });
      const { id } = bench.submitOne();
      await bench.runner.quiet();
      const { state } = bench.view(id);
      expect(`write ${failing}: ${state} in ${poolOf(bench.platform)}`).toMatch(
        bench.platform.starts.length === 1 ? /completed in pool-02/ : /cancelled in pool-01/,
      );
      if (writes > failing + 1) {
        expect(
          bench.told.some(
            (view) => view.state === 'interrupted' || view.state === 'unknown' || view.state === 'waiting',
          ),
        ).toBe(true);
      }
    }
  });
});
