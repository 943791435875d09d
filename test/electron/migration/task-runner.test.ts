import { describe, expect, it } from 'vitest';
import { limitsFrom } from '../../../electron/migration/limits.ts';
import type { Journal } from '../../../electron/storage/ports.ts';
import { operationId, taskId } from '../../../shared/domain/ids.ts';
import { AppError, type ErrorCode } from '../../../shared/errors/app-error.ts';
import { aMove, aVm, idOf } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { anOperation, aPlatformWith, newPool, poolOf, runnerBench } from '../../support/runner-bench.ts';
import { platformFault } from '../../support/scripted-session.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const names = ['a', 'b', 'c', 'd'];

const refusal = (code: ErrorCode, work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.code === code) return error.data;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('submitting an operation', () => {
  it('writes every task down before the first one begins', async () => {
    const bench = runnerBench({ platform: aPlatformWith(...names) });
    const headers = bench.runner.submit(anOperation(names));
    expect(headers.map((header) => header.move.vmName)).toEqual(names);
    expect(bench.told.map((view) => view.state)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    await bench.runner.quiet();
    expect(headers.map((header) => bench.view(header.id).state)).toEqual(names.map(() => 'completed'));
  });

  it('of hundreds of VMs waits for the disk a few times only, also when they wait, are cancelled or left behind', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `vm-${index}`);
    const directory = temporaryDirectory();
    const { journal } = openTestStorage(directory);
    let writes = 0;
    let nested = false;
    const counting: Journal = {
      ...journal,
      transaction: (work) => {
        if (nested) return journal.transaction(work);
        nested = true;
        writes += 1;
        try {
          return journal.transaction(work);
        } finally {
          nested = false;
        }
      },
    };
    const platform = aPlatformWith(...many);
    const bench = runnerBench({ platform, journal: counting, session: null, mortal: true });
    const [first] = bench.runner.submit(anOperation(many));
    await bench.runner.quiet();
    expect(bench.view(first?.id ?? taskId(0)).waitReason?.kind).toBe('site-offline');
    expect(writes).toBe(2);
    await bench.runner.cancelAll(first?.operation ?? operationId(''));
    expect(writes).toBe(3);
    expect(journal.openTasks()).toEqual([]);

    bench.runner.submit(anOperation(many));
    writes = 0;
    const next = runnerBench({ platform, journal: counting, session: null });
    expect(next.runner.takeOver()).toBe(true);
    expect(writes).toBe(1);
    expect(journal.openTasks()).toEqual([]);
  });

  it('takes all or nothing: one VM that is busy refuses the operation', async () => {
    const bench = runnerBench({ platform: aPlatformWith(...names) });
    const release = bench.platform.holdMoves();
    const { id } = bench.submitOne('b');
    expect(refusal('vm-changed', () => bench.runner.submit(anOperation(['a', 'b'])))).toEqual({
      vmName: 'b',
      what: 'busy',
      now: `T-${id}`,
    });
    expect(bench.runner.log.list({ limit: 9, before: null })).toHaveLength(1);
    release();
    await bench.runner.quiet();
    expect(bench.runner.submit(anOperation(['a']))).toHaveLength(1);
  });

  it('refuses a VM named twice, an unknown VM, and an evacuation without a folder', () => {
    const bench = runnerBench();
    expect(refusal('vm-changed', () => bench.runner.submit(anOperation(['web-01', 'web-01'])))).toBeDefined();
    expect(refusal('not-found', () => bench.runner.submit(anOperation(['nobody'])))).toEqual({
      what: 'vm',
      name: 'nobody',
    });
    const cold = aMove(aVm(), newPool, { method: 'cold-evacuate' });
    expect(refusal('invalid-input', () => bench.submitOne('web-01', { moves: [cold] }))).toEqual({
      issues: [{ path: 'evacuation', message: 'choose a folder' }],
    });
    expect(bench.runner.log.list({ limit: 9, before: null })).toEqual([]);
  });
});

