import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LabFault } from '../../../../electron/hypervisors/lab/lab-faults.ts';
import { renameVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { TaskRunner } from '../../../../electron/migration/task-runner.ts';
import { type Finding, finding } from '../../../../shared/domain/finding.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import type { StepName, TaskView } from '../../../../shared/domain/task.ts';
import { type ColdBench, coldBench } from '../../../support/cold-bench.ts';
import { originalOf } from '../../../support/cold-invariant.ts';
import {
  arm,
  home,
  parked,
  pool,
  summary,
  type Trial,
  there,
  trial,
  truthOf,
  vmName,
} from '../../../support/cold-trial.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

describe('cancelling', () => {
  const cancelAt = async (step: StepName, policy?: 'delete-before-restore'): Promise<Trial> => {
    let asked: Promise<void> = Promise.resolve();
    let bench: ColdBench | null = null;
    let done = false;
    const result = await trial(
      (made) => {
        bench = made;
      },
      {
        ...(policy === undefined ? {} : { sourcePolicy: policy }),
        onTask: (view) => {
          if (done || !view.steps.some(({ name, state }) => name === step && state === 'running')) return;
          done = true;
          const runner = bench?.runner;
          queueMicrotask(() => {
            asked = runner?.cancel(view.header.id) ?? Promise.resolve();
            asked.catch(() => undefined);
          });
        },
      },
    );
    await asked.catch(() => undefined);
    expect(done).toBe(true);
    return result;
  };

  it.each<StepName>(['check', 'export', 'seal', 'park', 'restore', 'verify'])(
    'during %s puts the VM back where it was, as it was',
    async (step) => {
      const result = await cancelAt(step);
      expect(summary(result)).toBe(`cancelled -: ${home}`);
      expect(readdirSync(result.bench.folder)).toEqual([]);
      expect(result.bench.vm(vmName)?.id).toBe(result.original.vm.id);
    },
  );

  it.each<StepName>(['restore', 'verify'])(
    'during %s, after the source was deleted, restores it where it was',
    async (step) => {
      expect(summary(await cancelAt(step, 'delete-before-restore'))).toBe(`cancelled -: ${home}`);
    },
  );

  it('once the copy runs is too late: the migration is completed', async () => {
    const result = await cancelAt('finish');
    expect(summary(result)).toBe(`completed -: ${there}`);
  });
});

describe('what a person chooses', () => {
  const refused: LabFault = { kind: 'act-refused', act: 'openImport', fault: 'DuplicateName', message: 'Taken.' };

  const afterRefusal = (policy?: 'delete-before-restore') =>
    trial(arm(refused), policy === undefined ? {} : { sourcePolicy: policy });

  it.each<[string, 'delete-before-restore' | undefined, string]>([
    ['resume', undefined, `completed -: ${there}`],
    ['roll-back', undefined, `cancelled -: ${home}`],
    ['resume', 'delete-before-restore', `completed -: ${there}`],
    ['restore-to-origin', 'delete-before-restore', `cancelled -: ${home}`],
    ['keep-image', 'delete-before-restore', 'failed platform-fault: image'],
    ['keep-image', undefined, `failed platform-fault: ${parked}; image`],
  ])('%s (%s)', async (action, policy, expected) => {
    const { bench, view, original } = await afterRefusal(policy);
    await bench.recovery.choose(view.header.id, { action: action as 'resume' });
    await bench.quiet();
    const after = bench.view(view.header.id);
    expect(`${after.state} ${after.error?.code ?? '-'}: ${await truthOf(bench, original)}`).toBe(expected);
  });

  it('restore elsewhere', async () => {
    const { bench, view, original } = await afterRefusal();
    const other = bench.move('report-01', 'rp-batch').destination;
    const to = { destination: other, host: null, datastore: null, networkMap: {} };
    await bench.recovery.choose(view.header.id, { action: 'restore-elsewhere', to });
    await bench.quiet();
    expect(bench.view(view.header.id)).toMatchObject({ state: 'completed' });
    expect(await truthOf(bench, original)).toBe(`${vmName} on in rp-batch`);
  });

  it('restore elsewhere is refused where a precaution forbids it, and the task waits on', async () => {
    const guard = async (move: Move): Promise<readonly Finding[]> =>
      move.evacuation?.part !== 'restore'
        ? []
        : [
            finding(
              { ruleId: 'X13', severity: 'blocker', vm: move.vm, destination: move.destination.id, factReadAt: 1 },
              'X13',
              { vm: move.vmName, destination: move.destination.name },
            ),
          ];
    const { bench, view } = await trial(arm(refused), { guard });
    const other = bench.move('report-01', 'rp-batch').destination;
    const to = { destination: other, host: null, datastore: null, networkMap: {} };
    await expect(bench.recovery.choose(view.header.id, { action: 'restore-elsewhere', to })).rejects.toMatchObject({
      code: 'blocked-by-precautions',
      data: { ruleIds: ['X13'] },
    });
    expect(bench.view(view.header.id).cold.awaitsDecision).toBe(true);
  });

  it('is refused when it is not safe, and for a task that waits for nobody', async () => {
    const { bench, view } = await afterRefusal('delete-before-restore');
    const { id } = view.header;
    await expect(bench.recovery.choose(id, { action: 'roll-back' })).rejects.toMatchObject({
      code: 'recovery-not-safe',
      data: { action: 'roll-back', obstacle: 'source-gone' },
    });
    expect(() => bench.runner.rerun(id)).toThrow(/busy/);
    await bench.recovery.choose(id, { action: 'resume' });
    await bench.quiet();
    await expect(bench.recovery.choose(id, { action: 'resume' })).rejects.toMatchObject({ code: 'vm-changed' });
    await expect(bench.recovery.assess(99 as typeof id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does nothing while the site cannot be asked', async () => {
    const { bench, view } = await afterRefusal();
    bench.session = null;
    const assessed = await bench.recovery.assess(view.header.id);
    expect(assessed.facts).toMatchObject({ source: 'unknown', image: 'sealed', restored: 'none' });
    expect(assessed.advised).toBeNull();
    await expect(bench.recovery.choose(view.header.id, { action: 'roll-back' })).rejects.toMatchObject({
      code: 'recovery-not-safe',
    });
  });

  it('a parked source that got another name is not deleted: somebody means something by it', async () => {
    let bench: ColdBench | null = null;
    const result = await trial(
      (made) => {
        bench = made;
      },
      {
        onTask: (view) => {
          const verifying = view.steps.some(({ name, state }) => name === 'verify' && state === 'running');
          const source = bench?.server.world.vm(view.header.move.vm);
          if (bench !== null && verifying && source !== undefined && source.name !== 'kept') {
            renameVm(bench.server.world, source.id, 'kept');
          }
        },
      },
    );
    expect(result.truth).toBe(`kept off in home; ${there}`);
    expect(result.view.cold.followUps).toEqual([{ kind: 'delete-parked-source', vmName: 'kept' }]);
  });
});

describe('an export whose console died', () => {
  const held: LabFault = {
    kind: 'act-refused',
    act: 'openExport',
    fault: 'TaskInProgress',
    message: 'The operation is not allowed in the current state: a lease holds the VM.',
  };

  let resumedRunner: TaskRunner | null = null;

  /** Resumed while the lease of the first console still holds the VM, for as many looks as told. */
  const resumed = async (looks: number, onTask: (view: TaskView) => void = () => {}): Promise<string> => {
    const directory = temporaryDirectory();
    const first = await coldBench({
      directory,
      onTask: ({ cold }) => {
        if (cold.image?.state === 'writing') void first.runner.stop();
      },
    });
    const [task] = first.submit(first.move(vmName, pool));
    if (task === undefined) throw new Error('no task');
    await first.quiet();
    expect(first.view(task).state).toBe('interrupted');

    const bench = await coldBench({ directory, onTask });
    const original = originalOf(bench.server, vmName);
    resumedRunner = bench.runner;
    expect(bench.runner.takeOver()).toBe(true);
    arm(...Array.from({ length: looks }, () => held))(bench);
    await bench.recovery.choose(task, { action: 'resume' });
    await bench.quiet();
    const { state, error } = bench.view(task);
    return `${state} ${error?.code ?? '-'}: ${await truthOf(bench, original)}`;
  };

  it('goes on once the lease it left behind has ended', async () => {
    expect(await resumed(5)).toBe(`completed -: ${there}`);
  });

  it('says meanwhile what it waits for, once, and that it goes on', async () => {
    const told: string[] = [];
    await resumed(5, ({ state, waitReason, steps }) => {
      const step = steps.find((one) => one.state === 'running')?.name ?? '-';
      const line = `${state} ${waitReason?.kind ?? '-'} in ${step}`;
      if (told.at(-1) !== line) told.push(line);
    });
    const waits = told.indexOf('waiting vm-held in export');
    expect(told.slice(waits - 1, waits + 2)).toEqual([
      'running - in export',
      'waiting vm-held in export',
      'running - in export',
    ]);
    expect(told.filter((line) => line.includes('vm-held'))).toHaveLength(1);
  });

  it('can be cancelled while it waits: the VM stays where it is', async () => {
    const end = await resumed(200, ({ header, waitReason }) => {
      if (waitReason?.kind === 'vm-held') void resumedRunner?.cancel(header.id);
    });
    expect(end).toBe(`cancelled -: ${home}`);
  });

  it('fails, with the VM untouched, when something else holds it for longer than any lease', async () => {
    expect(await resumed(200)).toBe(`failed platform-fault: ${home}`);
  });

  it('is not waited for when it never began: whoever holds the VM then is somebody else', async () => {
    expect(summary(await trial(arm(held)))).toBe(`failed platform-fault: ${home}`);
  });
});
