import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { catalog } from '../../shared/messages/catalog.ts';
import { aCommandBench, type CommandBench } from '../support/command-line-bench.ts';

const withLab = async (labSpeed?: number): Promise<CommandBench> => {
  const bench = aCommandBench([], labSpeed);
  const { code } = await bench.run('site add --lab');
  expect(code).toBe(exitCodes.ok);
  return bench;
};

interface CheckJson {
  readonly verdict: string;
  readonly findings: readonly { readonly ruleId: string; readonly text: { readonly remedy: readonly string[] } }[];
}
interface MigrateJson {
  readonly result: {
    readonly started: boolean;
    readonly end?: string;
    readonly check: CheckJson;
    readonly tasks: readonly { readonly task: string; readonly state: string; readonly placeName: string | null }[];
  };
}

describe('help', () => {
  test('is there for every command, in both languages, and documents every exit code', async () => {
    const bench = aCommandBench();
    for (const language of ['en', 'ja'] as const) {
      const { code, out } = await bench.run(`--help --language ${language}`);
      expect(code).toBe(exitCodes.ok);
      for (const number of Object.values(exitCodes)) expect(out).toMatch(new RegExp(`^ +${number} `, 'm'));
      for (const topic of ['site', 'inventory', 'check', 'migrate', 'tasks', 'demo'] as const) {
        const help = await bench.run(`${topic === 'site' ? 'site add' : topic} --help --language ${language}`);
        expect(help.out).toBe(catalog[language].cli.help[topic]);
      }
    }
  });

  test('without any word is shown too, and is an error for scripts', async () => {
    const { code, out } = await aCommandBench().run([]);
    expect(code).toBe(exitCodes.usage);
    expect(out).toContain('vmmigrate');
  });

  test('comes in the language of the system', async () => {
    const { out } = await aCommandBench().run('--help', { environment: { LANG: 'ja_JP.UTF-8' } });
    expect(out).toContain('終了コード');
  });
});

describe('words that make no sense', () => {
  test.each([
    ['frobnicate', 'frobnicate'],
    ['site frobnicate', 'site frobnicate'],
    ['__proto__', '__proto__'],
    ['inventory --frobnicate', '--frobnicate'],
    ['migrate web-01', '--to'],
    ['migrate --to rp-batch', 'at least one VM'],
    ['migrate web-01 --to rp-batch --at-a-time 99', '--at-a-time'],
    ['migrate web-01 --to rp-batch --at-a-time x', '--at-a-time'],
    ['migrate web-01 --to rp-batch --acknowledge S6', '--acknowledge'],
    ['migrate web-01 --to rp-batch --acknowledge S6=no', '--acknowledge'],
    ['migrate web-01 --to rp-batch --network a', '--network'],
    ['migrate web-01 --to rp-batch --input /nowhere/at/all', '--input'],
    ['migrate web-01 web-01 --to rp-batch', 'twice'],
    ['inventory colour:red', 'colour:red'],
    ['inventory --site nowhere', 'nowhere'],
    ['tasks show x', 'T-12'],
    ['tasks show T-99', 'T-99'],
    ['tasks --state wrong', '--state'],
    ['tasks export --format xml', '--format'],
    ['site add', 'site add'],
    ['site add vc.example.test', '--user'],
    ['site add vc.example.test --user u --port 0', '--port'],
    ['site add vc.example.test --user u --fingerprint AA', '--fingerprint'],
    ['site test nowhere', 'nowhere'],
  ])('%s is refused and says what is wrong', async (words, part) => {
    const bench = await withLab();
    const { code, notes } = await bench.run(words);
    expect(code).toBe(exitCodes.usage);
    expect(notes).toContain(part);
  });

  test('as JSON they carry code and data', async () => {
    const { code, json } = await aCommandBench().run('inventory --site nowhere --json');
    expect(code).toBe(exitCodes.usage);
    expect(json()).toMatchObject({
      format: 1,
      command: 'inventory',
      error: { code: 'site-unknown', data: { site: 'nowhere' }, text: { remedy: expect.any(Array) } },
    });
  });

  test('a password among the arguments is refused with the reason and not repeated', async () => {
    for (const words of ['site add vc --user u --password hunter2', 'site add vc --user u --password=hunter2']) {
      const { code, notes, out } = await aCommandBench().run(words);
      expect(code).toBe(exitCodes.usage);
      expect(notes).toContain('every user of this machine');
      expect(notes + out).not.toContain('hunter2');
    }
  });
});

