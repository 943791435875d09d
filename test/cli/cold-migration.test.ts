import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import type { MigrationOperation } from '../../shared/domain/migration.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';

/* Stopped VMs on the command line: what is planned and said. What a start then does, the tests of the engine show. */

interface DryRun {
  readonly result: {
    readonly started: boolean;
    readonly check: {
      readonly room: { readonly folder: string; readonly images: number; readonly neededBytes: number } | null;
      readonly vms: readonly { readonly name: string; readonly method: MigrationOperation['moves'][0]['method'] }[];
      readonly findings: readonly { readonly ruleId: string; readonly code: string }[];
    };
  };
}

const withLab = async (): Promise<CommandBench> => {
  const bench = aCommandBench();
  await bench.run('site add --lab');
  return bench;
};

const withFolder = async () => {
  const bench = await withLab();
  const folder = join(bench.directory, 'evac');
  mkdirSync(folder);
  const { code } = await bench.run(['folders', 'add', folder]);
  expect(code).toBe(exitCodes.ok);
  return { bench, folder };
};

const rulesOf = ({ result }: DryRun) => result.check.findings.map(({ ruleId }) => ruleId);

describe('a stopped VM', () => {
  const move = ['migrate', 'dr-web-01', '--to', 'rp-osaka', '--dry-run'];

  test('without any folder is blocked, and told what is missing', async () => {
    const { code, out } = await (await withLab()).run(move);
    expect(code).toBe(exitCodes.blocked);
    expect(out).toContain('No evacuation image folder is chosen');
  });

  test('is planned through the only folder, and the room there is told', async () => {
    const { bench, folder } = await withFolder();
    const { out } = await bench.run(move);
    expect(out).toMatch(/evac: .+ of images; .+ free/u);
    const { json } = await bench.run([...move, '--json']);
    const { check } = json<DryRun>().result;
    expect(check.vms).toMatchObject([{ name: 'dr-web-01', method: 'cold-evacuate' }]);
    expect(check.room).toMatchObject({ folder, images: 1 });
    expect(check.room?.neededBytes).toBeGreaterThan(0);
  });

  test('goes directly when asked to, without a folder', async () => {
    const bench = await withLab();
    const { check } = (await bench.run([...move, '--method', 'cold-direct', '--json'])).json<DryRun>().result;
    expect(check.vms).toMatchObject([{ method: 'cold-direct' }]);
    expect(check.room).toBeNull();
    const hot = await bench.run([...move, '--method', 'hot']);
    expect(hot.code).toBe(exitCodes.usage);
    expect(hot.notes).toContain('--method');
  });

  test('that is deleted before the restore has to be accepted as such (S14)', async () => {
    const { bench } = await withFolder();
    expect(rulesOf((await bench.run([...move, '--json'])).json<DryRun>())).not.toContain('S14');
    const { json, code } = await bench.run([...move, '--delete-before-restore', '--json']);
    expect(rulesOf(json<DryRun>())).toContain('S14');
    expect(code).toBe(exitCodes.notAcknowledged);
  });

  test('a folder that nobody set up is a name that fits nothing', async () => {
    const { bench } = await withFolder();
    const { code, notes } = await bench.run([...move, '--folder', '/nowhere']);
    expect(code).toBe(exitCodes.usage);
    expect(notes).toContain('evacuation image folder /nowhere');
  });
});

describe('an evacuation alone', () => {
  test('needs no destination, and of running VMs none is made', async () => {
    const { bench, folder } = await withFolder();
    const stopped = await bench.run(['evacuate', 'dr-web-01', '--folder', folder, '--dry-run', '--json']);
    const { check, started } = stopped.json<DryRun>().result;
    expect(check.vms).toMatchObject([{ name: 'dr-web-01', method: 'cold-evacuate' }]);
    expect(check.findings.map(({ code }) => code)).not.toContain('D3');
    expect(started).toBe(false);
    const running = await bench.run(['evacuate', 'web-01', '--folder', folder, '--dry-run']);
    expect(running.code).toBe(exitCodes.blocked);
    expect(running.out).toContain('does not fit the power state');
  });

  test('says in its help what it does, in both languages', async () => {
    const bench = aCommandBench();
    expect((await bench.run('evacuate --help')).out).toContain('--delete-before-restore');
    expect((await bench.run('evacuate --help --language ja')).out).toContain('退避イメージ格納フォルダ');
  });
});
