import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FileSystem, systemFiles } from '../../../electron/evacuation/file-system.ts';
import { createImageStore } from '../../../electron/evacuation/image-store.ts';
import { createPatience } from '../../../electron/evacuation/patience.ts';
import type { ReadBytes } from '../../../electron/evacuation/ports.ts';
import { pouring } from '../../support/byte-streams.ts';
import {
  aNewRecord,
  anImageStore,
  descriptor,
  diskBytes,
  flipByte,
  never,
  sealImage,
  writeDisk,
} from '../../support/evacuation-images.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type FileCall, fault, watchedFiles } from '../../support/faulty-files.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const name = 'web-01-T-12';
const MIB = 1024 ** 2;

/** Fails each call that fits from the `after`-th on. */
const failing = (code: string, fits: (call: FileCall, path: string) => boolean, after = 1): FileSystem => {
  let count = 0;
  return watchedFiles((call, path) => {
    if (!fits(call, path)) return;
    count += 1;
    if (count >= after) throw fault(code);
  });
};

/** Each write takes so many turns of the event loop, in which everything else could go on. */
const slowFiles = (turns: number): FileSystem =>
  watchedFiles(async (call) => {
    if (call === 'write') for (let turn = 0; turn < turns; turn += 1) await nextTurn();
  });

const inDisk =
  (wanted: FileCall) =>
  (call: FileCall, path: string): boolean =>
    call === wanted && path.endsWith('.vmdk');

describe('while a disk is written', () => {
  test.each([
    ['ENOSPC', { code: 'folder-full' }],
    ['EDQUOT', { code: 'folder-full' }],
    ['EIO', { code: 'folder-unusable', data: { problem: 'unreachable' } }],
    ['ESTALE', { code: 'folder-unusable', data: { problem: 'unreachable' } }],
    ['EROFS', { code: 'folder-unusable', data: { problem: 'read-only' } }],
  ])('%s ends it, the source is closed, and what was written stays to be removed', async (code, expected) => {
    const folder = temporaryDirectory();
    const store = anImageStore(failing(code, inDisk('write'), 2));
    const writer = await store.begin(folder, name);
    const source = Readable.from(pieces(20), { objectMode: false });
    const told: number[] = [];
    const file = { name: 'disk-0.vmdk', kind: 'disk', deviceKey: '2000', capacityBytes: null } as const;
    await expect(
      writer.write(file, 'sha256', pouring(source), (bytes) => told.push(bytes), never()),
    ).rejects.toMatchObject(expected);
    expect(source.destroyed).toBe(true);
    expect(told).toHaveLength(1);
    expect(await store.state(folder, name)).toBe('partial');
    await anImageStore().remove(folder, name);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a full folder tells how much of what came is missing at the least', async () => {
    const store = anImageStore(failing('ENOSPC', inDisk('write')));
    const writer = await store.begin(temporaryDirectory(), name);
    await expect(writeDisk(writer, 'disk-0.vmdk', diskBytes(MIB))).rejects.toMatchObject({
      code: 'folder-full',
      data: { missingBytes: expect.toSatisfy((bytes: number) => bytes > 0 && bytes <= MIB) },
    });
  });

  test('a flush that fails is never taken for success', async () => {
    const store = anImageStore(failing('EIO', inDisk('sync')));
    const writer = await store.begin(temporaryDirectory(), name);
    await expect(writeDisk(writer, 'disk-0.vmdk', diskBytes(100))).rejects.toMatchObject({ code: 'folder-unusable' });
  });

  test('what the source fails with comes through', async () => {
    const writer = await anImageStore().begin(temporaryDirectory(), name);
    const source = new Readable({
      read() {
        this.destroy(new Error('the lease is gone'));
      },
    });
    const file = { name: 'disk-0.vmdk', kind: 'disk', deviceKey: '2000', capacityBytes: null } as const;
    await expect(writer.write(file, 'sha256', pouring(source), () => {}, never())).rejects.toThrow('the lease is gone');
  });

  test('cancelling ends it at once although the source is silent', async () => {
    const folder = temporaryDirectory();
    const store = anImageStore();
    const writer = await store.begin(folder, name);
    const abort = new AbortController();
    const source = new Readable({ read: () => {} });
    source.push(Buffer.alloc(2 * MIB, 7));
    const file = { name: 'disk-0.vmdk', kind: 'disk', deviceKey: '2000', capacityBytes: null } as const;
    let told = false;
    const read: ReadBytes = (sink, signal) => pouring(source)(sink, signal).finally(() => (told = signal.aborted));
    const writing = writer.write(file, 'sha256', read, () => abort.abort(), abort.signal);
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toBe(true);
    expect(await store.state(folder, name)).toBe('partial');
  });

  test('a slow folder holds the source back', async () => {
    let read = 0;
    let written = 0;
    let most = 0;
    const source = Readable.from(
      (function* () {
        for (let index = 0; index < 64; index += 1) {
          read += MIB / 4;
          most = Math.max(most, read - written);
          yield Buffer.alloc(MIB / 4, index);
        }
      })(),
      { objectMode: false },
    );
    const writer = await anImageStore(slowFiles(200)).begin(temporaryDirectory(), name);
    const file = { name: 'disk-0.vmdk', kind: 'disk', deviceKey: '2000', capacityBytes: null } as const;
    const result = await writer.write(file, 'sha256', pouring(source), (bytes) => (written = bytes), never());
    expect(result.bytes).toBe(16 * MIB);
    expect(written).toBe(16 * MIB);
    expect(most).toBeLessThanOrEqual(4 * MIB);
  });

  test('the folder going away is told as such', async () => {
    const folder = temporaryDirectory();
    const writer = await anImageStore().begin(folder, name);
    const written = await writeDisk(writer, 'disk-0.vmdk', diskBytes(100));
    rmSync(folder, { recursive: true });
    const missing = { code: 'folder-unusable', data: { folder, problem: 'missing' } };
    await expect(writeDisk(writer, 'disk-1.vmdk', diskBytes(100))).rejects.toMatchObject(missing);
    await expect(writer.describe(aNewRecord(), descriptor, [written])).rejects.toMatchObject(missing);
  });

  test('a volume that is really full', async (context) => {
    const folder = temporaryDirectory();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
    } catch {
      context.skip('only an administrator can mount a small volume');
    }
    onTestFinished(() => {
      execFileSync('umount', [folder]);
    });
    const store = anImageStore();
    const writer = await store.begin(folder, name);
    await expect(writeDisk(writer, 'disk-0.vmdk', diskBytes(6 * MIB))).rejects.toMatchObject({
      code: 'folder-full',
      data: { folder, missingBytes: expect.toSatisfy((bytes: number) => bytes > 0) },
    });
    await store.remove(folder, name);
    await sealImage(store, folder, name);
    expect(await store.verify(folder, name, never())).toBeNull();
  });
});

