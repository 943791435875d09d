import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileSystem, systemFiles } from '../../../electron/evacuation/file-system.ts';
import { foldersPreference, readFolders } from '../../../electron/evacuation/folder-list.ts';
import { createFolderService, defaultFloorBytes } from '../../../electron/evacuation/folder-service.ts';
import { createPatience } from '../../../electron/evacuation/patience.ts';
import type { FolderService } from '../../../electron/evacuation/ports.ts';
import { nothingColdYet } from '../../../shared/domain/fold-cold.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { ColdProgress, TaskView } from '../../../shared/domain/task.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { fault, watchedFiles } from '../../support/faulty-files.ts';
import { aMove, aPool, aVm, destinationOf, GIB } from '../../support/inventory-builders.ts';
import { settleMicrotasks } from '../../support/manual-time.ts';
import { aTaskView } from '../../support/task-views.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

interface Bench {
  readonly service: FolderService;
  readonly preferences: Map<string, string>;
  readonly tasks: TaskView[];
  readonly clock: FakeClock;
}

/** Volumes of 100 GiB of which 40 GiB are free, wherever the folders really are. */
const roomy: FileSystem = {
  ...systemFiles,
  statfs: async (path) => {
    const { type } = await systemFiles.statfs(path);
    return { type, bsize: 4_096, bavail: (40 * GIB) / 4_096, blocks: (100 * GIB) / 4_096 };
  },
};

const aBench = (files: FileSystem = roomy): Bench => {
  const preferences = new Map<string, string>();
  const tasks: TaskView[] = [];
  const clock = createFakeClock();
  const service = createFolderService({
    settings: {
      preference: (key) => preferences.get(key) ?? null,
      setPreference: (key, value) => preferences.set(key, value),
    },
    openTasks: () => tasks,
    patience: createPatience(clock),
    now: clock.now,
    files,
  });
  return { service, preferences, tasks, clock };
};

const aTask = (number: number, cold: Partial<ColdProgress>): TaskView =>
  aTaskView({ number, state: 'running', cold: { ...nothingColdYet, ...cold } });

const reserving = (number: number, folder: string, bytes: number): TaskView =>
  aTask(number, { reservation: { folder, bytes } });

