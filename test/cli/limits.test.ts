import { expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { aCommandBench } from '../support/command-line-bench.ts';

test('limits are shown, changed one by one, and kept', async () => {
  const bench = aCommandBench();
  expect((await bench.run('limits --json')).out).toContain('"per-folder": 2');
  const changed = await bench.run('limits --per-folder 5 --files-per-vm 1');
  expect(changed.code).toBe(exitCodes.ok);
  expect(changed.out).toMatch(/one folder +5 +--per-folder/);
  expect((await bench.run('limits')).out).toMatch(/files of one VM +1 +--files-per-vm/);
});

test('what is no limit changes nothing', async () => {
  const bench = aCommandBench();
  expect((await bench.run('limits --per-host 3 --per-folder none')).code).toBe(exitCodes.usage);
  expect((await bench.run('limits')).out).toMatch(/one host +4 +/);
});
