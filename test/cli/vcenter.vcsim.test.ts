import { afterEach, beforeEach, expect, test } from 'vitest';
import { exitCodes } from '../../electron/cli/exit-codes.ts';
import { createVsphereAdapter } from '../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { aCommandBench, type CommandBench, type RunOptions } from '../support/command-line-bench.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';

/** What the simulator cannot tell of its machines, accepted as a person would. */
const accepted = ['--acknowledge', 'X6=the simulator has no fault tolerance'];

describeWithVcsim('vmmigrate and a vCenter', () => {
  let vcsim: Vcsim;
  let bench: CommandBench;

  beforeEach(async () => {
    vcsim = await startVcsim({ vms: 40 });
    bench = aCommandBench([createVsphereAdapter()]);
  });
  afterEach(() => vcsim.stop());

  const add = (extra: readonly string[], options: RunOptions = {}) =>
    bench.run(
      ['site', 'add', vcsim.address, '--port', String(vcsim.port), '--user', vcsim.username, '--name', 'vc', ...extra],
      options,
    );
  const environment = () => ({ VMMIGRATE_PASSWORD: vcsim.password });
  const run = (words: string | readonly string[], options: RunOptions = {}) =>
    bench.run(words, { environment: environment(), ...options });
  const added = async (): Promise<void> => {
    const { code, notes } = await add(['--fingerprint', vcsim.fingerprint], { environment: environment() });
    expect({ code, notes }).toEqual({ code: exitCodes.ok, notes: '' });
  };

  test('a certificate nobody knows is shown; a person accepts it and is asked for the password', async () => {
    const refused = await add([], { answers: ['n'] });
    expect(refused.code).toBe(exitCodes.notReachable);
    expect(refused.notes).toContain(vcsim.fingerprint);
    expect((await bench.run('site list --json')).json()).toMatchObject({ result: { sites: [] } });

    const taken = await add([], { answers: ['y', vcsim.password] });
    expect(taken.code).toBe(exitCodes.ok);
    expect(bench.questions.at(-1)).toContain(vcsim.username);
    expect(taken.out + taken.notes).not.toContain(vcsim.password);
    expect((await bench.run('site list --json')).json()).toMatchObject({
      result: { sites: [{ name: 'vc', pinnedCertificate: vcsim.fingerprint, vmCount: 40 }] },
    });
  });

  test('where nobody sits, the fingerprint has to be given, and has to be right', async () => {
    const { code, notes } = await add([], { environment: environment() });
    expect(code).toBe(exitCodes.notReachable);
    expect(notes).toContain(`--fingerprint ${vcsim.fingerprint}`);
    const wrong = vcsim.fingerprint.replace(/^../, (byte) => (byte === '00' ? '01' : '00'));
    const refused = await add(['--fingerprint', wrong, '--json'], { environment: environment() });
    expect(refused.json()).toMatchObject({ error: { code: 'certificate-changed' } });
    expect(await vcsim.control('/calls')).not.toHaveProperty('Login');
    expect((await add(['--fingerprint', vcsim.fingerprint.toLowerCase()], { environment: environment() })).code).toBe(
      0,
    );
  });

  test('a wrong password, from wherever it comes, saves nothing', async () => {
    const pin = ['--fingerprint', vcsim.fingerprint];
    for (const attempt of [
      add(pin, { environment: { VMMIGRATE_PASSWORD: 'wrong' } }),
      add([...pin, '--password-stdin'], { input: 'wrong\n' }),
      add(pin, { answers: ['wrong'] }),
    ]) {
      const { code, notes } = await attempt;
      expect(code).toBe(exitCodes.notReachable);
      expect(notes).toContain(vcsim.username);
    }
    expect((await add([...pin, '--password-stdin'], { input: `${vcsim.password}\n` })).code).toBe(exitCodes.ok);
  });

  test('without a password nothing is tried', async () => {
    const { code, json } = await add(['--fingerprint', vcsim.fingerprint, '--json']);
    expect(code).toBe(exitCodes.notReachable);
    expect(json()).toMatchObject({ error: { code: 'password-needed' } });
    expect(await vcsim.control('/calls')).not.toHaveProperty('Login');
  });

  test('a running VM is moved, as the server itself confirms, and every session is ended', async () => {
    await added();
    const { code, out } = await run(['migrate', 'vm-0003', '--to', 'cluster-1/development-1', ...accepted]);
    expect(out).toContain('1 of 1 task completed.');
    expect(code).toBe(exitCodes.ok);
    expect(await vcsim.state('vm-0003')).toMatchObject({ pool: 'development-1', power: 'poweredOn', moving: false });
    const { Login: logins, Logout: logouts } = await vcsim.control<Record<string, number>>('/calls');
    expect(logouts).toBe(logins);
  });

  test('what the platform objects to is told before anything starts', async () => {
    await added();
    const errors = [{ fault: 'VMotionNotConfigured', message: 'vMotion is not configured on the host.' }];
    await vcsim.control('/check', { vm: 'vm-0003', errors, warnings: [] });
    const { code, out } = await run(['migrate', 'vm-0003', '--to', 'development-1', ...accepted]);
    expect(code).toBe(exitCodes.blocked);
    expect(out).toContain('VMotionNotConfigured');
    expect(await vcsim.control('/calls')).not.toHaveProperty('RelocateVM_Task');
  });

  test('Ctrl+C cancels the move at the server', async () => {
    await added();
    await vcsim.control('/relocate', { mode: 'auto', durationMs: 20_000 });
    let interrupted = false;
    const { code, notes } = await run(['migrate', 'vm-0003', '--to', 'development-1', ...accepted], {
      onLine: (line) => {
        if (interrupted || !/Running/.test(line)) return;
        interrupted = true;
        bench.interrupt();
      },
    });
    expect(notes).toContain('cancel');
    expect(code).toBe(exitCodes.interrupted);
    expect(await vcsim.state('vm-0003')).toMatchObject({ pool: 'production-1-a', moving: false });
  });

  test('a server that dies half-way leaves the outcome open, and the data of before in place', async () => {
    await added();
    await vcsim.control('/relocate', { mode: 'manual' });
    let dead: Promise<void> | undefined;
    const { code } = await run(['migrate', 'vm-0003', '--to', 'development-1', '--wait', '1', ...accepted], {
      onLine: (line) => {
        if (/Running/.test(line)) {
          dead ??= expect
            .poll(async () => (await vcsim.state('vm-0003')).moving)
            .toBe(true)
            .then(() => vcsim.kill());
        }
      },
    });
    await dead;
    expect(code).toBe(exitCodes.unknownOutcome);
    expect((await run('tasks --json')).json()).toMatchObject({ result: { tasks: [{ state: 'unknown' }] } });
    const offline = await run('inventory --offline --json');
    expect(offline.code).toBe(exitCodes.ok);
    expect(offline.json<{ result: { vms: unknown[] } }>().result.vms).toHaveLength(40);
    expect((await run('site test vc')).code).toBe(exitCodes.notReachable);

    await vcsim.restart();
    expect((await run('inventory --refresh')).code).toBe(exitCodes.ok);
  });

  test('another certificate than the pinned one stops every contact', async () => {
    await added();
    await vcsim.restart({ newCertificate: true });
    const { code, json } = await run('inventory --refresh --json');
    expect(code).toBe(exitCodes.notReachable);
    expect(json()).toMatchObject({ error: { code: 'certificate-changed' } });
    expect(await vcsim.control('/calls')).not.toHaveProperty('Login');
  });
});
