import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FileSystem, systemFiles } from '../../../../electron/evacuation/file-system.ts';
import { destroyVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { RecoveryAction } from '../../../../shared/domain/evacuation.ts';
import type { TaskId } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type ColdBench, type ColdBenchOptions, coldBench } from '../../../support/cold-bench.ts';
import { type Original, originalOf, whatThereIs } from '../../../support/cold-invariant.ts';
import { pool, vmName } from '../../../support/cold-trial.ts';
import { flipByte } from '../../../support/evacuation-images.ts';
import { fileHistory } from '../../../support/lab-history.ts';
import { type Meddling, meddlingSession } from '../../../support/meddling-session.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

/* Somebody deletes the source while the console copies it, or between the copy and its seal. */

interface Trial {
  readonly bench: ColdBench;
  readonly task: TaskId;
  readonly original: Original;
  /** `needs-attention vm-gone: sealed image`. */
  summary(): Promise<string>;
  choose(action: RecoveryAction): Promise<string>;
}

type Plan = Parameters<ColdBench['move']>[2];

interface TrialOptions extends ColdBenchOptions {
  readonly plan?: Plan;
}

const trialOf = (bench: ColdBench, task: TaskId, original: Original): Trial => {
  const summary = async (): Promise<string> => {
    const there = await whatThereIs(original, bench.server, bench.images, bench.folder);
    const { state, error } = bench.view(task);
    const places = there.whole.map(({ name, powerState, pool: at }) => {
      const place = at === original.vm.pool ? 'home' : bench.server.world.get(at ?? original.vm.id)?.name;
      return `${name} ${powerState} in ${place}`;
    });
    const words = [
      ...places,
      ...there.halfMade.map(() => 'half-made'),
      ...there.sealedImages.map(() => 'sealed image'),
      ...there.unsealedImages.map(() => 'unsealed image'),
    ];
    return `${state} ${error?.code ?? '-'}: ${words.join('; ') || 'nothing'}`;
  };
  return {
    bench,
    task,
    original,
    summary,
    choose: async (action) => {
      await bench.recovery.choose(task, { action });
      await bench.quiet();
      return summary();
    },
  };
};

const trial = async (
  meddling: (bench: () => ColdBench) => Meddling,
  { plan, ...options }: TrialOptions = {},
): Promise<Trial> => {
  let made: ColdBench | null = null;
  const there = (): ColdBench => {
    if (made === null) throw new Error('the console is not open yet');
    return made;
  };
  const bench = await coldBench({
    ...options,
    wrapSession: (session) => meddlingSession(session, meddling(there)),
  });
  made = bench;
  const original = originalOf(bench.server, vmName);
  const [task] = bench.submit(bench.move(vmName, pool, plan));
  if (task === undefined) throw new Error('no task');
  await bench.quiet();
  return trialOf(bench, task, original);
};

const vanish = (bench: () => ColdBench) => async (): Promise<void> => {
  const vm = bench().vm(vmName);
  if (vm !== undefined) destroyVm(bench().server.world, vm.id);
};

const afterExport = (bench: () => ColdBench): Meddling => ({ 'after openExport.complete': vanish(bench) });

const optionsOf = async ({ bench, task }: Trial): Promise<string> => {
  const { options, facts, advised } = await bench.recovery.assess(task);
  const safe = options.flatMap(({ action, obstacle }) => (obstacle === null ? [action] : []));
  return `${facts.source} ${facts.image}: ${safe.join(', ')} (${advised})`;
};

