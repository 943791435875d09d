import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import type { ConsoleServices } from '../../electron/compose.ts';
import type { RecoveryService } from '../../electron/migration/recovery-service.ts';
import type { LostVm, RecoveryChoice } from '../../shared/domain/evacuation.ts';
import { type EntityId, entityId, siteId } from '../../shared/domain/ids.ts';
import type { TaskEventBody } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';
import { type AssessmentFacts, aColdMove, anAssessment, anImageOf } from '../support/recovery-samples.ts';
import { aHeader } from '../support/task-samples.ts';

const lab = siteId('lab-vmware');

interface Script {
  readonly assessment?: AssessmentFacts;
  /** What the task log says once something was chosen. */
  readonly ends?: TaskEventBody;
  readonly lost?: readonly LostVm[];
  readonly choose?: RecoveryService['choose'];
}

interface RecoveryBench extends CommandBench {
  readonly chosen: readonly RecoveryChoice[];
}

/** A console of the lab with one cold migration whose restore failed, and a recovery that does as the script says. */
const waiting = async (script: Script = {}): Promise<RecoveryBench> => {
  const chosen: RecoveryChoice[] = [];
  let made = false;
  const change = (services: ConsoleServices): ConsoleServices => {
    const { journal, runner, sites } = services;
    if (!made && sites.site(lab)) {
      made = true;
      const move = aColdMove('crm-db-01', { vm: entityId(lab, 'vm-gone') });
      const { id } = journal.createTask(aHeader('crm-db-01', { move }), 1_000);
      const error = {
        code: 'transfer-broken',
        data: { vmName: 'crm-db-01', file: 'disk-2', reason: 'reset' },
      } as const;
      journal.append(id, { kind: 'decision-needed', error }, 2_000);
    }
    return {
      ...services,
      recovery: {
        assess: async (task) => anAssessment({ ...script.assessment, task }),
        choose: async (task, choice, signal) => {
          chosen.push(choice);
          if (script.choose !== undefined) return script.choose(task, choice, signal);
          const by = 'sato';
          runner.log.append(task, { kind: 'recovery-chosen', choice, by });
          return runner.log.append(task, script.ends ?? { kind: 'completed' });
        },
        findLost: async () => script.lost ?? [],
      },
    };
  };
  const bench = aCommandBench([], 200, change);
  await bench.run('site add --lab');
  return { ...bench, chosen };
};

const cancelled: TaskEventBody = { kind: 'cancelled' };

