import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../electron/hypervisors/transfer.ts';
import type { ImageFile } from '../../../shared/domain/evacuation.ts';
import { gathered } from '../../support/byte-streams.ts';
import { aSealedImage, diskBytes, flipByte, never, sha256Of } from '../../support/evacuation-images.ts';

const name = 'web-01-T-12';

describe('what is wrong with an image is told of its file', () => {
  const rewrite = (path: string, from: string, to: string): void =>
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

  test.each<[string, (path: string) => void, object]>([
    [
      'a byte of a disk changed',
      (path) => flipByte(join(path, 'disk-1.vmdk'), 100),
      { kind: 'wrong-content', file: 'disk-1.vmdk' },
    ],
    [
      'a disk one byte short',
      (path) => truncateSync(join(path, 'disk-0.vmdk'), 299),
      { kind: 'wrong-size', file: 'disk-0.vmdk' },
    ],
    [
      'a disk one byte long',
      (path) => appendFileSync(join(path, 'disk-0.vmdk'), 'x'),
      { kind: 'wrong-size', file: 'disk-0.vmdk' },
    ],
    ['a disk missing', (path) => unlinkSync(join(path, 'disk-0.vmdk')), { kind: 'missing-file', file: 'disk-0.vmdk' }],
    ['the descriptor changed', (path) => flipByte(join(path, 'vm.ovf'), 3), { kind: 'wrong-content', file: 'vm.ovf' }],
    ['the manifest changed', (path) => flipByte(join(path, 'vm.mf'), 30), { kind: 'wrong-content', file: 'vm.mf' }],
    [
      'the record edited by hand',
      (path) => rewrite(join(path, 'image.json'), 'esx-01', 'esx-99'),
      { kind: 'wrong-content', file: 'image.json' },
    ],
    [
      'the record missing',
      (path) => unlinkSync(join(path, 'image.json')),
      { kind: 'missing-file', file: 'image.json' },
    ],
    [
      'the checksums missing',
      (path) => unlinkSync(join(path, 'image.json.sha256')),
      { kind: 'missing-file', file: 'image.json.sha256' },
    ],
    [
      'the checksums garbled',
      (path) => writeFileSync(join(path, 'image.json.sha256'), 'hello\n'),
      { kind: 'unreadable-record', file: 'image.json.sha256' },
    ],
    [
      'a link in place of a disk',
      (path) => {
        renameSync(join(path, 'disk-0.vmdk'), join(path, '..', 'elsewhere'));
        symlinkSync('../elsewhere', join(path, 'disk-0.vmdk'));
      },
      { kind: 'unreadable', file: 'disk-0.vmdk' },
    ],
    [
      'a link in place of the record',
      (path) => {
        renameSync(join(path, 'image.json'), join(path, '..', 'elsewhere'));
        symlinkSync('../elsewhere', join(path, 'image.json'));
      },
      { kind: 'unreadable', file: 'image.json' },
    ],
    [
      'a directory in place of a disk',
      (path) => {
        unlinkSync(join(path, 'disk-0.vmdk'));
        mkdirSync(join(path, 'disk-0.vmdk'));
      },
      { kind: 'unreadable', file: 'disk-0.vmdk' },
    ],
  ])('%s', async (_what, spoil, problem) => {
    const { store, folder, path } = await aSealedImage();
    spoil(path);
    expect(await store.verify(folder, name, never())).toEqual(problem);
    const [listed] = await store.list([folder]);
    // A list compares sizes only.
    const seen =
      problem !== null &&
      'kind' in problem &&
      'file' in problem &&
      problem.kind === 'wrong-content' &&
      problem.file === 'disk-1.vmdk';
    expect(listed).toMatchObject(seen ? { state: 'sealed' } : { state: 'damaged', problem });
    expect(await store.state(folder, name)).toBe('sealed');
  });

  /** Somebody changed the record and made its checksum fit. */
  const forge = (path: string, change: (record: string) => string): void => {
    const record = change(readFileSync(join(path, 'image.json'), 'utf8'));
    writeFileSync(join(path, 'image.json'), record);
    const manifest = readFileSync(join(path, 'vm.mf'));
    writeFileSync(join(path, 'image.json.sha256'), `${sha256Of(record)}  image.json\n${sha256Of(manifest)}  vm.mf\n`);
  };

  test.each<[string, (record: string) => string, string]>([
    ['names a way out of the image', (record) => record.replaceAll('disk-0.vmdk', '../../secret'), 'image.json'],
    ['names an absolute path', (record) => record.replaceAll('disk-0.vmdk', '/etc/shadow'), 'image.json'],
    ['is of a later format', (record) => record.replace('"format": 1', '"format": 2'), 'image.json'],
    ['is no JSON', () => '{', 'image.json'],
    ['names another manifest', (record) => record.replace('vm.mf', 'disk-0.vmdk'), 'image.json'],
    ['gives another checksum', (record) => record.replace(sha256Of(diskBytes(300)), sha256Of('x')), 'vm.mf'],
    ['takes a disk for the descriptor', (record) => record.replace('vm.ovf', 'disk-1.vmdk'), 'vm.mf'],
  ])('a forged record that %s', async (_what, change, file) => {
    const { store, folder, path } = await aSealedImage();
    forge(path, change);
    expect(await store.verify(folder, name, never())).toEqual({ kind: 'unreadable-record', file });
    await expect(store.open(folder, name)).rejects.toMatchObject({
      code: 'image-damaged',
      data: { image: name, problem: { kind: 'unreadable-record', file } },
    });
  });

  test('while it is read: the last piece of a file that differs is never given', async () => {
    const { store, folder, path } = await aSealedImage();
    const reader = await store.open(folder, name);
    flipByte(join(path, 'disk-0.vmdk'), 5);
    const [first, second] = reader.record.files;
    if (first === undefined || second === undefined) throw new Error('two disks were written');
    const bytesOf = (file: ImageFile): ByteSource => reader.read(file, 'sha256', () => undefined).bytes;
    let given = 0;
    const reading = async (): Promise<void> => {
      for await (const piece of bytesOf(first)) given += piece.length;
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'image-damaged',
      data: { image: name, problem: { kind: 'wrong-content', file: 'disk-0.vmdk' } },
    });
    expect(given).toBe(0);
    truncateSync(join(path, 'disk-1.vmdk'), 10);
    await expect(gathered(bytesOf(second))).rejects.toMatchObject({ data: { problem: { kind: 'wrong-size' } } });
    await expect(gathered(bytesOf({ ...first, name: 'other' }))).rejects.toMatchObject({ code: 'internal' });
  });

  test('stops when it is cancelled', async () => {
    const { store, folder } = await aSealedImage();
    await expect(store.verify(folder, name, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
