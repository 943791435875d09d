import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/domain/finding.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { anOperation, aPlatformWith, newHost, poolOf, runnerBench } from '../../support/runner-bench.ts';
import { lostConnection, platformFault } from '../../support/scripted-session.ts';

const finding = (ruleId: string, severity: Finding['severity']): Finding => ({
  ruleId,
  code: 'S8',
  severity,
  outcome: 'violated',
  vm: idOf('vm', 'web-01'),
  destination: null,
  evidence: {},
  factReadAt: 1,
});

describe('a hot migration', () => {
  it('checks, relocates and verifies, and its log tells so', async () => {
    const bench = runnerBench();
    const { id } = bench.submitOne();
    const view = await bench.until(id, ({ state }) => state === 'completed');
    expect(bench.kinds(id)).toEqual([
      'created',
      'started',
      'check started',
      'checked',
      'check done',
      'relocate started',
      'platform-task',
      'relocate done',
      'verify started',
      'verify done',
      'in pool-02',
      'completed',
    ]);
    expect(poolOf(bench.platform)).toBe('pool-02');
    expect(view).toMatchObject({ placeName: 'pool-02', error: null, header: { originName: 'pool-01' } });
    expect(bench.progress.map((progress) => progress.percent)).toEqual([30, 80]);
    expect(bench.view(id)).toEqual(view);
  });

  it('has written every step before the platform is asked to take it', async () => {
    const seen: string[] = [];
    const platform = aPlatformWith('web-01');
    const bench = runnerBench({ platform });
    bench.session = platform.session((call, moment) => {
      const last = bench.kinds(bench.told[0]?.header.id ?? id).at(-1);
      if (moment === 'before') seen.push(`${call} after "${last}"`);
    });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(seen).toEqual([
      'readEntities after "check started"',
      'startRelocation after "relocate started"',
      'followTask after "platform-task"',
      'locate after "verify started"',
      'readEntities after "verify started"',
    ]);
  });

  it('brings a VM to a host, and finds it there', async () => {
    const bench = runnerBench();
    const { id } = bench.submitOne('web-01', { destination: newHost });
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('completed');
  });

  it('fails with the fault of the platform, and the VM is where it was', async () => {
    const bench = runnerBench();
    bench.platform.nextMoveEnds({ kind: 'failed', error: platformFault });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({ state: 'failed', error: platformFault, placeName: 'pool-01' });
    expect(bench.kinds(id).slice(-3)).toEqual(['relocate failed', 'in pool-01', 'failed platform-fault']);
  });

  it.each(['no-privilege', 'destination-gone', 'vm-gone', 'session-expired'] as const)(
    'fails when the platform refuses the start with %s',
    async (code) => {
      const platform = aPlatformWith('web-01');
      const error = new AppError(code, {} as never);
      const bench = runnerBench({
        platform,
        session: platform.session((call, moment) => {
          if (call === 'startRelocation' && moment === 'before') throw error;
        }),
      });
      const { id } = bench.submitOne();
      await bench.runner.quiet();
      expect(bench.view(id)).toMatchObject({ state: 'failed', error: { code } });
      expect(platform.starts).toEqual([]);
    },
  );

  it('needs a person when the VM is somewhere nobody asked for', async () => {
    const platform = aPlatformWith('web-01');
    const bench = runnerBench({
      platform,
      session: platform.session((call, moment) => {
        const vm = platform.vm(idOf('vm', 'web-01'));
        if (call === 'followTask' && moment === 'after' && vm) platform.put({ ...vm, pool: idOf('pool', 'pool-03') });
      }),
    });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({
      state: 'needs-attention',
      error: { code: 'moved-elsewhere', data: { vmName: 'web-01', expected: 'pool-02', found: 'pool-03' } },
    });
  });

  it('goes on when nobody can be told of its progress or its states', async () => {
    const closing = (): void => {
      throw new Error('the window is closing');
    };
    const bench = runnerBench({ onTask: closing, onProgress: closing });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('completed');
  });
});