describe('limits', () => {
  it('never moves more of an operation at a time than was asked for, and says so', async () => {
    const platform = aPlatformWith(...names);
    let moving = 0;
    let most = 0;
    const bench = runnerBench({
      platform,
      session: platform.session((call, moment) => {
        if (call === 'startRelocation' && moment === 'before') moving += 1;
        most = Math.max(most, moving);
        if (call === 'followTask' && moment === 'after') moving -= 1;
      }),
    });
    const headers = bench.runner.submit(anOperation(names, { atATime: 2 }));
    await bench.runner.quiet();
    expect(most).toBe(2);
    expect(headers.map((header) => bench.view(header.id).state)).toEqual(names.map(() => 'completed'));
    const waits = headers.map((header) => bench.kinds(header.id).filter((kind) => kind.startsWith('waiting')));
    expect(waits).toEqual([[], [], ['waiting operation-limit'], ['waiting operation-limit']]);
  });

  it('never lets more moves touch a host than it takes, over all operations, and names the host', async () => {
    const platform = aPlatformWith(...names);
    const bench = runnerBench({ platform, limits: () => ({ perHost: 1, perDatastore: 8, perFolder: 8 }) });
    const release = platform.holdMoves();
    const first = bench.submitOne('a');
    const second = bench.submitOne('b', { destination: newPool });
    await bench.until(first.id, (view) => view.platformTask !== null);
    expect(bench.view(second.id).waitReason).toEqual({
      kind: 'host-limit',
      host: idOf('host', 'esx-01'),
      hostName: 'esx-01',
      limit: 1,
    });
    const vm = platform.vm(idOf('vm', 'c'));
    if (vm) platform.put({ ...vm, host: idOf('host', 'esx-02') });
    const elsewhere = bench.submitOne('c');
    await bench.until(elsewhere.id, (view) => view.state === 'running');
    release();
    await bench.runner.quiet();
    expect(bench.view(second.id).state).toBe('completed');
  });

  it('may be raised while tasks wait', async () => {
    const platform = aPlatformWith('a', 'b');
    let perHost = 1;
    const bench = runnerBench({ platform, limits: () => ({ perHost, perDatastore: 8, perFolder: 8 }) });
    const release = platform.holdMoves();
    const [, second] = bench.runner.submit(anOperation(['a', 'b']));
    const id = second?.id ?? taskId(0);
    await bench.until(id, (view) => view.waitReason !== null);
    perHost = 2;
    bench.runner.reconsider();
    await bench.until(id, (view) => view.platformTask !== null);
    release();
    await bench.runner.quiet();
  });

  it('are those a person set; nonsense counts as not set', () => {
    const perHost = (value: string | null): number => limitsFrom({ preference: () => value }).perHost;
    expect([null, '7', '0', '-1', 'many', '2.5', '500', ''].map(perHost)).toEqual([4, 7, 4, 4, 4, 4, 32, 4]);
  });

  it('hold as they were when the settings cannot be read for a moment', async () => {
    let reads = 0;
    const bench = runnerBench({
      limits: () => {
        reads += 1;
        if (reads > 1) throw new AppError('storage-locked', { file: 'journal.db' });
        return { perHost: 3, perDatastore: 8, perFolder: 8 };
      },
    });
    const first = bench.submitOne();
    await bench.runner.quiet();
    expect([reads > 1, bench.view(first.id).state]).toEqual([true, 'completed']);
  });
});

describe('a task whose site is not connected', () => {
  it('waits for it, says so, and begins when it is', async () => {
    const bench = runnerBench({ session: null });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({
      state: 'waiting',
      waitReason: { kind: 'site-offline', siteName: 'Site A' },
    });
    bench.session = bench.platform.session();
    bench.runner.reconcile(bench.session.site);
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('completed');
    expect(bench.kinds(id).filter((kind) => kind.startsWith('waiting'))).toEqual(['waiting site-offline']);
  });
});

