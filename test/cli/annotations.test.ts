import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { systemUserName } from '../../electron/system-user.ts';
import type { AnnotationState } from '../../shared/domain/annotation.ts';
import { catalog } from '../../shared/messages/catalog.ts';
import { aCommandBench, type CommandBench, type CommandRun } from '../support/command-line-bench.ts';

const withLab = async (): Promise<CommandBench> => {
  const bench = aCommandBench();
  await bench.run('site add --lab');
  return bench;
};

const me = systemUserName();
const result = <Result>(run: CommandRun): Result => run.json<{ result: Result }>().result;

const lock = (bench: CommandBench, ...vms: readonly string[]): Promise<CommandRun> =>
  bench.run(['lock', ...vms, '--reason', 'audit until Friday']);
const waive = (bench: CommandBench, ...words: readonly string[]): Promise<CommandRun> =>
  bench.run(['waive', ...words, '--reason', 'agreed with the owner', '--until', '30d']);

describe('lock', () => {
  test('keeps VMs from being moved, until unlock', async () => {
    const bench = await withLab();
    const locked = await lock(bench, 'web-01', 'rp-web/web-02');
    expect(locked).toMatchObject({ code: exitCodes.ok });
    expect(locked.out.split('\n')).toHaveLength(2);

    const list = await bench.run('locks');
    expect(list.out).toMatch(new RegExp(`^Lab VMware/.*/rp-web/web-01 +${me} +.*audit until Friday$`, 'm'));

    const refused = await bench.run('migrate web-01 --to rp-staging');
    expect(refused.code).toBe(exitCodes.blocked);
    expect(refused.out).toMatch(new RegExp(`✗ X19 .*\\n.*web-01 was locked by ${me}: audit until Friday`));
    expect((await bench.run('tasks')).notes).toContain('No tasks');

    expect((await bench.run('unlock web-01')).out).toContain('no longer locked');
    expect((await bench.run('unlock web-01')).out).toContain('was not locked');
    expect((await bench.run('check web-01 --to rp-staging')).code).toBe(exitCodes.ok);
    expect(result<AnnotationState>(await bench.run('locks --json')).locks.map(({ vmName }) => vmName)).toEqual([
      'web-02',
    ]);
  });

  test('says everything that was ever said', async () => {
    const bench = await withLab();
    expect((await bench.run('locks --history')).notes).toContain('Nobody');
    await lock(bench, 'web-01');
    await waive(bench, '--any-vm', '--site', 'Lab VMware', 'S6');
    await bench.run('unlock web-01');
    const { out } = await bench.run('locks --history');
    const [, ...lines] = out.split('\n');
    expect(lines.map((line) => line.replaceAll(/ {2,}/g, '|').split('|').slice(1))).toEqual([
      [me, 'web-01', 'unlocked'],
      [me, 'any VM of Lab VMware', 'S6 waived', 'agreed with the owner'],
      [me, 'web-01', 'locked', 'audit until Friday'],
    ]);
  });

  test('of a VM whose site was removed can be lifted', async () => {
    const bench = await withLab();
    await lock(bench, 'web-01');
    await bench.run(['site', 'remove', 'Lab VMware', '--yes']);
    expect((await bench.run('locks')).out).toMatch(/^web-01 /m);
    expect((await bench.run('unlock web-01')).out).toContain('no longer locked');
    expect((await bench.run('locks')).notes).toContain('No VM is locked');
  });

  test.each([
    [['lock', 'web-01'], '--reason'],
    [['lock', 'web-01', '--reason', 'no'], '--reason'],
    [['lock', '--reason', 'audit'], 'lock <vm'],
    [['lock', 'nobody', '--reason', 'audit'], 'nobody'],
    [['lock', 'web-01', 'nobody', '--reason', 'audit'], 'nobody'],
    [['lock', 'web-01', '--site', 'elsewhere', '--reason', 'audit'], 'elsewhere'],
    [['unlock', 'nobody'], 'nobody'],
    [['unlock'], 'unlock <vm'],
    [['locks', 'web-01'], 'locks'],
  ])('%j is refused and locks nothing', async (words, said) => {
    const bench = await withLab();
    const { code, notes } = await bench.run(words);
    expect(code).toBe(exitCodes.usage);
    expect(notes).toContain(said);
    expect(result(await bench.run('locks --json'))).toEqual({ locks: [] });
  });

  test('a name that fits two VMs names both and locks neither', async () => {
    const bench = await withLab();
    const { code, notes } = await lock(bench, 'intranet-01');
    expect(code).toBe(exitCodes.usage);
    expect(notes).toMatch(/Lab VMware\/.*intranet-01/);
    expect(result(await bench.run('locks --json'))).toEqual({ locks: [] });
  });
});