describe('recover', () => {
  test('lists what waits, with what is known and the safe steps', async () => {
    const bench = await waiting();
    const { code, out, notes } = await bench.run('recover --offline');
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('T-1  crm-db-01  pool-01 → pool-02  Needs attention: Copying disk-2 of crm-db-01 broke off');
    expect(out).toContain('  crm-db-01 is safe.');
    expect(out).toMatch(/source +It is renamed and kept from booting/);
    expect(out).toMatch(/image +.*\/evac-01\/crm-db-01 T-12/);
    expect(out).toMatch(/safe now:\n +resume +Resume \(advised\)\n +roll-back +Roll back\n/);
    expect(out).toMatch(/not safe now:\n +restore-to-origin +The source still exists/);
    expect(notes).toContain('vmmigrate recover T-1 --action resume');
  });

  test('says so when nothing waits', async () => {
    const bench = aCommandBench();
    expect(await bench.run('recover --offline')).toMatchObject({
      code: exitCodes.ok,
      notes: 'No task waits for a decision.',
    });
  });

  test('tells scripts the same', async () => {
    const bench = await waiting();
    const { result } = (await bench.run('recover T-1 --offline --json')).json<{ result: { tasks: unknown[] } }>();
    expect(result.tasks).toMatchObject([
      { task: 'T-1', state: 'needs-attention', assessment: { advised: 'resume', facts: { source: 'parked' } } },
    ]);
  });

  test('speaks Japanese', async () => {
    const bench = await waiting();
    const { out } = await bench.run('recover --offline --language ja');
    expect(out).toContain('crm-db-01 は安全です。');
    expect(out).toContain('resume             再開 (推奨)');
  });

  test('carries out a choice after asking once more, and follows the task to its end', async () => {
    const bench = await waiting({ ends: cancelled });
    const run = await bench.run('recover T-1 --action roll-back --offline', { answers: ['y'] });
    expect(run.code).toBe(exitCodes.ok);
    expect(bench.questions).toEqual([
      'For crm-db-01 this deletes for good: the evacuation image (at the end). Go on? (y/n) ',
    ]);
    expect(bench.chosen).toEqual([{ action: 'roll-back' }]);
    expect(run.out).toContain('Cancelled');
  });

  test('does not ask before what deletes nothing', async () => {
    const error = { code: 'vm-gone', data: { vmName: 'crm-db-01' } } as const;
    const bench = await waiting({ ends: { kind: 'failed', error } });
    expect(await bench.run('recover T-1 --action keep-image --offline')).toMatchObject({ code: exitCodes.ok });
    expect(bench.chosen).toEqual([{ action: 'keep-image' }]);
  });

  test('goes to the place that --to names', async () => {
    const bench = await waiting();
    const run = await bench.run([
      'recover',
      'T-1',
      '--action',
      'restore-elsewhere',
      '--to',
      'rp-batch',
      '--yes',
      '--offline',
    ]);
    expect(run.code).toBe(exitCodes.ok);
    expect(bench.chosen).toMatchObject([
      { action: 'restore-elsewhere', to: { destination: { kind: 'resource-pool', name: 'rp-batch' }, host: null } },
    ]);
  });

  test.each<[string, Script, readonly string[], number]>([
    ['a resume that completes', {}, ['--action', 'resume'], exitCodes.ok],
    ['a resume that is cancelled', { ends: cancelled }, ['--action', 'resume'], exitCodes.interrupted],
    [
      'a resume after which it waits again',
      { ends: { kind: 'decision-needed', error: { code: 'vm-gone', data: { vmName: 'crm-db-01' } } } },
      ['--action', 'resume'],
      exitCodes.failed,
    ],
    [
      'what is not safe',
      { assessment: { obstacles: { resume: 'source-running' } } },
      ['--action', 'resume'],
      exitCodes.blocked,
    ],
    [
      'what is no longer safe when it is begun',
      {
        choose: () => Promise.reject(new AppError('recovery-not-safe', { action: 'resume', obstacle: 'no-image' })),
      },
      ['--action', 'resume'],
      exitCodes.blocked,
    ],
    ['no such place', {}, ['--action', 'restore-elsewhere', '--to', 'nowhere'], exitCodes.usage],
    ['no place at all', {}, ['--action', 'restore-elsewhere'], exitCodes.usage],
    ['a place for a roll back', {}, ['--action', 'roll-back', '--to', 'rp-batch'], exitCodes.usage],
    ['no such action', {}, ['--action', 'delete'], exitCodes.usage],
  ])('%s ends with its code', async (_, script, words, code) => {
    const bench = await waiting(script);
    expect((await bench.run(['recover', 'T-1', '--offline', '--yes', ...words])).code).toBe(code);
  });

  test.each([
    [['T-1', '--action', 'roll-back'], undefined, exitCodes.usage],
    [['T-1', '--action', 'roll-back'], ['n'], exitCodes.interrupted],
    [['--action', 'roll-back'], ['y'], exitCodes.usage],
    [['T-9', '--action', 'roll-back'], ['y'], exitCodes.usage],
    [['T-1', 'T-2'], undefined, exitCodes.usage],
  ])('%j answered %j begins nothing', async (words, answers, code) => {
    const bench = await waiting();
    const run = await bench.run(['recover', '--offline', ...words], answers === undefined ? {} : { answers });
    expect(run.code).toBe(code);
    expect(bench.chosen).toEqual([]);
  });

  test('refuses a task that waits for nothing', async () => {
    const bench = await waiting();
    await bench.run('recover T-1 --action resume --offline --yes');
    const run = await bench.run('recover T-1 --action resume --offline --yes');
    expect(run.code).toBe(exitCodes.usage);
    expect(run.notes).toContain('T-1 waits for no decision, it is: Completed');
  });
});

describe('lost', () => {
  const vm: EntityId = entityId(lab, 'vm-gone');
  const lost: readonly LostVm[] = [
    { kind: 'only-an-image', image: anImageOf() },
    { kind: 'left-over-partial', image: anImageOf('half-01', { state: 'partial', record: null }) },
    { kind: 'twice', vmName: 'web-01', vms: [vm] },
    { kind: 'parked-without-task', vmName: 'db-02', vm },
    { kind: 'half-deleted', image: anImageOf('gone-01', { state: 'deleting' }) },
  ];

  test('names what was found, where, and the next safe step', async () => {
    const bench = await waiting({ lost });
    const { code, out, notes } = await bench.run('lost --offline');
    expect(code).toBe(exitCodes.ok);
    const lines = out.split('\n');
    expect(lines[1]).toMatch(
      /^only an image +crm-db-01 +\/evac-01\/crm-db-01 T-12 +vmmigrate restore 'crm-db-01 T-12' --to <pool>/,
    );
    expect(lines[2]).toMatch(/^left over +half-01 T-12 +.*never sealed/);
    expect(lines[3]).toMatch(/^twice +web-01 +lab-vmware\/vm-gone +compare both/);
    expect(lines[4]).toMatch(/^parked, no task +db-02/);
    expect(lines[5]).toMatch(/^half deleted +gone-01 +.*make sure the VM is somewhere else.*delete what is left/);
    expect(notes).toContain('Not every site could be asked');
  });

  test('connects the sites first, and says nothing of what it could not see when it saw all', async () => {
    const bench = await waiting({ lost });
    const run = await bench.run('lost --json');
    expect(run.json()).toMatchObject({ result: { outOfReach: [], lost: [{ kind: 'only-an-image' }, {}, {}, {}, {}] } });
    expect(run.notes).not.toContain('Not every site');
  });

  test('says so when nothing was found', async () => {
    const bench = await waiting();
    expect((await bench.run('lost')).notes).toContain('No lost VM was found.');
  });
});
