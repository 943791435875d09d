import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { readSize } from '../../electron/cli/read-size.ts';
import type { EvacuationImage, FolderStatus } from '../../shared/domain/evacuation.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';
import { anImageStore, flipByte, sealImage } from '../support/evacuation-images.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const image = 'web-01-T-12';

const withImage = async (): Promise<{ readonly bench: CommandBench; readonly folder: string }> => {
  const bench = aCommandBench();
  const folder = temporaryDirectory();
  await bench.run(['folders', 'add', folder, '--floor', '2GB']);
  await sealImage(anImageStore(), folder, image);
  return { bench, folder };
};

describe('folders', () => {
  test('are added, listed with what is free in them, and removed', async () => {
    const bench = aCommandBench();
    expect((await bench.run('folders')).notes).toContain('vmmigrate folders add <path>');
    const folder = temporaryDirectory();
    const added = await bench.run(['folders', 'add', `${folder}/`, '--floor', '2GB']);
    expect(added.code).toBe(exitCodes.ok);
    expect(added.out).toMatch(new RegExp(`${folder} +\\S+ .B +\\S+ .B +0 B +2 GB +usable`));
    const { folders } = (await bench.run('folders --json')).json<{
      result: { folders: readonly FolderStatus[] };
    }>().result;
    expect(folders).toMatchObject([{ path: folder, floorBytes: 2 * 1024 ** 3, reservedBytes: 0, problem: null }]);
    expect((await bench.run(['folders', 'remove', folder])).notes).toContain('No evacuation image folder');
  });

  test.each([
    [(folder: string) => ['folders', 'add', join(folder, 'nowhere')], exitCodes.failed, 'does not exist'],
    [(folder: string) => ['folders', 'add', folder], exitCodes.usage, 'is in the list already'],
    [(folder: string) => ['folders', 'remove', join(folder, 'nowhere')], exitCodes.usage, 'nowhere'],
    [(folder: string) => ['folders', 'add', folder, '--floor', 'much'], exitCodes.usage, '--floor'],
    [() => ['folders', 'add'], exitCodes.usage, 'folders add <path>'],
  ])('what cannot be done is told (%#)', async (words, code, said) => {
    const { bench, folder } = await withImage();
    const run = await bench.run(words(folder));
    expect(run.notes).toContain(said);
    expect(run.code).toBe(code);
  });

  test('a relative path is one of here', async () => {
    const bench = aCommandBench();
    expect((await bench.run(['folders', 'add', 'test', '--json'])).json<{ ok: boolean }>()).toMatchObject({
      result: { folders: [{ path: join(process.cwd(), 'test') }] },
    });
  });
});

describe('images', () => {
  test('are listed, with what is wrong with them', async () => {
    const { bench, folder } = await withImage();
    const { out } = await bench.run('images');
    expect(out).toMatch(new RegExp(`${image} +web-01 +vcsa-01 +\\S+ KB +.+ sealed +${folder}`));
    await anImageStore().begin(folder, 'half');
    const { images } = (await bench.run('images --json')).json<{
      result: { images: readonly EvacuationImage[] };
    }>().result;
    expect(images.map(({ name, state }) => [name, state])).toEqual([
      [image, 'sealed'],
      ['half', 'partial'],
    ]);
    expect((await bench.run(['images', '--folder', join(folder, 'other')])).notes).toContain('no evacuation image');
  });

  test('are verified, and a damaged one fails the script', async () => {
    const { bench, folder } = await withImage();
    expect(await bench.run(['images', 'verify', image])).toMatchObject({
      code: exitCodes.ok,
      out: expect.stringContaining('is whole'),
    });
    flipByte(join(folder, image, 'disk-1.vmdk'), 0);
    const run = await bench.run(['images', 'verify', image]);
    expect(run.code).toBe(exitCodes.failed);
    expect(run.out).toContain('the content of disk-1.vmdk differs from its manifest');
    expect(await bench.run(['images', 'verify', 'other'])).toMatchObject({ code: exitCodes.usage });
  });

  test('are deleted after a question', async () => {
    const { bench, folder } = await withImage();
    expect(await bench.run(['images', 'delete', image])).toMatchObject({ code: exitCodes.usage });
    expect(await bench.run(['images', 'delete', image], { answers: ['n'] })).toMatchObject({
      code: exitCodes.interrupted,
    });
    const run = await bench.run(['images', 'delete', image], { answers: ['y'] });
    expect(run).toMatchObject({ code: exitCodes.ok, out: `Deleted ${image} from ${folder}.` });
    expect((await bench.run('images')).notes).toContain('no evacuation image');
  });

  test('of one name in two folders are told apart by the folder', async () => {
    const { bench, folder } = await withImage();
    const other = join(folder, 'other');
    mkdirSync(other);
    await bench.run(['folders', 'add', other]);
    await sealImage(anImageStore(), other, image);
    const run = await bench.run(['images', 'delete', image, '--yes']);
    expect(run.code).toBe(exitCodes.usage);
    expect(run.notes).toContain(`${image} --folder ${other}`);
    expect(await bench.run(['images', 'delete', image, '--folder', other, '--yes'])).toMatchObject({
      code: exitCodes.ok,
    });
    expect((await bench.run(['images', 'verify', image])).code).toBe(exitCodes.ok);
  });
});

describe('help', () => {
  test.each(['folders', 'images'])('of %s is there in both languages', async (command) => {
    const bench = aCommandBench();
    expect((await bench.run([command, '--help'])).out).toContain(`vmmigrate ${command}`);
    expect((await bench.run([command, '--help', '--language', 'ja'])).out).toMatch(/[ぁ-ん]/);
  });
});

describe('a size', () => {
  test.each([
    ['0', 0],
    ['512', 512],
    ['10GB', 10 * 1024 ** 3],
    ['10 gib', 10 * 1024 ** 3],
    ['1.5T', 1.5 * 1024 ** 4],
    ['3k', 3_072],
  ])('%s is %d bytes', (text, bytes) => {
    expect(readSize('--floor', text)).toBe(bytes);
  });

  test.each(['', 'GB', '-1', '10 XB', '1e9', '9999999P'])('%j is none', (text) => {
    expect(() => readSize('--floor', text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
