import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import type { EvacuationImage } from '../../shared/domain/evacuation.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';
import { flipByte } from '../support/evacuation-images.ts';

/* With the engine, in the lab. */

interface Evacuated {
  readonly bench: CommandBench;
  readonly folder: string;
  readonly image: string;
}

const imagesIn = async (bench: CommandBench): Promise<readonly EvacuationImage[]> =>
  (await bench.run('images --json')).json<{ result: { images: readonly EvacuationImage[] } }>().result.images;

/** A stopped VM that was evacuated and not restored. */
const evacuated = async (): Promise<Evacuated> => {
  const bench = aCommandBench([], 20_000);
  await bench.run('site add --lab');
  const folder = join(bench.directory, 'evac');
  mkdirSync(folder);
  await bench.run(['folders', 'add', folder, '--floor', '1MB']);
  const run = await bench.run('evacuate dr-web-01');
  expect(run.notes + run.out).toContain('1 of 1 task completed');
  const [image] = await imagesIn(bench);
  if (image === undefined) throw new Error('no image');
  return { bench, folder, image: image.name };
};

describe('restore', () => {
  test('makes the VM anew from its image, deletes what is no longer needed, and ends well', async () => {
    const { bench, image, folder } = await evacuated();
    const run = await bench.run(['restore', image, '--to', 'rp-osaka']);
    expect(run.out).toContain('1 of 1 task completed');
    expect(run.code).toBe(exitCodes.ok);
    expect(readdirSync(folder)).toEqual([]);
    expect((await bench.run('inventory dr-web-01 --refresh')).out).toMatch(
      /rp-osaka\S*\/?dr-web-01|dr-web-01.*rp-osaka/,
    );
  });

  test('tells at its end what is left to people', async () => {
    const bench = aCommandBench([], 20_000);
    await bench.run('site add --lab');
    await bench.run(['folders', 'add', bench.directory, '--floor', '1MB']);
    const move = ['migrate', 'report-01', '--to', 'rp-db', '--acknowledge', 'S6=mounted again later'];
    const { out, code } = await bench.run(move);
    expect(code).toBe(exitCodes.ok);
    const lines = out.split('\n');
    expect(lines.at(-2)).toContain('vmmigrate follow-ups --done');
    expect(lines.at(-1)).toMatch(/^ {2}T-1 {2}report-01: .*rhel-9\.4-x86_64-dvd\.iso/);
    expect((await bench.run('follow-ups')).out).toContain('rhel-9.4-x86_64-dvd.iso');
  });

  test('keeps the image when asked to, and leaves the VM off', async () => {
    const { bench, image } = await evacuated();
    const words = ['restore', image, '--to', 'rp-osaka', '--keep-image', '--no-power-on', '--json'];
    const { result } = (await bench.run(words)).json<{ result: { tasks: unknown[] } }>();
    expect(result.tasks).toMatchObject([
      {
        state: 'completed',
        header: { move: { evacuation: { part: 'restore', imagePolicy: 'keep', powerOn: false } } },
      },
    ]);
    expect((await imagesIn(bench)).map(({ name }) => name)).toEqual([image]);
    expect((await bench.run('inventory dr-web-01 state:off --refresh')).out).toContain('dr-web-01');
  });

  test('tried with --dry-run starts nothing', async () => {
    const { bench, image } = await evacuated();
    const run = await bench.run(['restore', image, '--to', 'rp-osaka', '--dry-run', '--json']);
    expect(run.json()).toMatchObject({
      result: { started: false, check: { vms: [{ name: 'dr-web-01', method: 'cold-evacuate' }], room: null } },
    });
    expect(await imagesIn(bench)).toHaveLength(1);
  });

  test.each([
    ['an image that is not there', () => ['restore', 'nothing', '--to', 'rp-osaka'], exitCodes.usage],
    ['no place', ({ image }: Evacuated) => ['restore', image], exitCodes.usage],
    ['no such place', ({ image }: Evacuated) => ['restore', image, '--to', 'nowhere'], exitCodes.usage],
    ['no image', () => ['restore', '--to', 'rp-osaka'], exitCodes.usage],
  ])('%s is refused', async (_, words, code) => {
    const scene = await evacuated();
    expect((await scene.bench.run(words(scene))).code).toBe(code);
    expect(await imagesIn(scene.bench)).toHaveLength(1);
  });

  test('a damaged image is refused', async () => {
    const { bench, image, folder } = await evacuated();
    flipByte(join(folder, image, 'image.json'), 5);
    const run = await bench.run(['restore', image, '--to', 'rp-osaka']);
    expect(run.code).toBe(exitCodes.failed);
    expect(run.notes).toContain('is damaged');
  });
});

describe('a migration whose restore fails', () => {
  /** The platform refuses to power the restored VM on. */
  const stuck = async (): Promise<CommandBench> => {
    const bench = aCommandBench([], 20_000);
    await bench.run('site add --lab');
    const folder = join(bench.directory, 'evac');
    mkdirSync(folder);
    await bench.run(['folders', 'add', folder, '--floor', '1MB']);
    bench.lab.faults.arm({ kind: 'act-refused', act: 'powerOnVm', fault: 'NoPermission', message: 'Not allowed.' });
    const run = await bench.run('migrate dr-web-01 --to rp-osaka');
    expect(run.code).toBe(exitCodes.failed);
    expect(run.out).toContain('Needs attention');
    return bench;
  };

  test('waits, safe in two or three places, with the safe steps', async () => {
    const bench = await stuck();
    const { out, code } = await bench.run('recover');
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('dr-web-01 is safe.');
    expect(out).toContain('renamed and kept from booting');
    expect(out).toMatch(/safe now:\n( {4}\S+ .*\n)* {4}resume /);
    expect(out).toMatch(/safe now:\n( {4}\S+ .*\n)* {4}roll-back /);
  });

  test.each([
    ['resume', /rp-osaka/, 'on'],
    ['roll-back', /dr-web-01/, 'off'],
  ])('%s ends it well', async (action, place, power) => {
    const bench = await stuck();
    const run = await bench.run(['recover', 'T-1', '--action', action, '--yes']);
    expect(run.code).toBe(exitCodes.ok);
    expect((await bench.run('recover')).notes).toContain('No task waits');
    const { out } = await bench.run(`inventory dr-web-01 state:${power} --refresh`);
    expect(out).toMatch(place);
    expect(await imagesIn(bench)).toEqual([]);
  });
});

describe('a VM that was evacuated alone', () => {
  test('is parked on purpose, and not lost', async () => {
    const { bench } = await evacuated();
    const { out, notes } = await bench.run('lost');
    expect(out).toBe('');
    expect(notes).toContain('No lost VM was found.');
  });

  test('is all there is, and found with the next safe step, when its image is gone', async () => {
    const { bench, image, folder } = await evacuated();
    rmSync(join(folder, image), { recursive: true });
    const { out } = await bench.run('lost');
    expect(out).toMatch(/parked, no task +dr-web-01/);
  });
});