describe('waive', () => {
  test('answers a warning in advance: the check is clear, and still says it', async () => {
    const bench = await withLab();
    const before = await bench.run('check mail-archive-01 --to rp-staging');
    expect(before.code).toBe(exitCodes.notAcknowledged);
    const given = await waive(bench, 'mail-archive-01', 'consolidation-needed');
    expect(given.out).toMatch(/^X15 is waived for mail-archive-01 until /);
    expect(given.notes).toContain('never lifts a blocker');

    const after = await bench.run('check mail-archive-01 --to rp-staging');
    expect(after.code).toBe(exitCodes.ok);
    expect(after.out).toMatch(/! X15/);
    expect(after.out).toContain(`by ${me}: agreed with the owner`);

    expect((await bench.run('waivers')).out).toMatch(/mail-archive-01 +X15 /);
    expect((await bench.run('unwaive mail-archive-01 x15')).out).toContain('no longer waived');
    expect((await bench.run('unwaive mail-archive-01 X15')).out).toContain('was not waived');
    expect((await bench.run('check mail-archive-01 --to rp-staging')).code).toBe(exitCodes.notAcknowledged);
    expect((await bench.run('waivers')).notes).toContain('Nothing is waived');
  });

  test('moves without an acknowledgement, and the task log keeps the waiver', async () => {
    const bench = await withLab();
    await waive(bench, 'mail-archive-01', 'X15');
    const moved = await bench.run('migrate mail-archive-01 --to rp-staging');
    expect(moved.code).toBe(exitCodes.ok);
    const shown = result<{ events: { body: { kind: string; findings?: object[] } }[] }>(
      await bench.run('tasks show 1 --json'),
    );
    const checked = shown.events.find(({ body }) => body.kind === 'checked');
    expect(checked?.body.findings).toContainEqual(
      expect.objectContaining({ ruleId: 'X15', waiver: expect.objectContaining({ by: me }) }),
    );
  });

  test('for any VM of a site, and only there', async () => {
    const bench = await withLab();
    expect((await waive(bench, '--any-vm', '--site', 'Lab Hyper-V', 'X15')).code).toBe(exitCodes.ok);
    expect((await bench.run('check mail-archive-01 --to rp-staging')).code).toBe(exitCodes.notAcknowledged);
    expect((await waive(bench, '--any-vm', '--site', 'lab vmware', 'X15')).code).toBe(exitCodes.ok);
    expect((await bench.run('check mail-archive-01 --to rp-staging')).code).toBe(exitCodes.ok);
    expect((await bench.run('waivers')).out).toContain('any VM of Lab VMware');
    await bench.run(['unwaive', '--any-vm', '--site', 'Lab VMware', 'X15']);
    expect((await bench.run('check mail-archive-01 --to rp-staging')).code).toBe(exitCodes.notAcknowledged);
  });

  test('never helps against a blocker', async () => {
    const bench = await withLab();
    await waive(bench, 'analytics-01', 'X17');
    const { code, out } = await bench.run('check analytics-01 --to rp-staging');
    expect(code).toBe(exitCodes.blocked);
    expect(out).toMatch(/✗ X17/);
    expect(out).not.toContain('agreed with the owner');
  });

  test.each([
    [['waive', 'web-01', 'S6', '--until', '30d'], '--reason'],
    [['waive', 'web-01', 'S6', '--reason', 'agreed'], '--until'],
    [['waive', 'web-01', 'S6', '--reason', 'agreed', '--until', '2001-01-01'], 'over'],
    [['waive', 'web-01', 'Z9', '--reason', 'agreed', '--until', '30d'], 'Z9'],
    [['waive', 'web-01', 'vlan', '--reason', 'agreed', '--until', '30d'], 'vlan'],
    [['waive', 'web-01', 'X19', '--reason', 'agreed', '--until', '30d'], 'X19'],
    [['waive', 'web-01', 'D5', '--reason', 'agreed', '--until', '30d'], 'D5'],
    [['waive', 'web-01', '--reason', 'agreed', '--until', '30d'], '<vm> <rule>'],
    [['waive', 'nobody', 'S6', '--reason', 'agreed', '--until', '30d'], 'nobody'],
    [['waive', '--any-vm', 'S6', '--reason', 'agreed', '--until', '30d'], '--site'],
    [['waive', '--any-vm', '--site', 'x', 'S6', '--reason', 'agreed', '--until', '30d'], 'x'],
  ])('%j is refused', async (words, said) => {
    const bench = await withLab();
    const { code, notes } = await bench.run(words);
    expect(code).toBe(exitCodes.usage);
    expect(notes).toContain(said);
    expect(result(await bench.run('waivers --json'))).toEqual({ waivers: [] });
  });
});

describe('mark-guest-cluster', () => {
  test('makes a move warn, until the mark is off', async () => {
    const bench = await withLab();
    expect((await bench.run('mark-guest-cluster')).notes).toContain('No VM is marked');
    await bench.run('mark-guest-cluster hr-app-01');
    expect((await bench.run('mark-guest-cluster')).out).toMatch(new RegExp(`hr-app-01 +${me}`));
    const warned = await bench.run('check hr-app-01 --to hv02');
    expect(warned.code).toBe(exitCodes.notAcknowledged);
    expect(warned.out).toMatch(/! S1/);
    await bench.run('mark-guest-cluster hr-app-01 --off');
    expect((await bench.run('check hr-app-01 --to hv02')).out).not.toMatch(/S1/);
  });

  test('is refused on VMware, with the reason', async () => {
    const bench = await withLab();
    const { code, notes } = await bench.run('mark-guest-cluster web-01');
    expect(code).toBe(exitCodes.usage);
    expect(notes).toContain('Hyper-V');
  });
});

test.each(['lock', 'unlock', 'locks', 'waive', 'unwaive', 'waivers', 'mark-guest-cluster', 'findings'])(
  '%s explains itself in both languages',
  async (command) => {
    const bench = aCommandBench();
    const [en, ja] = await Promise.all([bench.run(`${command} --help`), bench.run(`${command} --help --language ja`)]);
    expect(en.out).toContain(`${command} `);
    expect(ja.out).toContain(`${command} `);
    expect(ja.out).not.toBe(en.out);
    for (const language of ['en', 'ja'] as const) expect(catalog[language].cli.help.main).toContain(command);
  },
);
