import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { openStorage } from '../../electron/storage/open-storage.ts';
import { systemUserName } from '../../electron/system-user.ts';
import type { FollowUpItem } from '../../shared/messages/follow-up-items.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';
import { aColdMove } from '../support/recovery-samples.ts';
import { aHeader } from '../support/task-samples.ts';

type Listed = FollowUpItem & { readonly label: string };

/** Cold migrations that have ended, oldest first; each left something unless told otherwise. */
const withTasks = async (left: readonly boolean[]): Promise<CommandBench> => {
  const bench = aCommandBench();
  await bench.run('site add --lab');
  const storage = openStorage(bench.directory, { now: () => 1_000 });
  for (const [at, leaves] of left.entries()) {
    const name = `db-0${at + 1}`;
    const { id } = storage.journal.createTask(aHeader(name, { move: aColdMove(name) }), 1_000);
    if (leaves) {
      const drive = 'CD/DVD drive 1';
      storage.journal.append(
        id,
        { kind: 'follow-up', item: { kind: 'mount-iso', drive, fileName: '[lib] x.iso' } },
        2_000,
      );
      storage.journal.append(id, { kind: 'follow-up', item: { kind: 'delete-checkpoint', name: `T-${id}` } }, 2_000);
    }
    storage.journal.append(id, { kind: 'completed' }, 3_000 + at);
  }
  storage.close();
  return bench;
};

const listed = async (bench: CommandBench, words = 'follow-ups --json'): Promise<readonly Listed[]> =>
  (await bench.run(words)).json<{ result: { followUps: readonly Listed[] } }>().result.followUps;

describe('follow-ups', () => {
  test('lists what tasks left beside what fixes did, newest first, every thing to do on a line', async () => {
    const bench = await withTasks([true, false, true]);
    await bench.run('fix report-01 S6 --yes');
    const { code, out } = await bench.run('follow-ups');
    expect(code).toBe(exitCodes.ok);
    const lines = out.split('\n').slice(1);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['F-1', 'T-3', 'T-3', 'T-1', 'T-1']);
    expect(lines[0]).toMatch(/Lab VMware\/.*report-01 +To do +Mount .* again in CD\/DVD drive 1/u);
    expect(lines[1]).toMatch(/T-3 +db-03 +To do +Mount \[lib\] x\.iso again in CD\/DVD drive 1 +Cold migration/u);
    expect(lines[2]).toContain('Delete the checkpoint');
  });

  test('ticks off what a task left, with who said so; twice is harmless', async () => {
    const bench = await withTasks([true, true]);
    for (const number of ['T-1', 't-1']) {
      const run = await bench.run(['follow-ups', '--done', number]);
      expect(run).toMatchObject({ code: exitCodes.ok, out: 'T-1 (db-01) is done.' });
    }
    expect((await listed(bench)).map(({ label }) => label)).toEqual(['T-2']);
    const [, done] = await listed(bench, 'follow-ups --all --json');
    expect(done).toMatchObject({ label: 'T-1', source: { kind: 'task', task: 1 }, state: 'done', vmName: 'db-01' });
    expect(done?.note).toContain(`Done, says ${systemUserName()}`);
    expect((await bench.run('tasks show T-1')).out).toContain('Nothing is left to do, says');
  });

  test('ticks off a fix as well, and tells as JSON what it did', async () => {
    const bench = await withTasks([]);
    await bench.run('fix report-01 S6 --yes');
    const run = await bench.run('follow-ups --done F-1 --json');
    expect(run.json()).toMatchObject({ result: { followUp: { label: 'F-1', vmName: 'report-01', state: 'done' } } });
    const none = await bench.run('follow-ups');
    expect(none).toMatchObject({ code: exitCodes.ok, notes: 'Nothing is left to do' });
    expect(await listed(bench, 'follow-ups --all --json')).toHaveLength(1);
  });

  test('finds what more tasks left than fit on a page', async () => {
    const bench = await withTasks(Array.from({ length: 203 }, () => true));
    expect(await listed(bench)).toHaveLength(203);
  });

  test.each([
    ['T-2', 'There is no follow-up T-2'],
    ['T-99', 'There is no follow-up T-99'],
    ['F-1', 'There is no follow-up F-1'],
    ['12', 'T-12 or F-3'],
    ['all', 'T-12 or F-3'],
  ])('--done %s changes nothing and says why', async (number, said) => {
    const bench = await withTasks([true, false]);
    const run = await bench.run(['follow-ups', '--done', number]);
    expect(run.code).toBe(exitCodes.usage);
    expect(run.notes).toContain(said);
    expect(await listed(bench)).toHaveLength(1);
  });

  test('in Japanese as well', async () => {
    const bench = await withTasks([true]);
    const { out } = await bench.run('follow-ups --language ja');
    expect(out).toContain('チェックポイント');
    expect((await bench.run('follow-ups --done T-1 --language ja')).out).toBe('T-1（db-01）を完了にしました。');
  });
});