describe('inventory', () => {
  test('shows the tree by pool, and the age of what it shows', async () => {
    const bench = await withLab();
    const { code, out, notes } = await bench.run(['inventory', '--site', 'Lab VMware']);
    expect(code).toBe(exitCodes.ok);
    expect(out).toMatch(/^Lab VMware$/m);
    expect(out).toMatch(/^ {4}CL-PROD-01 {2}\(cluster\)$/m);
    expect(out).not.toMatch(/Resources|HVCL01/);
    expect(notes).toMatch(/Lab VMware: data of \d+ s ago/);
  });

  test('finds by fields, and tells scripts everything', async () => {
    const bench = await withLab();
    const { json } = await bench.run('inventory pool:rp-web state:on web --json');
    const { result } = json<{ result: { vms: { name: string; path: string; powerState: string }[] } }>();
    expect(result.vms.length).toBeGreaterThan(3);
    expect(result.vms.every((vm) => vm.name.includes('web') && vm.powerState === 'on')).toBe(true);
    expect(result.vms[0]?.path).toMatch(/^Lab VMware\/TYO-1\/CL-PROD-01\/rp-prod\/rp-web\//);
    const list = await bench.run('inventory host:hv02 --list');
    expect(list.out.split('\n').length).toBeGreaterThan(3);
  });

  test('without any site says how to add one', async () => {
    const { code, notes } = await aCommandBench().run('inventory');
    expect(code).toBe(exitCodes.ok);
    expect(notes).toContain('vmmigrate site add');
  });
});

describe('check and migrate', () => {
  test('a move that nothing stands against', async () => {
    const bench = await withLab();
    const { code, out } = await bench.run('check web-01 --to rp-staging');
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('All precautions are met.');
  });

  test('a blocked move says rule, evidence and remedy, and starts nothing', async () => {
    const bench = await withLab();
    const { code, out, notes } = await bench.run('migrate web-01 --to HVCL01');
    expect(code).toBe(exitCodes.blocked);
    expect(out).toMatch(/✗ D1 .*\n.*HVCL01 is Hyper-V/);
    expect(notes).toContain('nothing was started');
    const { json } = await bench.run('migrate web-01 --to HVCL01 --json');
    const { result } = json<MigrateJson>();
    expect(result).toMatchObject({ started: false, tasks: [], check: { verdict: 'blocked' } });
    expect((await bench.run('tasks')).notes).toContain('No tasks');
  });

  test('a dry run checks and starts nothing', async () => {
    const bench = await withLab();
    const { code, out } = await bench.run('migrate web-01 --to rp-staging --dry-run');
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('nothing was started');
    expect((await bench.run('tasks --json')).json()).toMatchObject({ result: { tasks: [] } });
  });

  test('moves several VMs, also out of a file, and keeps the story', async () => {
    const bench = await withLab();
    const file = join(bench.directory, 'vms.txt');
    writeFileSync(file, '# from the change request\r\nrp-web/web-02   # nested path\n\nweb-04\n');
    const { code, out } = await bench.run(['migrate', 'web-01', '--to', 'CL-STG-01/rp-staging', '--input', file]);
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('3 of 3 tasks completed.');

    const moved = await bench.run('inventory pool:rp-staging web-0 --refresh --json');
    const names = moved.json<{ result: { vms: { name: string }[] } }>().result.vms.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['web-01', 'web-02', 'web-04']));

    expect((await bench.run('tasks')).out).toMatch(/T-3 +Completed/);
    expect((await bench.run('tasks --limit 1 --json')).json()).toMatchObject({ result: { tasks: [{ task: 'T-3' }] } });
    const history = await bench.run('tasks show T-1');
    for (const line of ['created', 'Check begins', 'Move: done', 'is now at rp-staging', 'completed']) {
      expect(history.out).toContain(line);
    }
    expect((await bench.run('tasks show T-1 --language ja')).out).toContain('完了');
  });

  test('names of the VMs may come from the standard input', async () => {
    const bench = await withLab();
    const run = await bench.run('check --input - --to rp-staging', { input: 'web-01\nweb-02\n' });
    expect(run.code).toBe(exitCodes.ok);
    expect(run.out).toContain('Checking 2 VMs');
  });

  test('a warning has to be acknowledged with a reason, which the task log keeps', async () => {
    const bench = await withLab();
    const move = ['migrate', 'web-03', '--to', 'rp-staging'];
    const refused = await bench.run([...move, '--json']);
    expect(refused.code).toBe(exitCodes.notAcknowledged);
    const { check, started } = refused.json<MigrateJson>().result;
    expect(started).toBe(false);
    const rules = [...new Set(check.findings.map(({ ruleId }) => ruleId))];
    expect(rules.length).toBeGreaterThan(0);

    const reasons = rules.flatMap((rule) => ['--acknowledge', `${rule.toLowerCase()}=maintenance window 42`]);
    expect((await bench.run([...move, ...reasons])).code).toBe(exitCodes.ok);
    expect((await bench.run('tasks show T-1')).out).toContain('maintenance window 42');
  });

  test('a network that is missing at the destination can be mapped', async () => {
    const bench = await withLab();
    expect((await bench.run('check web-01 --to rp-osaka')).out).toContain('X8');
    const { code } = await bench.run('check web-01 --to rp-osaka --network tyo-web=osa-web');
    expect(code).toBe(exitCodes.ok);
    const wrong = await bench.run('check web-01 --to rp-osaka --network tyo-web=nowhere');
    expect(wrong.code).toBe(exitCodes.usage);
  });

  test('an ambiguous name lists the candidates and does nothing', async () => {
    const bench = await withLab();
    const { lab } = bench;
    const site = { id: 'lab-vmware' as never, kind: 'lab-vmware' as const };
    const { world } = lab.server(site);
    const [first, second] = [...world.entities()].filter((entity) => entity.kind === 'virtual-machine');
    if (first === undefined || second === undefined) throw new Error('the lab is empty');
    const { renameVm } = await import('../../electron/hypervisors/lab/world-acts.ts');
    renameVm(world, first.id, 'same-name');
    renameVm(world, second.id, 'same-name');
    const { code, json } = await bench.run('check same-name --to rp-batch --json');
    expect(code).toBe(exitCodes.usage);
    expect(json()).toMatchObject({
      error: { code: 'ambiguous-name', data: { candidates: [expect.any(String), expect.any(String)] } },
    });
  });

  test('offline it checks on what was read last, and says so', async () => {
    const bench = await withLab();
    const { code, out, notes } = await bench.run('check web-01 --to rp-staging --offline');
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('X20');
    expect(notes).toContain('the server was not asked');
  });
});

