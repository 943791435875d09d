import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../../../electron/evacuation/file-system.ts';
import type { LabAct, LabFault } from '../../../../electron/hypervisors/lab/lab-faults.ts';
import { powerVm, renameVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { StepName, TaskView } from '../../../../shared/domain/task.ts';
import { type ColdBench, type ColdBenchOptions, coldBench } from '../../../support/cold-bench.ts';
import { broken, type Original, originalOf, whatThereIs } from '../../../support/cold-invariant.ts';

const pool = 'rp-staging';
const vmName = 'payroll-01';

interface Trial {
  readonly bench: ColdBench;
  readonly original: Original;
  readonly view: TaskView;
  /** Where the VM is, in words: `payroll-01 off in rp-old; 1 image`. */
  readonly truth: string;
}

const truthOf = async (bench: ColdBench, original: Original): Promise<string> => {
  const there = await whatThereIs(original, bench.server, bench.images, bench.folder);
  expect(broken(there)).toEqual([]);
  const home = (vm: (typeof there.whole)[number]): string =>
    vm.pool === original.vm.pool ? 'home' : (bench.server.world.get(vm.pool ?? vm.id)?.name ?? '');
  return [
    ...there.whole.map((vm) => `${vm.name.replace(/T-\d+/, 'T')} ${vm.powerState} in ${home(vm)}`),
    ...there.halfMade.map(() => 'half-made'),
    ...there.sealedImages.map(() => 'image'),
    ...there.otherDirectories.map(() => 'other directory'),
  ].join('; ');
};

/** Runs one migration of the same VM under some trouble, and lets what can end by itself end. */
const trial = async (
  trouble: (bench: ColdBench) => void,
  options: ColdBenchOptions & { readonly sourcePolicy?: 'delete-before-restore' } = {},
): Promise<Trial> => {
  const { sourcePolicy, ...rest } = options;
  const bench = await coldBench(rest);
  const original = originalOf(bench.server, vmName);
  trouble(bench);
  const [task] = bench.submit(bench.move(vmName, pool, sourcePolicy === undefined ? {} : { sourcePolicy }));
  if (task === undefined) throw new Error('no task');
  await bench.quiet();
  return { bench, original, view: bench.view(task), truth: await truthOf(bench, original) };
};

const arm =
  (...faults: readonly LabFault[]) =>
  (bench: ColdBench): void => {
    for (const fault of faults) bench.lab.faults.arm(fault);
  };

const home = `${vmName} off in home`;
const there = `${vmName} on in ${pool}`;
const parked = `${vmName} (parked T) off in home`;

const summary = ({ view, truth }: Trial): string => `${view.state} ${view.error?.code ?? '-'}: ${truth}`;

describe('trouble on the way out leaves the VM where it was', () => {
  const transfer = (...incidents: (LabFault & { kind: 'next-transfer' })['incidents']): LabFault => ({
    kind: 'next-transfer',
    way: 'export',
    incidents,
  });

  it.each<[string, LabFault, string]>([
    [
      'a stream that breaks is begun anew',
      transfer({ atByte: 10_000, kind: 'stream-breaks' }),
      `completed -: ${there}`,
    ],
    [
      'a connection that comes back after the lease has run out',
      transfer({ atByte: 10_000, kind: 'connection-drops', backAfterMs: 1_000 }),
      `failed lease-lost: ${home}`,
    ],
    [
      'a connection that stays away',
      transfer({ atByte: 10_000, kind: 'connection-drops', backAfterMs: null }),
      `failed connection-lost: ${home}`,
    ],
    ['a lease the platform ends', transfer({ atByte: 10_000, kind: 'lease-ends' }), `failed lease-lost: ${home}`],
    [
      'a byte that arrives as another',
      transfer({ atByte: 10_000, kind: 'byte-altered' }),
      `failed transfer-differs: ${home}`,
    ],
    ['a rest that never arrives', transfer({ atByte: 10_000, kind: 'rest-lost' }), `failed transfer-differs: ${home}`],
    [
      'a VM that is changed meanwhile',
      transfer({ atByte: 10_000, kind: 'vm-changed' }),
      `failed source-changed: ${home}`,
    ],
    [
      'an export that is refused',
      { kind: 'act-refused', act: 'openExport', fault: 'FileFault', message: 'The file is locked.' },
      `failed platform-fault: ${home}`,
    ],
  ])('%s', async (_, fault, expected) => {
    const result = await trial(arm(fault));
    expect(summary(result)).toBe(expected);
    if (result.view.state === 'failed') expect(readdirSync(result.bench.folder)).toEqual([]);
  });

  it('a session that ends in the middle', async () => {
    const result = await trial(arm(transfer({ atByte: 10_000, kind: 'sessions-expire' })));
    expect(['completed', 'failed']).toContain(result.view.state);
    expect(result.truth).toBe(result.view.state === 'completed' ? there : home);
  });

  it('a disk that is full', async () => {
    const files: typeof systemFiles = {
      ...systemFiles,
      open: async (path, flags) => {
        const file = await systemFiles.open(path, flags);
        if (!path.endsWith('.vmdk')) return file;
        return {
          sync: () => file.sync(),
          close: () => file.close(),
          read: (data, offset, length, position) => file.read(data, offset, length, position),
          write: (data, offset, length, position) => {
            if (position + length < 100_000) return file.write(data, offset, length, position);
            throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
          },
        };
      },
    };
    expect(summary(await trial(() => undefined, { files }))).toBe(`failed folder-full: ${home}`);
  });

  it('a folder that is gone before it begins, or in the middle', async () => {
    const gone = await trial((made) => rmSync(made.folder, { recursive: true }));
    expect(`${gone.view.state} ${gone.view.error?.code}`).toBe('failed folder-unusable');
    let bench: ColdBench | null = null;
    const inTheMiddle = await trial(
      (made) => {
        bench = made;
      },
      {
        onProgress: ({ step }) => {
          if (step === 'export' && bench !== null) rmSync(bench.folder, { recursive: true, force: true });
        },
      },
    );
    expect(inTheMiddle.view.state).toBe('failed');
    expect(inTheMiddle.truth).toBe(home);
  });
});

describe('trouble on the way in leaves the image and the parked source', () => {
  const transfer = (...incidents: (LabFault & { kind: 'next-transfer' })['incidents']): LabFault => ({
    kind: 'next-transfer',
    way: 'import',
    incidents,
  });

  it.each<[string, LabFault, string]>([
    [
      'a stream that breaks is begun anew',
      transfer({ atByte: 10_000, kind: 'stream-breaks' }),
      `completed -: ${there}`,
    ],
    [
      'a lease the platform ends',
      transfer({ atByte: 10_000, kind: 'lease-ends' }),
      `needs-attention lease-lost: ${parked}; image`,
    ],
    [
      'a byte that arrives as another',
      transfer({ atByte: 10_000, kind: 'byte-altered' }),
      `needs-attention transfer-differs: ${parked}; image`,
    ],
    [
      'a name that is taken',
      { kind: 'act-refused', act: 'openImport', fault: 'DuplicateName', message: 'The name is taken.' },
      `needs-attention platform-fault: ${parked}; image`,
    ],
    [
      'an import that is refused at its end',
      { kind: 'act-refused', act: 'completeImport', fault: 'FileFault', message: 'The disk is broken.' },
      `needs-attention platform-fault: ${parked}; image`,
    ],
  ])('%s', async (_, fault, expected) => {
    expect(summary(await trial(arm(fault)))).toBe(expected);
  });

  it('a source that cannot be parked stays what it is, beside its image', async () => {
    const result = await trial(
      arm({ kind: 'act-refused', act: 'parkVm', fault: 'NoPermission', message: 'Not allowed.' }),
    );
    expect(result.truth).toBe(`${home}; image`);
    expect(result.view.state).toBe('needs-attention');
  });

  it('a copy that will not be powered on stays, off, and so does its parked source', async () => {
    const refused: LabFault = {
      kind: 'act-refused',
      act: 'powerOnVm',
      fault: 'InsufficientResourcesFault',
      message: 'Not enough memory.',
    };
    const { bench, view, truth, original } = await trial(arm(refused));
    expect(truth).toBe(`${parked}; ${vmName} off in ${pool}; image`);
    const assessed = await bench.recovery.assess(view.header.id);
    expect(assessed).toMatchObject({
      facts: { source: 'parked', image: 'sealed', restored: 'off' },
      advised: 'resume',
    });
    await bench.recovery.choose(view.header.id, { action: 'resume' });
    await bench.quiet();
    expect(bench.view(view.header.id).state).toBe('completed');
    expect(await truthOf(bench, original)).toBe(there);
  });

  it('an image that is altered by one byte after it was sealed makes no VM, and is not deleted', async () => {
    let bench: ColdBench | null = null;
    const alter = (view: TaskView): void => {
      const { image } = view.cold;
      if (bench === null || image?.state !== 'sealed' || view.cold.parkedName === null || altered) return;
      altered = true;
      const directory = join(bench.folder, image.name);
      const disk = readdirSync(directory).find((name) => name.endsWith('.vmdk')) ?? '';
      const bytes = readFileSync(join(directory, disk));
      bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
      writeFileSync(join(directory, disk), bytes);
    };
    let altered = false;
    const result = await trial(
      (made) => {
        bench = made;
      },
      { onTask: alter },
    );
    expect(altered).toBe(true);
    expect(summary(result)).toBe(`needs-attention image-damaged: ${parked}; other directory`);
    await result.bench.recovery.choose(result.view.header.id, { action: 'roll-back' });
    await result.bench.quiet();
    expect(result.bench.view(result.view.header.id).state).toBe('cancelled');
    expect(await truthOf(result.bench, result.original)).toBe(home);
  });

  it('a source that somebody powers on is never run beside its copy', async () => {
    let bench: ColdBench | null = null;
    const interfere = (view: TaskView): void => {
      const source = bench?.server.world.vm(view.header.move.vm);
      const restoring = view.steps.some(({ name, state }) => name === 'restore' && state === 'running');
      if (bench !== null && restoring && source?.powerState === 'off') powerVm(bench.server.world, source.id, 'on');
    };
    const result = await trial(
      (made) => {
        bench = made;
      },
      { onTask: interfere },
    );
    expect(summary(result)).toBe(
      `needs-attention source-running: ${vmName} (parked T) on in home; ${vmName} off in ${pool}; image`,
    );
    const { options } = await result.bench.recovery.assess(result.view.header.id);
    expect(options.find(({ action }) => action === 'resume')?.obstacle).toBe('source-running');
    await expect(result.bench.recovery.choose(result.view.header.id, { action: 'resume' })).rejects.toMatchObject({
      code: 'recovery-not-safe',
    });
    await result.bench.recovery.choose(result.view.header.id, { action: 'roll-back' });
    await result.bench.quiet();
    expect(await truthOf(result.bench, result.original)).toBe(`${vmName} on in home`);
  });
});

describe('an answer that is lost', () => {
  const acts: readonly LabAct[] = ['parkVm', 'completeImport', 'restoreIdentity', 'powerOnVm', 'destroyVm'];

  it.each(acts)('of %s, when it was done: is found out, and not done twice', async (act) => {
    expect(summary(await trial(arm({ kind: 'answer-lost', act, work: 'done' })))).toBe(`completed -: ${there}`);
  });

  it.each(acts)('of %s, when it was not done: is asked for again', async (act) => {
    const result = await trial(arm({ kind: 'answer-lost', act, work: 'not-done' }));
    expect(summary(result)).toBe(`completed -: ${there}`);
  });

  it.each(['done', 'not-done'] as const)('of an import that was %s: the half-made VM is taken away', async (work) => {
    const result = await trial(arm({ kind: 'answer-lost', act: 'openImport', work }));
    expect(result.truth).toBe(`${parked}; image`);
    await result.bench.recovery.choose(result.view.header.id, { action: 'resume' });
    await result.bench.quiet();
    expect(await truthOf(result.bench, result.original)).toBe(there);
  });

  it('of taking parking back: is found out', async () => {
    const refused: LabFault = { kind: 'act-refused', act: 'openImport', fault: 'DuplicateName', message: 'Taken.' };
    const { bench, view, original } = await trial(arm(refused));
    bench.lab.faults.arm({ kind: 'answer-lost', act: 'unparkVm', work: 'done' });
    await bench.recovery.choose(view.header.id, { action: 'roll-back' });
    await bench.quiet();
    expect(bench.view(view.header.id).state).toBe('cancelled');
    expect(await truthOf(bench, original)).toBe(home);
  });
});

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
