import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** The command line as a shell starts it. */
const vmmigrate = (
  words: readonly string[],
  options: {
    readonly directory?: string;
    readonly labSpeed?: number;
    readonly onOutput?: (child: ChildProcess) => void;
  } = {},
): Promise<Ended> => {
  const child = spawn(process.execPath, [cli, ...words], {
    env: {
      ...process.env,
      LANG: 'C',
      VM_CONSOLE_DATA_DIR: options.directory ?? temporaryDirectory(),
      VM_CONSOLE_LAB_SPEED: String(options.labSpeed ?? 50),
      TMPDIR: temporaryDirectory(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let notes = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
    options.onOutput?.(child);
  });
  child.stderr.on('data', (chunk) => {
    notes += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, notes }));
  });
};

/** Starting a process takes long on a busy machine. */
const patient = { timeout: 120_000 };

describe('vmmigrate as its own process', patient, () => {
  test('the demo needs nothing, tells its story and leaves nothing behind', async () => {
    const directory = temporaryDirectory();
    const { code, out, notes } = await vmmigrate(['demo'], { directory });
    expect({ code, notes }).toEqual({ code: 0, notes: '' });
    for (const part of [
      'CL-PROD-01',
      'Other virtualization software',
      'web-01',
      '%',
      'payroll-01',
      'The image is sealed',
      'completed',
    ]) {
      expect(out).toContain(part);
    }
    expect(readdirSync(directory)).toEqual([]);
  });

  test('the demo speaks Japanese, and JSON', async () => {
    expect((await vmmigrate(['demo', '--language', 'ja'])).out).toContain('稼働中の仮想マシン');
    const { code, out } = await vmmigrate(['demo', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ command: 'demo', result: { task: { state: 'completed' } } });
  });

  test('sites and what was read stay for the next command', async () => {
    const directory = temporaryDirectory();
    expect(await vmmigrate(['site', 'add', '--lab'], { directory })).toMatchObject({ code: 0 });
    const { code, out } = await vmmigrate(['inventory', 'web-01', '--offline', '--json'], { directory });
    expect(code).toBe(0);
    expect(JSON.parse(out).result.vms.length).toBeGreaterThan(0);
  });

  test('exit codes reach the shell', async () => {
    expect((await vmmigrate(['nonsense'])).code).toBe(2);
    const directory = temporaryDirectory();
    await vmmigrate(['site', 'add', '--lab'], { directory });
    expect((await vmmigrate(['check', 'web-01', '--to', 'HVCL01'], { directory })).code).toBe(3);
    expect((await vmmigrate(['check', 'web-03', '--to', 'rp-staging'], { directory })).code).toBe(4);
    const unreachable = ['site', 'add', '127.0.0.1', '--port', '1', '--user', 'u'];
    expect((await vmmigrate(unreachable, { directory })).code).toBe(5);
  });

  test('Ctrl+C cancels a running move in an orderly way', async () => {
    const directory = temporaryDirectory();
    await vmmigrate(['site', 'add', '--lab'], { directory });
    let interrupted = false;
    const { code, out, notes } = await vmmigrate(['migrate', 'web-01', '--to', 'rp-staging'], {
      directory,
      labSpeed: 2,
      onOutput: (child) => {
        if (interrupted) return;
        interrupted = child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(out + notes).toMatch(/cancel/i);
  });

  test('a lock set by one process holds for the next, and its exit codes reach the shell', async () => {
    const directory = temporaryDirectory();
    await vmmigrate(['site', 'add', '--lab'], { directory });
    expect(await vmmigrate(['lock', 'web-01', '--reason', 'audit'], { directory })).toMatchObject({ code: 0 });
    const refused = await vmmigrate(['migrate', 'web-01', '--to', 'rp-staging'], { directory });
    expect(refused.code).toBe(3);
    expect(refused.out).toContain('X19');
    const { code, out } = await vmmigrate(['findings', 'finding:locked', '--offline', '--csv'], { directory });
    expect(code).toBe(0);
    expect(out).toMatch(/\r\nweb-01,/);
    expect((await vmmigrate(['unlock', 'web-01'], { directory })).code).toBe(0);
    expect((await vmmigrate(['check', 'web-01', '--to', 'rp-staging'], { directory })).code).toBe(0);
    const warned = await vmmigrate(['check', 'mail-archive-01', '--to', 'rp-staging'], { directory });
    expect(warned.code).toBe(4);
  });

  test('a reader that goes away ends it quietly', async () => {
    const { notes } = await vmmigrate(['--help'], { onOutput: (child) => child.stdout?.destroy() });
    expect(notes).toBe('');
  });
});