describe('the check just before the start', () => {
  const web = idOf('vm', 'web-01');

  it.each([
    ['was moved by somebody', { pool: idOf('pool', 'pool-03') }, { what: 'moved', now: 'pool-03' }],
    ['was renamed', { name: 'web-1' }, { what: 'renamed', now: 'web-1' }],
    ['was stopped', { powerState: 'off' }, { what: 'power-state', now: 'off' }],
    ['is held by another task', { busyWith: 'Create snapshot' }, { what: 'busy', now: 'Create snapshot' }],
  ] as const)('refuses a VM that %s', async (_, facts, data) => {
    const platform = aPlatformWith('web-01', 'other');
    const bench = runnerBench({ platform, limits: () => ({ perHost: 1, perDatastore: 8, perFolder: 8 }) });
    const release = platform.holdMoves();
    const [other, task] = bench.runner.submit(anOperation(['other', 'web-01']));
    if (!other || !task) throw new Error('no tasks');
    await bench.until(other.id, (view) => view.platformTask !== null);
    platform.put({ ...platform.vm(web), ...facts } as never);
    release();
    await bench.runner.quiet();
    expect(bench.view(task.id)).toMatchObject({
      state: 'failed',
      error: { code: 'vm-changed', data: { vmName: 'web-01', ...data } },
    });
    expect(platform.starts).toEqual([other.move.vm]);
  });

  it('does not mind that the platform shifted the VM to another host below the same pool', async () => {
    const bench = runnerBench();
    const { id } = bench.submitOne();
    const vm = bench.platform.vm(web);
    if (vm) bench.platform.put({ ...vm, host: idOf('host', 'esx-02') });
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('completed');
  });

  it('refuses a VM or a destination that is gone', async () => {
    const bench = runnerBench({ platform: aPlatformWith('web-01', 'web-02') });
    const gone = bench.submitOne('web-01');
    bench.platform.remove(web);
    await bench.runner.quiet();
    expect(bench.view(gone.id)).toMatchObject({ state: 'failed', error: { code: 'vm-gone' } });
    const astray = bench.submitOne('web-02');
    bench.platform.remove(idOf('pool', 'pool-02'));
    await bench.runner.quiet();
    expect(bench.view(astray.id).error).toEqual({ code: 'destination-gone', data: { name: 'pool-02' } });
    expect(bench.platform.starts).toEqual([]);
  });

  it('refuses a blocked move and keeps the findings', async () => {
    const found = [finding('X5', 'warning'), finding('S8', 'blocker'), finding('S8', 'blocker')];
    const bench = runnerBench({ guard: async () => found });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({
      state: 'failed',
      findings: found,
      error: { code: 'blocked-by-precautions', data: { vmName: 'web-01', ruleIds: ['S8'] } },
    });
  });

  it('refuses a warning that nobody has accepted for this VM', async () => {
    const found = [finding('X1', 'warning'), finding('X5', 'warning'), finding('X18', 'info')];
    const bench = runnerBench({ guard: async () => found });
    const { id } = bench.submitOne('web-01', {
      acknowledgements: [
        { vm: web, ruleId: 'X1', reason: 'tested' },
        { vm: idOf('vm', 'other'), ruleId: 'X5', reason: 'not this one' },
      ],
    });
    await bench.runner.quiet();
    expect(bench.view(id).error).toEqual({
      code: 'warnings-not-acknowledged',
      data: { vmName: 'web-01', ruleIds: ['X5'] },
    });
  });

  it('goes on when every warning was accepted, and keeps who accepted what', async () => {
    const acknowledgements = [{ vm: web, ruleId: 'X5', reason: 'agreed with the owner' }];
    const bench = runnerBench({ guard: async () => [finding('X5', 'warning')] });
    const { id } = bench.submitOne('web-01', { acknowledgements });
    await bench.runner.quiet();
    expect(bench.view(id)).toMatchObject({ state: 'completed', header: { acknowledgements } });
  });

  it('goes on when a warning was waived in advance, and keeps the waiver in the log', async () => {
    const waived = {
      ...finding('X5', 'warning'),
      waiver: { by: 'sato', reason: 'agreed for the quarter', until: 9e12 },
    };
    const bench = runnerBench({ guard: async () => [waived] });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id).state).toBe('completed');
    const checked = bench.journal.events(id).find(({ body }) => body.kind === 'checked');
    expect(checked?.body).toEqual({ kind: 'checked', findings: [waived] });
  });

  it('fails, and starts nothing, when the rules themselves break', async () => {
    const bench = runnerBench({
      guard: async () => {
        throw new TypeError('a rule is broken');
      },
    });
    const { id } = bench.submitOne();
    await bench.runner.quiet();
    expect(bench.view(id).error).toEqual({ code: 'internal', data: { detail: 'a rule is broken' } });
    expect(bench.platform.starts).toEqual([]);
  });

  it('waits, instead of failing, while the site does not answer', async () => {
    const platform = aPlatformWith('web-01', 'web-02');
    let silent = 3;
    const bench = runnerBench({
      platform,
      session: platform.session((call) => {
        silent -= call === 'readEntities' ? 1 : 0;
        if (call === 'readEntities' && silent > 0) throw lostConnection();
      }),
    });
    const [first, second] = bench.runner.submit(anOperation(['web-01', 'web-02'], { atATime: 1 }));
    await bench.runner.quiet();
    for (const task of [first, second]) expect(task && bench.view(task.id).state).toBe('completed');
    expect(bench.kinds(first?.id ?? ('' as never)).slice(0, 8)).toEqual([
      'created',
      'started',
      'check started',
      'check failed',
      'waiting site-offline',
      'started',
      'check started',
      'check failed',
    ]);
  });
});
