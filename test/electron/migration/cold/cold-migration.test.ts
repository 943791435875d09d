import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TaskId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import { type ColdBench, coldBench } from '../../../support/cold-bench.ts';
import { originalOf, whatThereIs } from '../../../support/cold-invariant.ts';

const pool = 'rp-staging';

const only = (tasks: readonly TaskId[]): TaskId => {
  const [task] = tasks;
  if (task === undefined) throw new Error('no task was made');
  return task;
};

const look = (bench: ColdBench, original: ReturnType<typeof originalOf>) =>
  whatThereIs(original, bench.server, bench.images, bench.folder);

describe('a cold migration', () => {
  it('evacuates a stopped VM, restores it in another pool and powers it on', async () => {
    const bench = await coldBench();
    const original = originalOf(bench.server, 'payroll-01');
    const task = only(bench.submit(bench.move('payroll-01', pool)));
    await bench.quiet();

    expect(bench.view(task)).toMatchObject({ state: 'completed', error: null, placeName: pool });
    const after = bench.vm('payroll-01');
    expect(after).toMatchObject({
      powerState: 'on',
      pool: bench.entity('resource-pool', pool).id,
      cpuCount: original.vm.cpuCount,
      memoryBytes: original.vm.memoryBytes,
    });
    expect(after?.adapters?.map(({ macAddress, networkName }) => [macAddress, networkName])).toEqual(
      original.vm.adapters?.map(({ macAddress, networkName }) => [macAddress, networkName]),
    );
    expect(after && bench.content(after)).toEqual(original.content);
    // Nothing is left of the way there.
    expect(bench.server.world.vm(original.vm.id)).toBeUndefined();
    expect(readdirSync(bench.folder)).toEqual([]);
    expect(bench.view(task).cold).toMatchObject({ reservation: null, sourceDeleted: true, followUps: [] });
    // What people said of it goes with it.
    expect(bench.carried).toEqual([`${original.vm.id} -> payroll-01`]);
  });

  it('is written down step by step, each before it begins', async () => {
    const bench = await coldBench();
    const task = only(bench.submit(bench.move('payroll-01', pool)));
    await bench.quiet();
    expect(bench.kinds(task)).toEqual([
      'created',
      'started',
      'check started',
      'space-reserved',
      'checked',
      'check done',
      'export started',
      'image-begun',
      'export done',
      'seal started',
      'image-sealed',
      'seal done',
      'park started',
      'parking',
      'park done',
      'restore started',
      'restoring',
      'restored-vm',
      'import-completed',
      'restore done',
      'verify started',
      'verify done',
      'power-on started',
      'power-on done',
      'finish started',
      'source-deleted',
      'in rp-staging',
      'image-removed',
      'finish done',
      'completed',
    ]);
  });

  it.each(['cluster', 'host', 'vapp'])('goes to a %s as well', async (kind) => {
    const bench = await coldBench();
    const original = originalOf(bench.server, 'payroll-01');
    const { world } = bench.server;
    const home = world.get(original.vm.host ?? original.vm.id);
    const cluster = home?.kind === 'host' ? home.cluster : null;
    const isNear = (entity: Entity): boolean => {
      switch (entity.kind) {
        case 'host':
          return entity.cluster === cluster && entity.connection === 'connected' && !entity.inMaintenance;
        case 'cluster':
          return entity.id === cluster;
        case 'vapp':
          return entity.owner === cluster;
        default:
          return false;
      }
    };
    const place = [...world.entities()].find((entity) => entity.kind === kind && isNear(entity));
    if (place === undefined) throw new Error(`the lab has no ${kind} there`);
    const task = only(bench.submit(bench.move('payroll-01', place.name)));
    await bench.quiet();
    expect([bench.view(task).state, bench.view(task).error]).toEqual(['completed', null]);
    expect((await look(bench, original)).whole).toMatchObject([{ powerState: 'on' }]);
  });

  it('deletes the source first when that is the policy, and keeps the image when that is', async () => {
    const bench = await coldBench();
    const original = originalOf(bench.server, 'payroll-01');
    const move = bench.move('payroll-01', pool, { sourcePolicy: 'delete-before-restore', imagePolicy: 'keep' });
    const task = only(bench.submit(move));
    await bench.quiet();
    const kinds = bench.kinds(task);
    expect(bench.view(task).state).toBe('completed');
    expect(kinds).not.toContain('parking');
    expect(kinds.indexOf('source-deleted')).toBeLessThan(kinds.indexOf('restoring'));
    const there = await look(bench, original);
    expect(there.whole).toMatchObject([{ name: 'payroll-01', powerState: 'on' }]);
    expect(there.sealedImages).toHaveLength(1);
  });

  it('leaves the VM off when it is not to be powered on', async () => {
    const bench = await coldBench();
    const task = only(bench.submit(bench.move('payroll-01', pool, { powerOn: false })));
    await bench.quiet();
    expect(bench.view(task).steps.map(({ name }) => name)).not.toContain('power-on');
    expect(bench.view(task).state).toBe('completed');
    expect(bench.vm('payroll-01')).toMatchObject({ powerState: 'off' });
  });

  it('makes a checkpoint first on Hyper-V, and says what is left to do about it', async () => {
    const bench = await coldBench({ kind: 'lab-hyperv' });
    const original = originalOf(bench.server, 'kintai-01');
    const host = [...bench.server.world.entities()].find(
      (entity) => entity.kind === 'host' && entity.id !== original.vm.host && entity.connection === 'connected',
    );
    const task = only(bench.submit(bench.move('kintai-01', host?.name ?? '')));
    await bench.quiet();
    expect([bench.view(task).state, bench.view(task).error]).toEqual(['completed', null]);
    expect(bench.view(task).steps.map(({ name }) => name)).toContain('checkpoint');
    expect(bench.vm('kintai-01')?.checkpoints?.map(({ name }) => name)).toContain(`Evacuation T-${task}`);
    expect(bench.view(task).cold.followUps.map(({ kind }) => kind)).toEqual([
      'delete-checkpoint',
      'reconnect-network-after-revert',
    ]);
  });

  it('tells which image has to be mounted again', async () => {
    const bench = await coldBench();
    const task = only(bench.submit(bench.move('report-01', pool)));
    await bench.quiet();
    expect(bench.view(task).state).toBe('completed');
    expect(bench.view(task).cold.followUps).toMatchObject([{ kind: 'mount-iso' }]);
  });

  it('tells how far every disk is', async () => {
    const seen: string[] = [];
    const bench = await coldBench({
      onProgress: ({ step, files }) => seen.push(`${step} ${files?.map(({ label }) => label).join(', ')}`),
    });
    const { vm } = originalOf(bench.server, 'payroll-01');
    only(bench.submit(bench.move('payroll-01', pool)));
    await bench.quiet();
    const disk = vm.disks?.[0]?.label ?? '';
    expect(seen.find((line) => line.startsWith('export') && line.includes(disk))).toBeDefined();
    expect(seen.find((line) => line.startsWith('restore') && line.includes(disk))).toBeDefined();
  });
});

