import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { findingsAsCsv } from '../../electron/cli/findings-csv.ts';
import { finding } from '../../shared/domain/finding.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';
import { idOf } from '../support/inventory-builders.ts';

const withLab = async (): Promise<CommandBench> => {
  const bench = aCommandBench();
  await bench.run('site add --lab');
  return bench;
};

interface FindingsJson {
  readonly result: {
    readonly examined: number;
    readonly vms: readonly {
      readonly vmName: string;
      readonly path: string;
      readonly verdict: string;
      readonly findings: readonly { readonly ruleId: string; readonly methods: readonly string[] }[];
    }[];
  };
}

const namesOf = async (bench: CommandBench, query: string): Promise<readonly string[]> => {
  const { json } = await bench.run(`findings ${query} --offline --json`);
  return json<FindingsJson>().result.vms.map(({ vmName }) => vmName);
};

/** Plain CSV: the cells asked for here hold no quotes. */
const csvRows = (text: string): readonly (readonly string[])[] =>
  text
    .replace('\uFEFF', '')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

describe('findings', () => {
  test('names what blocks VMs as they are now, and where they are', async () => {
    const bench = await withLab();
    const { code, out, notes } = await bench.run('findings --offline');
    expect(code).toBe(exitCodes.ok);
    expect(out).toMatch(/^trading-01 +X6 +Blocker +now +.*Lab VMware\/TYO-1\/CL-PROD-01\//m);
    expect(out).toMatch(/^san-01 +S8 /m);
    expect(out).not.toMatch(/^web-01 /m);
    expect(notes).toMatch(/Lab VMware: data of/);
    expect(notes).toMatch(/VMs of 201/);
  });

  test.each([
    ['finding:rdm', ['cache-01', 'cache-02', 'unread-01']],
    ['finding:s12 finding:blocker', ['cache-01', 'cache-02']],
    ['finding:rdm cache', ['cache-01', 'cache-02']],
    ['finding:rdm state:on', []],
    ['finding:rdm site:hyper', []],
    ['finding:ft finding:blocker', ['trading-01']],
    ['finding:pass-through finding:blocker pool:rp-app', ['cad-01', 'gpu-train-01', 'nfv-01']],
    ['finding:locked', []],
  ])('%s', async (query, expected) => {
    expect([...(await namesOf(await withLab(), query))].sort()).toEqual([...expected].sort());
  });

  test('tells of a running VM what would block it once it is stopped', async () => {
    const bench = await withLab();
    const { out } = await bench.run('findings finding:checkpoint-created state:on --offline');
    const lines = out.split('\n').slice(1);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain('when stopped');
  });

  test('knows locks and waivers', async () => {
    const bench = await withLab();
    await bench.run(['lock', 'web-01', '--reason', 'audit']);
    expect(await namesOf(bench, 'finding:locked')).toEqual(['web-01']);
    await bench.run(['waive', 'mail-archive-01', 'X15', '--reason', 'agreed', '--until', '1d']);
    expect(await namesOf(bench, 'finding:waived')).toEqual(['mail-archive-01']);
    expect((await bench.run('findings finding:waived --offline')).out).toContain('waived by');
  });

  test('as CSV, one line a finding', async () => {
    const bench = await withLab();
    const { code, out, notes } = await bench.run('findings finding:s12 finding:blocker --offline --csv');
    expect(code).toBe(exitCodes.ok);
    const [head, ...rows] = csvRows(out);
    expect(head?.slice(0, 6)).toEqual(['vm', 'path', 'method', 'destination', 'rule', 'severity']);
    expect(rows.map((row) => [row[0], row[2], row[4], row[5]])).toEqual([
      ['cache-01', 'cold-evacuate', 'S12', 'blocker'],
      ['cache-02', 'cold-evacuate', 'S12', 'blocker'],
    ]);
    expect(notes).toContain('VMs of 201');
  });

  test('without any site says how to add one', async () => {
    const { code, notes } = await aCommandBench().run('findings');
    expect(code).toBe(exitCodes.ok);
    expect(notes).toContain('vmmigrate site add');
  });

  test.each([
    ['findings finding:nonsense', 'finding:nonsense'],
    ['inventory finding:nonsense', 'finding:nonsense'],
    ['findings colour:red', 'colour:red'],
    ['findings --site elsewhere', 'elsewhere'],
    ['findings --json --csv', '--csv'],
    ['tasks --csv', '--csv'],
  ])('%s is refused', async (words, said) => {
    const { code, out, notes } = await (await withLab()).run(words);
    expect(code).toBe(exitCodes.usage);
    expect(out + notes).toContain(said);
  });
});

describe('inventory', () => {
  test.each([
    ['finding:rdm', ['cache-01', 'cache-02', 'unread-01']],
    ['finding:rdm finding:blocker pool:rp-web', []],
    ['cache finding:rdm', ['cache-01', 'cache-02']],
    ['finding:rdm state:on', []],
  ])('%s lists the VMs of which that is found', async (query, expected) => {
    const bench = await withLab();
    const { code, json } = await bench.run(`inventory ${query} --offline --json`);
    expect(code).toBe(exitCodes.ok);
    const { vms } = json<{ result: { vms: readonly { readonly name: string }[] } }>().result;
    expect(vms.map(({ name }) => name).sort()).toEqual(expected);
  });

  test('with finding: gives a list, as any search does', async () => {
    const { out, notes } = await (await withLab()).run('inventory finding:rdm cache --offline');
    expect(out).toMatch(/^cache-01 +Powered off/m);
    expect(notes).toContain('2 VMs');
  });
});

describe('check as CSV', () => {
  test('has a line for each finding, one for a clear VM, and keeps the exit code', async () => {
    const bench = await withLab();
    await bench.run(['lock', 'web-01', '--reason', 'audit']);
    const { code, out } = await bench.run('check web-01 crm-app-01 --to rp-staging --csv');
    expect(code).toBe(exitCodes.blocked);
    const [, ...rows] = csvRows(out);
    expect(rows.map((row) => [row[0], row[2], row[3], row[4], row[5]])).toEqual([
      ['web-01', 'hot', 'rp-staging', 'X19', 'blocker'],
      ['crm-app-01', 'hot', 'rp-staging', '', 'clear'],
    ]);
  });

  test('has what concerns all VMs together, and why a warning was accepted', async () => {
    const bench = await withLab();
    const words = ['check', 'web-01', 'web-02', '--to', 'rp-batch', '--acknowledge', 'X11=seen and agreed', '--csv'];
    const { code, out } = await bench.run(words);
    expect(code).toBe(exitCodes.ok);
    const whole = csvRows(out).find((row) => row[0] === '');
    expect(whole?.[4]).toBe('X11');
    expect(out).toContain('seen and agreed');
    expect((await bench.run('check web-01 --to rp-batch')).out).toMatch(/^The whole operation:\n {2}! X11/m);
  });

  test('a name cannot become a formula', () => {
    const row = { vm: '=HYPERLINK("http://x")', path: '+1', methods: [], destination: '', acknowledged: '@a' } as const;
    const frame = {
      ruleId: 'X6',
      severity: 'blocker',
      vm: idOf('vm', 'a'),
      destination: null,
      factReadAt: null,
    } as const;
    const text = findingsAsCsv([{ ...row, finding: finding(frame, 'X6', { vm: '=x' }) }], 'en');
    for (const cell of csvRows(text)[1] ?? []) expect(cell).not.toMatch(/^[=+@]/);
  });
});