describe('trouble on the way', () => {
  test('a move that fails at the platform', async () => {
    const bench = await withLab();
    bench.lab.faults.arm({
      kind: 'next-move',
      incidents: [{ kind: 'fails', atPercent: 30, fault: 'InsufficientResourcesFault', message: 'Not enough memory.' }],
    });
    const { code, out } = await bench.run('migrate web-01 --to rp-staging');
    expect(code).toBe(exitCodes.failed);
    expect(out).toContain('InsufficientResourcesFault');
    const rerun = await bench.run('tasks rerun T-1');
    expect(rerun.code).toBe(exitCodes.ok);
    expect((await bench.run('tasks show 2')).out).toContain('repeats T-1');
  });

  test('Ctrl+C asks the platform to cancel, and the VM stays where it was', async () => {
    const bench = await withLab(20);
    const { code, out, notes } = await bench.run('migrate web-01 --to rp-staging', {
      onLine: (line) => {
        if (line.includes('%')) bench.interrupt();
      },
    });
    expect(code).toBe(exitCodes.interrupted);
    expect(notes).toContain('Asking the platform to cancel');
    expect(out).toContain('Cancelled');
    const { json } = await bench.run('inventory pool:rp-web web-01 --refresh --json');
    expect(json()).toMatchObject({ result: { vms: [{ path: expect.stringContaining('rp-web') }] } });
  });

  test('a second Ctrl+C stops watching; the next command finds out what became of it', async () => {
    const bench = await withLab(20);
    bench.lab.faults.arm({ kind: 'moves-held', atPercent: 40 });
    let seen = 0;
    const { code, notes } = await bench.run('migrate web-01 --to rp-staging', {
      onLine: (line) => {
        if (!line.includes('%')) return;
        seen += 1;
        if (seen > 1) return;
        bench.interrupt();
        bench.interrupt();
      },
    });
    expect(code).toBe(exitCodes.interrupted);
    expect(notes).toContain('Stopped watching');
    bench.lab.faults.disarm('moves-held');
    await bench.run('inventory --refresh');
    expect((await bench.run('tasks --json')).json()).toMatchObject({
      result: { tasks: [{ state: expect.stringMatching(/cancelled|completed|interrupted/) }] },
    });
  });

  test('a platform that no longer answers leaves the outcome open, not failed', async () => {
    const bench = await withLab();
    const { link } = bench.lab.server({ id: 'lab-vmware' as never, kind: 'lab-vmware' });
    bench.lab.faults.arm({ kind: 'moves-held', atPercent: 40 });
    const { code, notes } = await bench.run('migrate web-01 --to rp-staging --wait 0', {
      onLine: (line) => {
        if (line.includes('%')) link.cut(null);
      },
    });
    expect(code).toBe(exitCodes.unknownOutcome);
    expect(notes).toContain('does not answer');
    const refused = await bench.run('site test lab-vmware');
    expect(refused.code).toBe(exitCodes.notReachable);
  });

  test('exporting to a folder that is not there', async () => {
    const bench = await withLab();
    const { code, notes } = await bench.run(['tasks', 'export', '--output', join(bench.directory, 'no', 'such.json')]);
    expect(code).toBe(exitCodes.failed);
    expect(notes).toContain('such.json');
  });
});