describe('half of a cold migration', () => {
  it('evacuates alone: the source is parked, the image stays', async () => {
    const bench = await coldBench();
    const original = originalOf(bench.server, 'payroll-01');
    const place = bench.server.world.get(original.vm.pool ?? original.vm.id)?.name ?? '';
    const task = only(bench.submit(bench.move('payroll-01', place, { part: 'evacuate' })));
    await bench.quiet();
    expect(bench.view(task).state).toBe('completed');
    const there = await look(bench, original);
    expect(there.whole).toMatchObject([{ name: `payroll-01 (parked T-${task})`, powerState: 'off' }]);
    expect(there.sealedImages).toHaveLength(1);
  });

  it.each(['retain-until-restored', 'delete-before-restore'] as const)(
    'restores alone what was evacuated with %s',
    async (sourcePolicy) => {
      const bench = await coldBench();
      const original = originalOf(bench.server, 'payroll-01');
      const place = bench.server.world.get(original.vm.pool ?? original.vm.id)?.name ?? '';
      only(bench.submit(bench.move('payroll-01', place, { part: 'evacuate', sourcePolicy })));
      await bench.quiet();
      const [image] = (await look(bench, original)).sealedImages;
      if (image === undefined) throw new Error('no image');
      const { record } = await bench.images.open(bench.folder, image);

      const { destination } = bench.move('report-01', pool);
      const evacuation = {
        part: 'restore' as const,
        folder: bench.folder,
        image,
        sourcePolicy,
        imagePolicy: 'delete-when-restored' as const,
        powerOn: true,
      };
      const vmName = record.vm.name;
      const [restore] = bench.runner.submit(
        {
          id: bench.view(1 as TaskId).header.operation,
          destination,
          moves: [
            {
              vm: record.vm.id,
              vmName,
              method: 'cold-evacuate',
              destination,
              host: null,
              datastore: null,
              networkMap: {},
              evacuation,
            },
          ],
          acknowledgements: [],
          atATime: 1,
        },
        new Map([[record.vm.id, record]]),
      );
      if (restore === undefined) throw new Error('no task');
      await bench.quiet();
      expect([bench.view(restore.id).state, bench.view(restore.id).error]).toEqual(['completed', null]);
      const there = await look(bench, original);
      expect(there.whole).toMatchObject([
        { name: 'payroll-01', powerState: 'on', pool: bench.entity('resource-pool', pool).id },
      ]);
      expect(there.sealedImages).toEqual([]);
    },
  );

  it('needs the record of the image, and a folder', async () => {
    const bench = await coldBench();
    const move = bench.move('payroll-01', pool, { part: 'restore', image: 'nothing' });
    expect(() => bench.submit(move)).toThrow(/not-found/);
    const { evacuation: _, ...without } = move;
    expect(() => bench.submit(without)).toThrow(/choose a folder/);
  });
});

describe('several cold migrations', () => {
  it('wait for the folder, one for the other, and say so', async () => {
    const bench = await coldBench({ limits: () => ({ perHost: 8, perDatastore: 8, perFolder: 1 }) });
    const tasks = bench.submit(bench.move('payroll-01', pool), bench.move('report-01', pool));
    await bench.quiet();
    expect(tasks.map((task) => bench.view(task).state)).toEqual(['completed', 'completed']);
    expect(bench.kinds(tasks[1] as TaskId)).toContain('waiting folder-limit');
  });

  it('wait for the datastore', async () => {
    const bench = await coldBench({ limits: () => ({ perHost: 8, perDatastore: 1, perFolder: 8 }) });
    const names = [...bench.server.world.entities()].flatMap((vm) =>
      vm.kind === 'virtual-machine' &&
      vm.powerState === 'off' &&
      vm.datastores?.includes(originalOf(bench.server, 'payroll-01').vm.datastores?.[0] ?? vm.id)
        ? [vm.name]
        : [],
    );
    const tasks = bench.submit(
      ...['payroll-01', names.find((name) => name !== 'payroll-01') ?? ''].map((name) => bench.move(name, pool)),
    );
    await bench.until(tasks[0] as TaskId, ({ state }) => state === 'completed');
    expect(bench.kinds(tasks[1] as TaskId)).toContain('waiting datastore-limit');
  });
});
