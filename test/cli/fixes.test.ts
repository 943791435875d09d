import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { systemUserName } from '../../electron/system-user.ts';
import type { FixRecord } from '../../shared/domain/fix.ts';
import { aCommandBench, type CommandBench, type CommandRun } from '../support/command-line-bench.ts';

const withLab = async (): Promise<CommandBench> => {
  const bench = aCommandBench();
  await bench.run('site add --lab');
  return bench;
};

const listed = async (bench: CommandBench): Promise<readonly FixRecord[]> =>
  (await bench.run('fixes --all --json')).json<{ result: { fixes: readonly FixRecord[] } }>().result.fixes;
const findingsOf = async (bench: CommandBench, vm: string): Promise<CommandRun> =>
  bench.run(`findings ${vm} finding:any --refresh --csv`);

const iso = '[iso-lib] rhel-9.4-x86_64-dvd.iso';

describe('fix', () => {
  test('asks, ejects the ISO, prints what was there, and lists what is to be put back', async () => {
    const bench = await withLab();
    expect((await findingsOf(bench, 'report-01')).out).toContain('S6');
    const run = await bench.run('fix report-01 S6', { answers: ['y'] });
    expect(run.code).toBe(exitCodes.ok);
    expect(bench.questions).toEqual([`Eject ${iso} from report-01? (y/n) `]);
    expect(run.out).toBe(`Ejected ${iso} from CD/DVD drive 1 of report-01.`);
    expect(run.notes).toContain(`F-1: Mount ${iso} again in CD/DVD drive 1`);
    expect((await findingsOf(bench, 'report-01')).out).not.toContain('S6');

    const { out } = await bench.run('fixes');
    expect(out).toMatch(/F-1 +Lab VMware\/.*report-01 +to do +Mount \[iso-lib\] rhel-9\.4-x86_64-dvd\.iso again/);
    expect(out).toContain(systemUserName());
    expect((await bench.run('fixes --done F-1')).out).toContain('F-1 (report-01) is done');
    expect((await bench.run('fixes')).notes).toContain('Nothing is left to put back');
    expect(await listed(bench)).toMatchObject([{ number: 1, state: 'done', done: { by: systemUserName() } }]);
  });

  test.each([
    ['legacy-dos-01', 'S7', 'Took [iso-lib] drivers.flp out of Floppy drive 1 of legacy-dos-01.'],
    ['license-srv-01', 'usb-device', 'Disconnected USB licence key from license-srv-01.'],
    ['fdd-01', 's7', 'answers.vfd'],
    ['setup-01', 'mounted-iso', 'ws2022-ja.iso'],
  ])('%s %s --yes', async (vm, rule, said) => {
    const bench = await withLab();
    const run = await bench.run(['fix', vm, rule, '--yes']);
    expect(run).toMatchObject({ code: exitCodes.ok });
    expect(run.out).toContain(said);
    expect(bench.questions).toEqual([]);
    expect(await listed(bench)).toMatchObject([{ state: 'applied', fix: { vmName: vm } }]);
    const again = await bench.run(['fix', vm, rule, '--yes']);
    expect(again.code).toBe(exitCodes.ok);
    expect(again.notes).toContain('has nothing that');
    expect(await listed(bench)).toHaveLength(1);
  });

  test.each([
    [['fix', 'report-01', 'S6'], undefined, exitCodes.usage, '--yes'],
    [['fix', 'report-01', 'S6'], ['n'], exitCodes.interrupted, ''],
    [['fix', 'report-01', 'S12', '--yes'], undefined, exitCodes.usage, 'S6, S7, S2'],
    [['fix', 'report-01', 'nonsense', '--yes'], undefined, exitCodes.usage, 'nonsense'],
    [['fix', 'nobody', 'S6', '--yes'], undefined, exitCodes.usage, 'nobody'],
    [['fix', 'report-01'], undefined, exitCodes.usage, 'fix <vm>'],
    [['fixes', '--done', '7'], undefined, exitCodes.usage, 'F-7'],
    [['fixes', '--done', 'all'], undefined, exitCodes.usage, '--done'],
    [['fixes', 'report-01'], undefined, exitCodes.usage, 'fixes'],
  ])('%j answered %j changes nothing', async (words, answers, code, said) => {
    const bench = await withLab();
    const run = await bench.run(words, answers === undefined ? {} : { answers });
    expect(run.code).toBe(code);
    expect(run.notes).toContain(said);
    expect((await findingsOf(bench, 'report-01')).out).toContain('S6');
    expect((await bench.run('fixes --all')).notes).toContain('has not changed any VM');
  });

  test('whose answer is lost stays in the list as not known', async () => {
    const bench = await withLab();
    bench.lab.faults.arm({ kind: 'answer-lost' });
    const run = await bench.run('fix report-01 S6 --yes');
    expect(run.code).toBe(exitCodes.notReachable);
    expect(await listed(bench)).toMatchObject([{ state: 'unknown', error: { code: 'connection-lost' } }]);
    expect((await bench.run('fixes')).out).toContain('outcome not known');
  });
});