describe('sites', () => {
  test('are listed, tested and removed; removing asks', async () => {
    const bench = await withLab();
    expect((await bench.run('site list')).out).toContain('lab-hyperv');
    expect((await bench.run('site test lab-vmware')).out).toContain('8.0.3');
    expect((await bench.run('site remove lab-vmware')).code).toBe(exitCodes.usage);
    expect((await bench.run('site remove lab-vmware', { answers: ['n'] })).code).toBe(exitCodes.interrupted);
    expect((await bench.run('site remove lab-vmware', { answers: ['y'] })).code).toBe(exitCodes.ok);
    expect((await bench.run('site remove lab-hyperv --yes')).code).toBe(exitCodes.ok);
    expect((await bench.run('site list --json')).json()).toMatchObject({ result: { sites: [] } });
  });

  test('of a kind this release has no adapter for', async () => {
    const { code } = await aCommandBench().run('site add vmm.example.test --user u --kind scvmm');
    expect(code).toBe(exitCodes.notReachable);
  });
});

test('the task log is exported as JSON and CSV', async () => {
  const bench = await withLab();
  await bench.run('migrate web-01 --to rp-staging');
  const csv = join(bench.directory, 'tasks.csv');
  expect((await bench.run(['tasks', 'export', '--format', 'csv', '--output', csv])).code).toBe(exitCodes.ok);
  expect(readFileSync(csv, 'utf8')).toContain('web-01');
  expect(JSON.parse((await bench.run('tasks export')).out)).toMatchObject([{ task: 'T-1' }]);
});