describe('running a task again', () => {
  it('makes a new task from where the VM is now, linked to the old one', async () => {
    const bench = runnerBench();
    bench.platform.nextMoveEnds({ kind: 'failed', error: platformFault });
    const first = bench.submitOne();
    await bench.runner.quiet();
    const vm = bench.platform.vm(first.move.vm);
    if (vm) bench.platform.put({ ...vm, name: 'web-one', pool: idOf('pool', 'pool-03') });

    const again = bench.runner.rerun(first.id);
    await bench.runner.quiet();
    expect(again).toMatchObject({ rerunOf: first.id, operation: first.operation, originName: 'pool-03' });
    expect(again.move).toEqual({ ...first.move, vmName: 'web-one' });
    expect(bench.view(again.id).state).toBe('completed');
    expect(bench.view(first.id).state).toBe('failed');
    expect(poolOf(bench.platform)).toBe('pool-02');
  });

  it('is refused for a task that succeeded, has not ended, or does not exist', async () => {
    const bench = runnerBench();
    const release = bench.platform.holdMoves();
    const { id } = bench.submitOne();
    expect(refusal('vm-changed', () => bench.runner.rerun(id))).toMatchObject({ what: 'busy', now: `T-${id}` });
    release();
    await bench.runner.quiet();
    expect(refusal('invalid-input', () => bench.runner.rerun(id))).toBeDefined();
    expect(refusal('not-found', () => bench.runner.rerun(taskId(99)))).toEqual({ what: 'task', name: 'T-99' });
  });
});

describe('two processes on the same files', () => {
  it('run tasks one at a time: the second may when the first has nothing left to do', async () => {
    const directory = temporaryDirectory();
    const platform = aPlatformWith('a', 'b');
    // Process 1 always lives; it stands for another console.
    const other = openTestStorage(directory).journal;
    const bench = runnerBench({ platform, journal: openTestStorage(directory).journal });
    expect(other.claimRunner(1, 0)).toBe(true);
    expect(refusal('storage-locked', () => bench.submitOne('a'))).toBeDefined();
    expect(bench.runner.takeOver()).toBe(false);
    other.releaseRunner(1);

    const release = platform.holdMoves();
    const { id } = bench.submitOne('a');
    await bench.until(id, (view) => view.platformTask !== null);
    expect(other.claimRunner(1, 0)).toBe(false);
    release();
    await bench.runner.quiet();
    expect(other.claimRunner(1, 0)).toBe(true);
  });
});

describe('closing the console', () => {
  it('leaves what runs to the platform, ends what had not begun, and refuses new work', async () => {
    const bench = runnerBench({ platform: aPlatformWith('a', 'b') });
    bench.platform.holdMoves();
    const [first, second] = bench.runner.submit(anOperation(['a', 'b'], { atATime: 1 }));
    await bench.until(first?.id ?? taskId(0), (view) => view.platformTask !== null);
    await bench.runner.stop();
    expect(bench.kinds(first?.id ?? taskId(0)).at(-1)).toBe('interrupted');
    expect(bench.kinds(second?.id ?? taskId(0)).slice(-2)).toEqual(['interrupted', 'cancelled']);
    expect(refusal('cancelled', () => bench.submitOne('b'))).toBeDefined();
    bench.runner.reconcile(bench.session?.site ?? ('' as never));
    await bench.runner.quiet();
    expect(bench.kinds(first?.id ?? taskId(0)).at(-1)).toBe('interrupted');
  });

  it('during a check ends the task as never begun', async () => {
    let checking = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      checking = resolve;
    });
    const bench = runnerBench({
      guard: (_, signal) => {
        checking();
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new AppError('cancelled', {})));
        });
      },
    });
    const { id } = bench.submitOne();
    await begun;
    await bench.runner.stop();
    expect(bench.kinds(id).slice(-3)).toEqual(['check cancelled', 'interrupted', 'cancelled']);
    expect(bench.platform.starts).toEqual([]);
  });
});