describe('a source that somebody deletes when all of it was copied', () => {
  it.each(['retain-until-restored', 'delete-before-restore'] as const)(
    'leaves a sealed image, and a person to say what becomes of it: %s',
    async (sourcePolicy) => {
      const result = await trial(afterExport, { plan: { sourcePolicy } });
      expect(await result.summary()).toBe('needs-attention vm-gone: sealed image');
      expect(await optionsOf(result)).toBe(
        'gone sealed: resume, restore-to-origin, restore-elsewhere, keep-image (restore-to-origin)',
      );
    },
  );

  it.each<[RecoveryAction, string]>([
    ['resume', `completed -: ${vmName} on in ${pool}`],
    ['restore-to-origin', `cancelled -: ${vmName} off in home`],
    ['keep-image', 'failed vm-gone: sealed image'],
  ])('%s', async (action, expected) => {
    const result = await trial(afterExport);
    expect(await result.choose(action)).toBe(expected);
  });

  it('restored elsewhere', async () => {
    const { bench, task, summary } = await trial(afterExport);
    const { destination } = bench.move('report-01', 'rp-batch');
    const to = { destination, host: null, datastore: null, networkMap: {} };
    await bench.recovery.choose(task, { action: 'restore-elsewhere', to });
    await bench.quiet();
    expect(await summary()).toBe(`completed -: ${vmName} on in rp-batch`);
  });

  it('an evacuation alone is complete once a person says so', async () => {
    const result = await trial(afterExport, { plan: { part: 'evacuate', imagePolicy: 'keep' } });
    expect(await result.summary()).toBe('needs-attention vm-gone: sealed image');
    expect(await result.choose('resume')).toBe('completed -: sealed image');
  });

  it('cancelling at that moment restores it where it was', async () => {
    const result = await trial((bench) => ({
      'after openExport.complete': async () => {
        await vanish(bench)();
        await bench().runner.cancel(1 as TaskId);
      },
    }));
    expect(await result.summary()).toBe(`cancelled -: ${vmName} off in home`);
  });

  it('cancelling an evacuation alone at that moment does not say that it was put back', async () => {
    const result = await trial(
      (bench) => ({
        'after openExport.complete': async () => {
          await vanish(bench)();
          await bench().runner.cancel(1 as TaskId);
        },
      }),
      { plan: { part: 'evacuate', imagePolicy: 'keep' } },
    );
    expect(await result.summary()).toBe('needs-attention vm-gone: unsealed image');
    expect(await optionsOf(result)).toBe('gone complete: resume, keep-image (resume)');
    expect(await result.choose('keep-image')).toBe('failed vm-gone: sealed image');
  });

  it('is found out only after the seal: the same', async () => {
    let sealing = false;
    let theBench: (() => ColdBench) | null = null;
    const result = await trial((bench) => ({ 'before openExport': async () => (theBench = bench) }), {
      onTask: ({ steps }) => {
        if (sealing || !steps.some(({ name, state }) => name === 'seal' && state === 'running')) return;
        sealing = true;
        if (theBench !== null) void vanish(theBench)();
      },
    });
    expect(sealing).toBe(true);
    expect(await result.summary()).toBe('needs-attention vm-gone: sealed image');
  });

  it('and the platform loses its answer: the same, as the copy was described before it was asked', async () => {
    const result = await trial((bench) => ({
      'before openExport.complete': async () => {
        await vanish(bench)();
        throw new AppError('connection-lost', { address: 'lab', reason: 'reset' });
      },
    }));
    expect(await result.summary()).toBe('needs-attention vm-gone: sealed image');
  });

  it('before it was copied, leaves no image that seems to be one', async () => {
    const result = await trial((bench) => ({
      'before openExport.describe': async () => {
        await vanish(bench)();
        throw new AppError('vm-gone', { vmName });
      },
    }));
    expect(await result.summary()).toBe('failed vm-gone: nothing');
    expect(readdirSync(result.bench.folder)).toEqual([]);
  });
});

describe('a source that cannot be seen when all of it was copied', () => {
  it('has its image sealed, and goes on when the site is back', async () => {
    const result = await trial((bench) => ({
      'after openExport.complete': async () => {
        bench().session = null;
      },
    }));
    expect(await result.summary()).toMatch(/^needs-attention site-not-connected: .* off in home; sealed image$/);
    await result.bench.connect();
    expect(await optionsOf(result)).toContain('intact sealed: resume, roll-back');
    expect(await result.choose('resume')).toBe(`completed -: ${vmName} on in ${pool}`);
  });
});

