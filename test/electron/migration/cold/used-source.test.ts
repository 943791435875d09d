import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type FileSystem, systemFiles } from '../../../../electron/evacuation/file-system.ts';
import { powerVm, replaceVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { RecoveryFacts } from '../../../../shared/domain/evacuation.ts';
import { type EntityId, operationId } from '../../../../shared/domain/ids.ts';
import type { StepName } from '../../../../shared/domain/task.ts';
import { type ColdBench, coldBench } from '../../../support/cold-bench.ts';
import { home, parked, pool, summary, type Trial, there, trial, truthOf, vmName } from '../../../support/cold-trial.ts';

/* Somebody powers the source on after it was copied, works with it, and powers it off again: it is newer than its copy. */

const use = ({ server }: ColdBench, vm: EntityId): void => {
  powerVm(server.world, vm, 'on');
  powerVm(server.world, vm, 'off');
};

interface Moment {
  readonly step: StepName;
  readonly act?: (bench: ColdBench, vm: EntityId) => void;
}

/** One migration whose source somebody uses just as a step begins. */
const usedAs = async (
  { step, act = use }: Moment,
  options: Parameters<typeof trial>[1] = {},
  prepare: (bench: ColdBench) => void = () => {},
): Promise<Trial> => {
  let bench: ColdBench | null = null;
  let isUsed = false;
  return trial(
    (made) => {
      bench = made;
      prepare(made);
    },
    {
      ...options,
      onTask: ({ steps, header }) => {
        const begins = steps.some(({ name, state }) => name === step && state === 'running');
        if (bench === null || !begins || isUsed) return;
        isUsed = true;
        act(bench, header.move.vm);
      },
    },
  );
};

const choose = async (result: Trial, action: 'roll-back' | 'keep-image'): Promise<string> => {
  const { bench, original, view } = result;
  await bench.recovery.choose(view.header.id, { action });
  await bench.quiet();
  const after = bench.view(view.header.id);
  return `${after.state} ${after.error?.code ?? '-'}: ${await truthOf(bench, original)}`;
};

const assessed = async ({ bench, view }: Trial): Promise<string> => {
  const { facts, options, advised } = await bench.recovery.assess(view.header.id);
  const { source, image, restored }: RecoveryFacts = facts;
  const told = options.map(({ action, obstacle }) => `${action} ${obstacle ?? 'safe'}`);
  return `${source} ${image} ${restored} (${advised}): ${told.join(', ')}`;
};

describe('a source that somebody used after it was copied', () => {
  it.each(['retain-until-restored', 'delete-before-restore'] as const)(
    'before it made way for its copy: it stays where it is, and the older copy goes: %s',
    async (sourcePolicy) => {
      const policy = sourcePolicy === 'delete-before-restore' ? { sourcePolicy } : {};
      const result = await usedAs({ step: 'park' }, policy);
      expect(summary(result)).toBe(`failed source-used: ${home}`);
      expect(readdirSync(result.bench.folder)).toEqual([]);
    },
  );

  it('while its image was read once more before it is deleted: it is not deleted', async () => {
    let whenRead: (() => void) | null = null;
    const files: FileSystem = {
      ...systemFiles,
      open: async (path, flags) => {
        if (path.endsWith('.vmdk')) whenRead?.();
        return systemFiles.open(path, flags);
      },
    };
    const result = await usedAs(
      {
        step: 'park',
        act: (bench, vm) => {
          whenRead = () => {
            whenRead = null;
            use(bench, vm);
          };
        },
      },
      { sourcePolicy: 'delete-before-restore', files },
    );
    expect(summary(result)).toBe(`failed source-used: ${home}`);
  });

  it('before anything is restored: nothing is', async () => {
    const result = await usedAs({ step: 'restore' });
    expect(summary(result)).toBe(`needs-attention source-used: ${parked}; image`);
    expect(result.view.error?.data).toEqual({ vmName, disks: ['Hard disk 1'], part: 'whole' });
    expect(result.bench.kinds(result.view.header.id)).not.toContain('restoring');
    expect(await assessed(result)).toBe(
      'used sealed none (roll-back): resume source-used, roll-back safe, restore-to-origin source-used, restore-elsewhere source-used, keep-image safe',
    );
  });

  it('before the restored VM is powered on: it is not, and rolling back takes nothing from the source', async () => {
    const result = await usedAs({ step: 'power-on' });
    expect(summary(result)).toBe(`needs-attention source-used: ${parked}; ${vmName} off in ${pool}; image`);
    expect(await assessed(result)).toContain('used sealed off (roll-back): resume source-used');
    const { server } = result.bench;
    const contentIds = (): unknown => server.world.vm(result.view.header.move.vm)?.disks?.map((disk) => disk.contentId);
    const used = contentIds();
    expect(await choose(result, 'roll-back')).toBe(`cancelled -: ${home}`);
    expect(contentIds()).toEqual(used);
  });

  it('and the image may be kept beside it', async () => {
    const result = await usedAs({ step: 'restore' });
    expect(await choose(result, 'keep-image')).toBe(`failed source-used: ${parked}; image`);
  });

  it.each<[string, Moment['act'] | undefined]>([
    ['used', undefined],
    [
      'given a disk of its own',
      ({ server }, id) =>
        replaceVm(server.world, id, ({ disks = [] }) => ({
          disks: [...disks, ...disks.slice(0, 1).map((disk) => ({ ...disk, key: '2999', label: 'Hard disk 9' }))],
        })),
    ],
  ])('when the restored VM runs: the source, %s meanwhile, is left for people to compare', async (_, act) => {
    const result = await usedAs({ step: 'finish', ...(act === undefined ? {} : { act }) });
    expect(result.view.state).toBe('completed');
    expect(result.view.cold.followUps).toContainEqual({
      kind: 'compare-used-source',
      vmName: `${vmName} (parked T-1)`,
    });
    expect(result.bench.server.world.vm(result.view.header.move.vm)?.powerState).toBe('off');
  });

  it('of an evacuation alone: its image is not restored beside it, nor is it deleted', async () => {
    const bench = await coldBench();
    bench.submit(bench.move(vmName, pool, { part: 'evacuate' }));
    await bench.quiet();
    const [image = ''] = readdirSync(bench.folder);
    const { record } = await bench.images.open(bench.folder, image);
    const vm = bench.vm(record.parkedName);
    if (vm === undefined) throw new Error('not parked');
    use(bench, vm.id);
    const move = { ...bench.move('report-01', pool, { part: 'restore', image }), vm: record.vm.id, vmName };
    const [restore] = bench.runner.submit(
      { id: operationId('restore'), destination: move.destination, moves: [move], acknowledgements: [], atATime: 1 },
      new Map([[record.vm.id, record]]),
    );
    const task = restore?.id;
    if (task === undefined) throw new Error('no task');
    await bench.quiet();
    expect([bench.view(task).state, bench.view(task).error?.code]).toEqual(['needs-attention', 'source-used']);
    expect(bench.vm(vm.name)?.id).toBe(vm.id);
    expect(bench.vm(vmName)).toBeUndefined();
  });

  it('is not told by a platform that does not say what its disks hold: then nothing is held against it', async () => {
    const tellNothing = ({ server, vm }: ColdBench): void => {
      const { id } = vm(vmName) ?? {};
      if (id === undefined) throw new Error(`no ${vmName}`);
      replaceVm(server.world, id, ({ disks = [] }) => ({
        disks: disks.map(({ contentId: _, ...disk }) => disk),
      }));
    };
    const result = await usedAs({ step: 'park', act: () => {} }, {}, tellNothing);
    expect(summary(result)).toBe(`completed -: ${there}`);
  });
});
