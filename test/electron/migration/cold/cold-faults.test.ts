import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemFiles } from '../../../../electron/evacuation/file-system.ts';
import type { LabAct, LabFault } from '../../../../electron/hypervisors/lab/lab-faults.ts';
import { holdVm, powerVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { StepName, TaskView } from '../../../../shared/domain/task.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type ColdBench, coldBench } from '../../../support/cold-bench.ts';
import { broken, originalOf, whatThereIs } from '../../../support/cold-invariant.ts';
import { arm, home, parked, pool, summary, there, trial, truthOf, vmName } from '../../../support/cold-trial.ts';

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
      'a connection that comes back in time',
      transfer({ atByte: 10_000, kind: 'connection-drops', backAfterMs: 1_000 }),
      `completed -: ${there}`,
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

  it('a lease that nobody can end: its task says what holds the source, and so does who looks into it', async () => {
    const result = await trial(() => undefined, {
      wrapSession: (session) => ({
        ...session,
        openExport: async (vm, signal) => ({
          ...(await session.openExport(vm, signal)),
          counts: () => Promise.reject(new AppError('lease-lost', { vmName, reason: 'the session has ended' })),
          abort: async () => undefined,
        }),
      }),
    });
    const { journal, recovery, server } = result.bench;
    const { id, move } = result.view.header;
    expect(summary(result)).toBe(`failed lease-lost: ${home}`);
    const held = journal.events(id).flatMap(({ body }) => (body.kind === 'source-held' ? [body.busyWith] : []));
    expect(held).toEqual(['Export OVF template']);
    expect((await recovery.assess(id)).sourceHeldBy).toBe('Export OVF template');
    holdVm(server.world, move.vm, null);
    expect((await recovery.assess(id)).sourceHeldBy).toBeNull();
  });

  it('a lease that was ended holds nothing, and nothing is said of it', async () => {
    const result = await trial(arm(transfer({ atByte: 10_000, kind: 'lease-ends' })));
    expect(result.bench.kinds(result.view.header.id)).not.toContain('source-held');
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

  it.each<[StepName, string]>([
    ['restore', `${vmName} (parked T) on in home; image`],
    ['verify', `${vmName} (parked T) on in home; ${vmName} off in ${pool}; image`],
  ])('a source that somebody powers on before the step %s is never run beside its copy', async (step, truth) => {
    let bench: ColdBench | null = null;
    const interfere = (view: TaskView): void => {
      const source = bench?.server.world.vm(view.header.move.vm);
      const begins = view.steps.some(({ name, state }) => name === step && state === 'running');
      if (bench !== null && begins && source?.powerState === 'off') powerVm(bench.server.world, source.id, 'on');
    };
    const result = await trial(
      (made) => {
        bench = made;
      },
      { onTask: interfere },
    );
    expect(summary(result)).toBe(`needs-attention source-running: ${truth}`);
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

describe('what the seed says a restore fails at', () => {
  it.each([
    ['VLAN ID 4095 onto a distributed switch (S10)', 'sniffer-01', 'CL-PROD-01'],
    ['a secondary VLAN ID without its port group (S11)', 'pos-gw-01', 'CL-PROD-01'],
  ])('%s: the platform refuses it before a byte is copied, and the VM is safe', async (_, name, cluster) => {
    const bench = await coldBench();
    const original = originalOf(bench.server, name);
    // The rules would have refused it; here they are not asked, as if nobody had known.
    const [task] = bench.submit(bench.move(name, cluster));
    await bench.quiet();
    if (task === undefined) throw new Error('no task');
    const view = bench.view(task);
    expect(`${view.state} ${view.error?.code}`).toBe('needs-attention platform-fault');
    expect(bench.kinds(task)).not.toContain('restored-vm');
    const found = await whatThereIs(original, bench.server, bench.images, bench.folder);
    expect(broken(found)).toEqual([]);
    expect(found.whole).toMatchObject([{ id: original.vm.id, powerState: 'off' }]);
    expect(found.sealedImages).toHaveLength(1);
    await bench.recovery.choose(task, { action: 'roll-back' });
    await bench.quiet();
    expect(bench.view(task).state).toBe('cancelled');
    expect(bench.vm(name)?.id).toBe(original.vm.id);
  });
});