describe('a copy that cannot be sealed while nobody can see the source', () => {
  /** Renaming fails for as long as told. */
  const stubborn = (): { readonly files: FileSystem; ends(): void } => {
    let fails = true;
    return {
      files: {
        ...systemFiles,
        rename: async (from, to) => {
          if (fails && from.endsWith('.partial')) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
          await systemFiles.rename(from, to);
        },
      },
      ends: () => {
        fails = false;
      },
    };
  };

  it('stays, told as whole and never read back, and is sealed before anything is made of it', async () => {
    const { files, ends } = stubborn();
    const result = await trial(afterExport, { files });
    expect(await result.summary()).toBe('needs-attention folder-unusable: unsealed image');
    expect(await optionsOf(result)).toBe(
      'gone complete: resume, restore-to-origin, restore-elsewhere, keep-image (restore-to-origin)',
    );
    ends();
    expect(await result.choose('restore-to-origin')).toBe(`cancelled -: ${vmName} off in home`);
  });

  it('is kept when that is chosen: sealed first', async () => {
    const { files, ends } = stubborn();
    const result = await trial(afterExport, { files });
    expect(await result.choose('keep-image')).toBe('needs-attention folder-unusable: unsealed image');
    ends();
    expect(await result.choose('keep-image')).toBe('failed folder-unusable: sealed image');
  });
});

describe('a console that dies between the copy and its seal', () => {
  const history = (directory: string) => fileHistory(directory);

  const died = async (
    before: (bench: () => ColdBench) => () => Promise<void>,
  ): Promise<{ readonly directory: string; readonly original: Original; readonly task: TaskId }> => {
    const directory = temporaryDirectory();
    const first = await trial(
      (bench) => ({
        'after openExport.complete': async () => {
          await before(bench)();
          void bench().runner.stop();
        },
      }),
      { directory, history: history(directory) },
    );
    expect(await first.summary()).toMatch(/^interrupted -: .*unsealed image$/);
    return { directory, original: first.original, task: first.task };
  };

  const next = async ({ directory, original, task }: Awaited<ReturnType<typeof died>>): Promise<Trial> => {
    const bench = await coldBench({ directory, history: history(directory) });
    expect(bench.runner.takeOver()).toBe(true);
    return trialOf(bench, task, original);
  };

  const exportsIn = ({ bench, task }: Trial): number =>
    bench.kinds(task).filter((kind) => kind === 'image-begun').length;

  it.each<[RecoveryAction, string]>([
    ['resume', `completed -: ${vmName} on in ${pool}`],
    ['restore-to-origin', `cancelled -: ${vmName} off in home`],
    ['keep-image', 'failed outcome-unknown: sealed image'],
  ])('loses nothing when the source is gone as well: %s', async (action, expected) => {
    const result = await next(await died(vanish));
    expect(await optionsOf(result)).toBe(
      'gone complete: resume, restore-to-origin, restore-elsewhere, keep-image (resume)',
    );
    expect(await result.choose(action)).toBe(expected);
    expect(exportsIn(result)).toBe(1);
  });

  it('copies a source again that is still there: somebody may have used it', async () => {
    const result = await next(await died(() => async () => undefined));
    const { session } = result.bench;
    if (session === null) throw new Error('no session');
    let copies = 0;
    result.bench.session = {
      ...session,
      openExport: (vm, signal) => {
        copies += 1;
        return session.openExport(vm, signal);
      },
    };
    expect(await result.choose('resume')).toBe(`completed -: ${vmName} on in ${pool}`);
    expect(copies).toBe(1);
  });

  it('does not take a copy for whole that lacks a byte', async () => {
    const left = await died(vanish);
    const folder = join(left.directory, 'evacuation');
    const [image = ''] = readdirSync(folder);
    const disk = join(folder, image, readdirSync(join(folder, image)).find((name) => name.endsWith('.vmdk')) ?? '');
    truncateSync(disk, statSync(disk).size - 1);
    const result = await next(left);
    expect(await optionsOf(result)).toBe('gone partial:  (null)');
  });

  it('does not restore from a copy that differs by one byte, and keeps it', async () => {
    const left = await died(vanish);
    const folder = join(left.directory, 'evacuation');
    const [image = ''] = readdirSync(folder);
    const disk = readdirSync(join(folder, image)).find((name) => name.endsWith('.vmdk')) ?? '';
    flipByte(join(folder, image, disk), 5_000);
    const result = await next(left);
    expect(await result.choose('restore-to-origin')).toBe('needs-attention image-damaged: nothing');
    expect(await result.choose('keep-image')).toBe('failed image-damaged: nothing');
    expect(readdirSync(folder)).toEqual([image]);
  });
});
