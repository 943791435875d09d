import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { gathered, pouring } from '../../support/byte-streams.ts';
import {
  aNewRecord,
  anImageStore,
  aSealedImage,
  descriptor,
  diskBytes,
  never,
  sealImage,
  sha256Of,
  writeDisk,
} from '../../support/evacuation-images.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const name = 'web-01-T-12';

describe('a sealed image', () => {
  test('holds record, descriptor, manifest and disks as people and other tools read them', async () => {
    const { store, folder, path, bytes } = await aSealedImage();
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
      `SHA256(vm.ovf)= ${sha256Of(descriptor.text)}\n` +
        `SHA256(disk-0.vmdk)= ${sha256Of(diskBytes(300))}\n` +
        `SHA256(disk-1.vmdk)= ${sha256Of(diskBytes(200, 7))}\n`,
    );
    const record = readFileSync(join(path, 'image.json'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({
      format: 1,
      console: '1.2.3',
      siteName: 'vcsa-01',
      vm: { name: 'web-01' },
      descriptor: 'vm.ovf',
      files: [
        { name: 'disk-0.vmdk', bytes: 300, sha256: sha256Of(diskBytes(300)), deviceKey: '2000' },
        { name: 'disk-1.vmdk', bytes: 200 },
      ],
    });
    expect(readFileSync(join(path, 'image.json.sha256'), 'utf8')).toBe(
      `${sha256Of(record)}  image.json\n${sha256Of(readFileSync(join(path, 'vm.mf')))}  vm.mf\n`,
    );
    expect(await store.list([folder])).toMatchObject([{ name, state: 'sealed', problem: null, folder }]);
    expect(bytes).toBeGreaterThan(500 + record.length);
  });

  test('gives back what went in', async () => {
    const { store, folder } = await aSealedImage();
    const reader = await store.open(folder, name);
    expect(reader.descriptor).toBe(descriptor.text);
    expect(reader.record).toMatchObject(aNewRecord());
    const contents = await Promise.all(
      reader.record.files.map((file) => gathered(reader.read(file, 'sha256', () => undefined).bytes)),
    );
    expect(contents).toEqual([diskBytes(300), diskBytes(200, 7)]);
  });

  test('is never begun anew under its name', async () => {
    const { store, folder } = await aSealedImage();
    await expect(store.begin(folder, name)).rejects.toMatchObject({ code: 'internal' });
    expect(await store.verify(folder, name, never())).toBeNull();
  });

  test('is gone once removed, and removing it again is no error', async () => {
    const { store, folder } = await aSealedImage();
    await store.remove(folder, name);
    expect(readdirSync(folder)).toEqual([]);
    await store.remove(folder, name);
    expect(await store.state(folder, name)).toBe('none');
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
    const { store, folder, path } = await aSealedImage();
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
    const { store, folder, path } = await aSealedImage();
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
        ['going', 'deleting', null],
        ['whole.deleting', 'deleting', null],
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
      await writer.describe(aNewRecord({ createdAt }), descriptor, []);
      await store.seal(folder, called, never());
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

  test('counts SHA-1 too where somebody compares with it', async () => {
    const folder = temporaryDirectory();
    const store = anImageStore();
    const writer = await store.begin(folder, name);
    const content = diskBytes(3 * 1024 * 1024 + 5);
    const sha1 = createHash('sha1').update(content).digest('hex');
    const file = { name: 'disk-0.vmdk', kind: 'disk', deviceKey: '2000', capacityBytes: null } as const;
    const written = await writer.write(file, 'sha1', pouring(Readable.from([content])), () => {}, never());
    expect(written).toMatchObject({ bytes: content.length, sha1, sha256: sha256Of(content) });
    await writer.describe(aNewRecord(), descriptor, [written]);
    await store.seal(folder, name, never());
    const reading = (await store.open(folder, name)).read(written, 'sha1', () => undefined);
    expect((await gathered(reading.bytes)).equals(content)).toBe(true);
    expect(reading.sha1()).toBe(sha1);
  });

  test('of a file replaces the first one', async () => {
    const folder = temporaryDirectory();
    const store = anImageStore();
    const writer = await store.begin(folder, name);
    await writeDisk(writer, 'disk-0.vmdk', diskBytes(500));
    const written = await writeDisk(writer, 'disk-0.vmdk', diskBytes(80, 3));
    expect(written).toMatchObject({ bytes: 80, sha256: sha256Of(diskBytes(80, 3)) });
    expect(written.sha1).toBeNull();
    await writer.describe(aNewRecord(), descriptor, [written]);
    await store.seal(folder, name, never());
    expect(await store.verify(folder, name, never())).toBeNull();
  });
});

describe('a folder that is not there', () => {
  test('is told as such, never as an image that is missing', async () => {
    const { store, folder } = await aSealedImage();
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
