import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
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
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const name = 'web-01-T-12';

interface Sealed {
  readonly store: ReturnType<typeof anImageStore>;
  readonly folder: string;
  readonly path: string;
  readonly bytes: number;
}

const sealed = async (): Promise<Sealed> => {
  const folder = temporaryDirectory();
  const store = anImageStore();
  const bytes = await sealImage(store, folder, name);
  return { store, folder, path: join(folder, name), bytes };
};

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

describe('a sealed image', () => {
  test('holds record, descriptor, manifest and disks as people and other tools read them', async () => {
    const { store, folder, path, bytes } = await sealed();
    expect(readdirSync(folder)).toEqual([name]);
    expect(readdirSync(path).sort()).toEqual([
      'disk-0.vmdk',
      'disk-1.vmdk',
      'evacuation-image.txt',
      'image.json',
      'image.json.sha256',
      'vm.mf',
      'vm.ovf',
    ]);
    expect(readFileSync(join(path, 'vm.mf'), 'utf8')).toBe(
      `SHA256(vm.ovf)= ${sha256(descriptor.text)}\n` +
        `SHA256(disk-0.vmdk)= ${sha256(diskBytes(300))}\n` +
        `SHA256(disk-1.vmdk)= ${sha256(diskBytes(200, 7))}\n`,
    );
    const record = readFileSync(join(path, 'image.json'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({
      format: 1,
      console: '1.2.3',
      siteName: 'vcsa-01',
      vm: { name: 'web-01' },
      descriptor: 'vm.ovf',
      files: [
        { name: 'disk-0.vmdk', bytes: 300, sha256: sha256(diskBytes(300)), deviceKey: '2000' },
        { name: 'disk-1.vmdk', bytes: 200 },
      ],
    });
    expect(readFileSync(join(path, 'image.json.sha256'), 'utf8')).toBe(
      `${sha256(record)}  image.json\n${sha256(readFileSync(join(path, 'vm.mf')))}  vm.mf\n`,
    );
    expect(await store.list([folder])).toMatchObject([{ name, state: 'sealed', problem: null, folder }]);
    expect(bytes).toBeGreaterThan(500 + record.length);
  });

  test('gives back what went in', async () => {
    const { store, folder } = await sealed();
    const reader = await store.open(folder, name);
    expect(reader.descriptor).toBe(descriptor.text);
    expect(reader.record).toMatchObject(aNewRecord());
    const contents = await Promise.all(reader.record.files.map((file) => buffer(reader.read(file))));
    expect(contents).toEqual([diskBytes(300), diskBytes(200, 7)]);
  });

  test('is never begun anew under its name', async () => {
    const { store, folder } = await sealed();
    await expect(store.begin(folder, name)).rejects.toMatchObject({ code: 'internal' });
    expect(await store.verify(folder, name, never())).toBeNull();
  });

  test('is gone once removed, and removing it again is no error', async () => {
    const { store, folder } = await sealed();
    await store.remove(folder, name);
    expect(readdirSync(folder)).toEqual([]);
    await store.remove(folder, name);
    expect(await store.state(folder, name)).toBe('none');
  });
});

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
    const { store, folder, path } = await sealed();
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
    writeFileSync(join(path, 'image.json.sha256'), `${sha256(record)}  image.json\n${sha256(manifest)}  vm.mf\n`);
  };

  test.each<[string, (record: string) => string, string]>([
    ['names a way out of the image', (record) => record.replaceAll('disk-0.vmdk', '../../secret'), 'image.json'],
    ['names an absolute path', (record) => record.replaceAll('disk-0.vmdk', '/etc/shadow'), 'image.json'],
    ['is of a later format', (record) => record.replace('"format": 1', '"format": 2'), 'image.json'],
    ['is no JSON', () => '{', 'image.json'],
    ['names another manifest', (record) => record.replace('vm.mf', 'disk-0.vmdk'), 'image.json'],
    ['gives another checksum', (record) => record.replace(sha256(diskBytes(300)), sha256('x')), 'vm.mf'],
    ['takes a disk for the descriptor', (record) => record.replace('vm.ovf', 'disk-1.vmdk'), 'vm.mf'],
  ])('a forged record that %s', async (_what, change, file) => {
    const { store, folder, path } = await sealed();
    forge(path, change);
    expect(await store.verify(folder, name, never())).toEqual({ kind: 'unreadable-record', file });
    await expect(store.open(folder, name)).rejects.toMatchObject({
      code: 'image-damaged',
      data: { image: name, problem: { kind: 'unreadable-record', file } },
    });
  });

  test('while it is read: the last piece of a file that differs is never given', async () => {
    const { store, folder, path } = await sealed();
    const reader = await store.open(folder, name);
    flipByte(join(path, 'disk-0.vmdk'), 5);
    const [first, second] = reader.record.files;
    if (first === undefined || second === undefined) throw new Error('two disks were written');
    let given = 0;
    const reading = reader.read(first);
    reading.on('data', (piece: Buffer) => {
      given += piece.length;
    });
    await expect(buffer(reading)).rejects.toMatchObject({
      code: 'image-damaged',
      data: { image: name, problem: { kind: 'wrong-content', file: 'disk-0.vmdk' } },
    });
    expect(given).toBe(0);
    truncateSync(join(path, 'disk-1.vmdk'), 10);
    await expect(buffer(reader.read(second))).rejects.toMatchObject({ data: { problem: { kind: 'wrong-size' } } });
    await expect(buffer(reader.read({ ...first, name: 'other' }))).rejects.toMatchObject({ code: 'internal' });
  });

  test('stops when it is cancelled', async () => {
    const { store, folder } = await sealed();
    await expect(store.verify(folder, name, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('names', () => {
  test.each(['..', '.', '', '../other', 'a/b', 'a\\b', '/etc', 'a\0b'])('%j leads nowhere', async (bad) => {
    const outer = temporaryDirectory();
    const folder = join(outer, 'folder');
    mkdirSync(folder);
    await sealImage(anImageStore(), outer, 'other');
    const store = anImageStore();
    await expect(store.begin(folder, bad)).rejects.toMatchObject({ code: 'internal' });
    await expect(store.open(folder, bad)).rejects.toMatchObject({ code: 'image-not-found' });
    await expect(store.verify(folder, bad, never())).rejects.toMatchObject({ code: 'image-not-found' });
    expect(await store.state(folder, bad)).toBe('none');
    await store.remove(folder, bad);
    expect(await store.verify(outer, 'other', never())).toBeNull();
  });

  test.each(['web.partial', 'web.deleting'])('%s is not begun', async (bad) => {
    await expect(anImageStore().begin(temporaryDirectory(), bad)).rejects.toMatchObject({ code: 'internal' });
  });

  test.each(['../evil', 'a/b', '.hidden', 'image.json', 'vm.mf', 'evacuation-image.txt', ''])(
    'a file is never called %j',
    async (bad) => {
      const writer = await anImageStore().begin(temporaryDirectory(), name);
      await expect(writeDisk(writer, bad, diskBytes(20))).rejects.toMatchObject({ code: 'internal' });
    },
  );

  test('a link in the place of an image is none, and what it leads to stays', async () => {
    const { store, folder, path } = await sealed();
    symlinkSync(path, join(folder, 'link'));
    expect(await store.state(folder, 'link')).toBe('none');
    await expect(store.open(folder, 'link')).rejects.toMatchObject({ code: 'image-not-found' });
    await store.remove(folder, 'link');
    expect((await store.list([folder])).map((image) => image.name)).toEqual([name]);
    expect(await store.verify(folder, name, never())).toBeNull();
  });

  test('a link in the place of a new file is replaced, never followed', async () => {
    const folder = temporaryDirectory();
    const outside = join(temporaryDirectory(), 'precious');
    writeFileSync(outside, 'precious');
    const writer = await anImageStore().begin(folder, name);
    symlinkSync(outside, join(folder, `${name}.partial`, 'disk-0.vmdk'));
    await writeDisk(writer, 'disk-0.vmdk', diskBytes(20));
    expect(readFileSync(outside, 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, `${name}.partial`, 'disk-0.vmdk'))).toEqual(diskBytes(20));
  });

  test('removing an image with a link in it leaves what the link leads to', async () => {
    const { store, folder, path } = await sealed();
    const outside = temporaryDirectory();
    writeFileSync(join(outside, 'precious'), '');
    symlinkSync(outside, join(path, 'link'));
    await store.remove(folder, name);
    expect(readdirSync(outside)).toEqual(['precious']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the list', () => {
  test('tells what is sealed, half written, half removed and damaged, and leaves out what is something else', async () => {
    const folder = temporaryDirectory();
    const store = anImageStore();
    await sealImage(store, folder, 'whole');
    await sealImage(store, folder, 'going');
    await sealImage(store, folder, 'broken');
    renameSync(join(folder, 'going'), join(folder, 'going.deleting'));
    unlinkSync(join(folder, 'going.deleting', 'image.json'));
    unlinkSync(join(folder, 'broken', 'image.json'));
    await writeDisk(await store.begin(folder, 'half'), 'disk-0.vmdk', diskBytes(50));
    mkdirSync(join(folder, 'whole.deleting'));
    mkdirSync(join(folder, 'begun.partial'));
    // Not ours.
    mkdirSync(join(folder, 'ISO images'));
    writeFileSync(join(folder, 'ISO images', 'rhel.iso'), '');
    mkdirSync(join(folder, 'lost+found'));
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'video.partial'));
    writeFileSync(join(folder, 'video.partial', 'video.mkv'), '');
    writeFileSync(join(folder, 'image.json'), '{}');

    const images = await store.list([folder]);
    const problem = { kind: 'missing-file', file: 'image.json' };
    expect(images.map(({ name: called, state, problem: wrong }) => [called, state, wrong])).toEqual(
      expect.arrayContaining([
        ['whole', 'sealed', null],
        ['broken', 'damaged', problem],
        ['half', 'partial', null],
        ['going', 'partial', null],
        ['whole.deleting', 'partial', null],
        ['begun', 'partial', null],
      ]),
    );
    expect(images).toHaveLength(6);
    expect(images.find((image) => image.name === 'half')?.bytes).toBeGreaterThan(50);

    await store.remove(folder, 'whole.deleting');
    await store.remove(folder, 'going');
    await store.remove(folder, 'half');
    await store.remove(folder, 'broken');
    expect((await store.list([folder])).map((image) => image.name)).toEqual(['whole', 'begun']);
  });

  test('newest first, over several folders, without those that cannot be reached', async () => {
    const [one, other] = [temporaryDirectory(), temporaryDirectory()];
    const store = anImageStore();
    for (const [folder, called, createdAt] of [
      [one, 'old', 1],
      [other, 'middle', 2],
      [one, 'new', 3],
    ] as const) {
      const writer = await store.begin(folder, called);
      await writer.seal(aNewRecord({ createdAt }), descriptor, [], never());
    }
    const images = await store.list([one, join(one, 'nowhere'), other, join(one, 'new', 'image.json')]);
    expect(images.map((image) => image.name)).toEqual(['new', 'middle', 'old']);
  });

  test('of something else under the name of an image: it is never removed', async () => {
    const folder = temporaryDirectory();
    mkdirSync(join(folder, 'Documents'));
    writeFileSync(join(folder, 'Documents', 'letter.txt'), '');
    await expect(anImageStore().remove(folder, 'Documents')).rejects.toMatchObject({ code: 'image-not-found' });
    expect(existsSync(join(folder, 'Documents', 'letter.txt'))).toBe(true);
  });
});

describe('a new try', () => {
  test('of an image begins from nothing', async () => {
    const folder = temporaryDirectory();
    const store = anImageStore();
    await writeDisk(await store.begin(folder, name), 'disk-9.vmdk', diskBytes(500));
    expect(await store.state(folder, name)).toBe('partial');
    await sealImage(store, folder, name);
    expect(existsSync(join(folder, name, 'disk-9.vmdk'))).toBe(false);
  });

  test('of a file replaces the first one', async () => {
    const folder = temporaryDirectory();
    const store = anImageStore();
    const writer = await store.begin(folder, name);
    await writeDisk(writer, 'disk-0.vmdk', diskBytes(500));
    const written = await writeDisk(writer, 'disk-0.vmdk', diskBytes(80, 3));
    expect(written).toMatchObject({ bytes: 80, sha256: sha256(diskBytes(80, 3)) });
    expect(written.sha1).toBe(createHash('sha1').update(diskBytes(80, 3)).digest('hex'));
    await writer.seal(aNewRecord(), descriptor, [written], never());
    expect(await store.verify(folder, name, never())).toBeNull();
  });
});

describe('a folder that is not there', () => {
  test('is told as such, never as an image that is missing', async () => {
    const { store, folder } = await sealed();
    rmSync(folder, { recursive: true });
    const missing = { code: 'folder-unusable', data: { folder, problem: 'missing' } };
    await expect(store.state(folder, name)).rejects.toMatchObject(missing);
    await expect(store.open(folder, name)).rejects.toMatchObject(missing);
    await expect(store.verify(folder, name, never())).rejects.toMatchObject(missing);
    await expect(store.remove(folder, name)).rejects.toMatchObject(missing);
    await expect(store.begin(folder, name)).rejects.toMatchObject(missing);
    writeFileSync(folder, '');
    await expect(store.state(folder, name)).rejects.toMatchObject({ data: { problem: 'not-a-folder' } });
  });
});