describe('adding a folder', () => {
  test('tries it, keeps it, and leaves nothing behind', async () => {
    const { service, preferences } = aBench();
    const folder = temporaryDirectory();
    await service.add({ path: `${folder}/`, floorBytes: 3 * GIB });
    expect(service.folders()).toEqual([{ path: folder, floorBytes: 3 * GIB }]);
    expect(readdirSync(folder)).toEqual([]);
    expect(JSON.parse(preferences.get(foldersPreference) ?? '')).toEqual(service.folders());
    await expect(service.add({ path: folder, floorBytes: 0 })).rejects.toMatchObject({ code: 'folder-exists' });
  });

  test.each([
    [1_000 * GIB, 10 * GIB],
    [200 * GIB, 10 * GIB],
    [100 * GIB, 5 * GIB],
    [0, 0],
  ])('of a volume of %d bytes keeps %d free when nobody says how much', (total, floor) => {
    expect(defaultFloorBytes(total)).toBe(floor);
  });

  test('takes that floor', async () => {
    const { service } = aBench();
    const folder = temporaryDirectory();
    await service.add({ path: folder, floorBytes: null });
    expect(service.folders()).toEqual([{ path: folder, floorBytes: 5 * GIB }]);
  });

  test('refuses what cannot be used, and says why', async () => {
    const outer = temporaryDirectory();
    writeFileSync(join(outer, 'file'), '');
    mkdirSync(join(outer, 'folder'));
    const writing = (code: string) =>
      aBench(
        watchedFiles((call) => {
          if (call === 'write') throw fault(code);
        }),
      );
    const asking = (code: string) => aBench({ ...roomy, access: () => Promise.reject(fault(code)) });
    const folder = join(outer, 'folder');
    for (const [{ service }, path, problem] of [
      [aBench(), join(outer, 'nowhere'), 'missing'],
      [aBench(), join(outer, 'file'), 'not-a-folder'],
      [aBench(), 'relative/path', 'missing'],
      [writing('EROFS'), folder, 'read-only'],
      [writing('EACCES'), folder, 'no-permission'],
      [writing('EIO'), folder, 'unreachable'],
      [asking('EROFS'), folder, 'read-only'],
      [asking('EACCES'), folder, 'no-permission'],
    ] as const) {
      await expect(service.add({ path, floorBytes: 0 })).rejects.toMatchObject({
        code: 'folder-unusable',
        data: { folder: path, problem },
      });
      expect(service.folders()).toEqual([]);
    }
    await expect(writing('ENOSPC').service.add({ path: folder, floorBytes: 0 })).rejects.toMatchObject({
      code: 'folder-full',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses a folder this user may not write', async (context) => {
    if (process.getuid?.() === 0) context.skip('an administrator may write everywhere');
    const folder = temporaryDirectory();
    chmodSync(folder, 0o500);
    await expect(aBench().service.add({ path: folder, floorBytes: 0 })).rejects.toMatchObject({
      data: { problem: 'no-permission' },
    });
  });
});

describe('removing a folder', () => {
  test('leaves what is in it', async () => {
    const { service } = aBench();
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'something'), '');
    await service.add({ path: folder, floorBytes: 0 });
    service.remove(folder);
    expect(service.folders()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['something']);
    expect(() => service.remove(folder)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('is refused while an open task works with it or is going to', async () => {
    const { service, tasks } = aBench();
    const folder = temporaryDirectory();
    await service.add({ path: folder, floorBytes: 0 });
    const plan = {
      part: 'whole',
      folder,
      sourcePolicy: 'retain-until-restored',
      imagePolicy: 'keep',
      powerOn: true,
    } as const;
    const move = { ...aMove(aVm(), destinationOf(aPool({ name: 'pool-02' }))), evacuation: plan };
    for (const task of [
      aTaskView({ move }),
      reserving(1, folder, 1),
      aTask(1, { image: { folder, name: 'a', id: 'b', state: 'sealed', bytes: 1 } }),
    ]) {
      tasks.splice(0, 1, task);
      expect(() => service.remove(folder)).toThrow(expect.objectContaining({ code: 'folder-in-use' }));
    }
    tasks.splice(0, 1, reserving(1, '/elsewhere', 1));
    service.remove(folder);
    expect(service.folders()).toEqual([]);
  });
});

describe('what is kept of the folders', () => {
  test.each(['', '{', 'null', '{}', '[{"path":"relative","floorBytes":0}]', '[{"path":"/a","floorBytes":-1}]'])(
    'when it is damaged (%j) there are none, and one can be added',
    async (text) => {
      const { service, preferences } = aBench();
      preferences.set(foldersPreference, text);
      expect(readFolders({ preference: (key) => preferences.get(key) ?? null })).toBeNull();
      expect(service.folders()).toEqual([]);
      expect(await service.status()).toEqual([]);
      const folder = temporaryDirectory();
      await service.add({ path: folder, floorBytes: 0 });
      expect(service.folders()).toHaveLength(1);
    },
  );
});

describe('the room in a folder', () => {
  test('is told with what is promised to open tasks and not written yet', async () => {
    const { service, tasks, clock } = aBench();
    const folder = temporaryDirectory();
    await service.add({ path: folder, floorBytes: 2 * GIB });
    tasks.push(reserving(1, folder, 10 * GIB), reserving(2, folder, 5 * GIB), aTask(3, {}));
    const space = { path: folder, freeBytes: 40 * GIB, floorBytes: 2 * GIB };
    expect(await service.space(folder)).toEqual({ ...space, reservedBytes: 15 * GIB });
    expect(await service.space(folder, taskId(2))).toEqual({ ...space, reservedBytes: 10 * GIB });
    service.wrote(taskId(1), 4 * GIB);
    expect(await service.space(folder)).toMatchObject({ reservedBytes: 11 * GIB });
    // An image larger than promised takes nothing from the others.
    service.wrote(taskId(1), 12 * GIB);
    expect(await service.space(folder)).toMatchObject({ reservedBytes: 5 * GIB });
    expect(await service.status()).toEqual([
      {
        path: folder,
        floorBytes: 2 * GIB,
        freeBytes: 40 * GIB,
        totalBytes: 100 * GIB,
        reservedBytes: 5 * GIB,
        problem: null,
        measuredAt: clock.now(),
      },
    ]);
    tasks.splice(0);
    expect(await service.space(folder)).toMatchObject({ reservedBytes: 0 });
    // A task that begins anew has written nothing.
    tasks.push(reserving(1, folder, 10 * GIB));
    expect(await service.space(folder)).toMatchObject({ reservedBytes: 10 * GIB });
  });

  test('is shared by folders on one volume', async () => {
    const outer = temporaryDirectory();
    const [one, other, apart] = ['one', 'other', 'apart'].map((name) => join(outer, name)) as [string, string, string];
    for (const folder of [one, other, apart]) mkdirSync(folder);
    const { service, tasks } = aBench({
      ...roomy,
      stat: async (path) => {
        const found = await systemFiles.stat(path);
        return { isDirectory: () => found.isDirectory(), dev: path === apart ? 2 : 1 };
      },
    });
    for (const path of [one, other, apart]) await service.add({ path, floorBytes: 0 });
    tasks.push(reserving(1, one, 10 * GIB), reserving(2, apart, GIB));
    expect(await service.space(one)).toMatchObject({ reservedBytes: 10 * GIB });
    expect(await service.space(other)).toMatchObject({ reservedBytes: 10 * GIB });
    expect(await service.space(apart)).toMatchObject({ reservedBytes: GIB });
    expect((await service.status()).map(({ reservedBytes }) => reservedBytes)).toEqual([10 * GIB, 10 * GIB, GIB]);
  });

  test('of a folder that nobody set up is not told', async () => {
    await expect(aBench().service.space(temporaryDirectory())).rejects.toMatchObject({
      code: 'not-found',
      data: { what: 'folder' },
    });
  });

  test('of a folder that has gone is told as its problem', async () => {
    const { service, tasks } = aBench();
    const folder = temporaryDirectory();
    await service.add({ path: folder, floorBytes: 0 });
    tasks.push(reserving(1, folder, GIB));
    rmSync(folder, { recursive: true });
    await expect(service.space(folder)).rejects.toMatchObject({ data: { folder, problem: 'missing' } });
    expect(await service.status()).toMatchObject([
      { problem: 'missing', freeBytes: null, totalBytes: null, reservedBytes: GIB },
    ]);
  });

  test('a network mount that hangs is unreachable, and holds up none of the others', async () => {
    const [dead, alive] = [temporaryDirectory(), temporaryDirectory()];
    let hangs = false;
    let measured: () => void = () => {};
    const aliveIsMeasured = new Promise<void>((resolve) => {
      measured = resolve;
    });
    const { service, clock } = aBench({
      ...roomy,
      statfs: async (path) => {
        if (hangs && path === dead) return new Promise(() => {});
        const room = await roomy.statfs(path);
        if (hangs) measured();
        return room;
      },
    });
    for (const path of [dead, alive]) await service.add({ path, floorBytes: 0 });
    hangs = true;
    const asking = service.status();
    await aliveIsMeasured;
    await settleMicrotasks();
    await clock.advance(60_000);
    expect(await asking).toMatchObject([
      { path: dead, problem: 'unreachable', freeBytes: null },
      { path: alive, problem: null, freeBytes: 40 * GIB },
    ]);
    // It is not asked again while it hangs.
    expect(await service.status()).toMatchObject([{ problem: 'unreachable' }, { problem: null }]);
  });
});