function* pieces(count: number): Generator<Buffer> {
  for (let index = 0; index < count; index += 1) yield diskBytes(MIB / 8, index);
}

describe('while an image is sealed', () => {
  test.each([
    [
      'the record cannot be written',
      'ENOSPC',
      (call: FileCall, path: string) => call === 'write' && path.endsWith('image.json'),
      'folder-full',
    ],
    [
      'the manifest cannot be flushed',
      'EIO',
      (call: FileCall, path: string) => call === 'sync' && path.endsWith('vm.mf'),
      'folder-unusable',
    ],
    [
      'the directory cannot be flushed',
      'EIO',
      (call: FileCall, path: string) => call === 'sync' && path.endsWith('.partial'),
      'folder-unusable',
    ],
    ['it cannot be renamed', 'EACCES', (call: FileCall) => call === 'rename', 'folder-unusable'],
  ])('%s: it stays partial', async (_what, code, fits, expected) => {
    const folder = temporaryDirectory();
    await expect(sealImage(anImageStore(failing(code, fits)), folder, name)).rejects.toMatchObject({ code: expected });
    expect(await anImageStore().state(folder, name)).toBe('partial');
  });

  test('a folder that cannot flush directories, as on Windows and some shares, is no obstacle', async () => {
    const folder = temporaryDirectory();
    const files = failing('EINVAL', (call, path) => call === 'sync' && (path === folder || path.endsWith('.partial')));
    await sealImage(anImageStore(files), folder, name);
    expect(await anImageStore().verify(folder, name, never())).toBeNull();
  });

  test('what differs when it is read back makes it partial again', async () => {
    const folder = temporaryDirectory();
    const files = watchedFiles(
      () => {},
      (call, path, to) => {
        if (call === 'rename' && path.endsWith('.partial') && to !== undefined) flipByte(join(to, 'disk-1.vmdk'), 3);
      },
    );
    await expect(sealImage(anImageStore(files), folder, name)).rejects.toMatchObject({
      code: 'image-damaged',
      data: { image: name, problem: { kind: 'wrong-content', file: 'disk-1.vmdk' } },
    });
    expect(readdirSync(folder)).toEqual([`${name}.partial`]);
  });

  test('what cannot be read back, or not to the end, makes it partial again', async () => {
    const folder = temporaryDirectory();
    await expect(sealImage(anImageStore(failing('EIO', inDisk('read'))), folder, name)).rejects.toMatchObject({
      code: 'image-damaged',
      data: { problem: { kind: 'unreadable' } },
    });
    expect(await anImageStore().state(folder, name)).toBe('partial');

    const abort = new AbortController();
    const files = watchedFiles((call, path) => {
      if (inDisk('read')(call, path)) abort.abort();
    });
    const store = anImageStore(files);
    const writer = await store.begin(folder, name);
    const written = await writeDisk(writer, 'disk-0.vmdk', diskBytes(100));
    await writer.describe(aNewRecord(), descriptor, [written]);
    await expect(store.seal(folder, name, abort.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(await anImageStore().state(folder, name)).toBe('partial');
  });
});

describe('a folder whose file system does not answer', () => {
  test('is unreachable after a while, and the others are listed', async () => {
    const clock = createFakeClock();
    const [dead, alive] = [temporaryDirectory(), temporaryDirectory()];
    await sealImage(anImageStore(), alive, name);
    let reached: () => void = () => {};
    const aliveIsReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const files: FileSystem = {
      ...systemFiles,
      stat: (path) => (path === dead ? new Promise(() => {}) : systemFiles.stat(path)),
      readdir: (path) => {
        if (path === alive) reached();
        return systemFiles.readdir(path);
      },
    };
    const store = createImageStore({ version: '1', patience: createPatience(clock), files });
    const listing = store.list([dead, alive]);
    const asking = store.state(dead, name).catch((error: unknown) => error);
    await aliveIsReached;
    await clock.advance(60_000);
    expect((await listing).map((image) => image.folder)).toEqual([alive]);
    expect(await asking).toMatchObject({ code: 'folder-unusable', data: { folder: dead, problem: 'unreachable' } });
  });
});
