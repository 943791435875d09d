import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { soapClient, textOf } from '../support/vcsim-soap.ts';

const service = 'ServiceInstance:ServiceInstance';

describeWithVcsim('control of the vCenter simulator', () => {
  let vcsim: Vcsim;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 20, scenarios: false });
  });

  afterAll(() => vcsim?.stop());

  const loggedIn = async () => {
    const client = soapClient(vcsim);
    await client.login();
    return client;
  };

  test('ends all sessions', async () => {
    const client = await loggedIn();
    expect((await client.call(service, 'CurrentTime')).fault).toBeNull();
    await vcsim.control('/sessions/expire', {});
    expect((await client.call(service, 'CurrentTime')).fault).toBe('NotAuthenticated');
  });

  test('lets calls fail as often as asked', async () => {
    const client = await loggedIn();
    const machine = await client.find('VirtualMachine', 'vm-0001');
    const rule = { method: 'PowerOffVM_Task', object: 'vm-0001', fault: 'NoPermission', message: 'Not you.', count: 1 };
    await vcsim.control('/fault', { ...rule, properties: { privilegeId: 'VirtualMachine.Interact.PowerOff' } });
    const refused = await client.call(machine, 'PowerOffVM_Task');
    expect(refused.fault).toBe('NoPermission');
    expect(refused.text).toMatch(/Not you\.[\s\S]+VirtualMachine\.Interact\.PowerOff/u);
    expect((await client.call(machine, 'PowerOffVM_Task')).fault).toBeNull();
    await expect(vcsim.control('/fault', { method: '*', fault: 'NoSuchFault' })).rejects.toThrow('NoSuchFault');
    await vcsim.control('/fault/clear', {});
  });

  test('lets the API answer with a bare HTTP error', async () => {
    const client = await loggedIn();
    await vcsim.control('/http-error', { status: 503 });
    expect(await client.call(service, 'CurrentTime')).toMatchObject({ status: 503 });
    expect(await client.call(service, 'CurrentTime')).toMatchObject({ status: 200 });
  });

  test('counts calls', async () => {
    await vcsim.control('/calls/reset', {});
    const client = await loggedIn();
    await client.call(service, 'CurrentTime');
    expect(await vcsim.control('/calls')).toEqual({ Login: 1, CurrentTime: 1 });
  });

  test('cuts connections abruptly', async () => {
    const socket = connect(vcsim.port, vcsim.address);
    await once(socket, 'connect');
    const broken = new Promise((resolve) => socket.once('error', resolve));
    await expect.poll(() => vcsim.control('/drop-connections', {})).not.toEqual({ dropped: 0 });
    expect(await broken).toMatchObject({ code: 'ECONNRESET' });
    expect((await (await loggedIn()).call(service, 'CurrentTime')).fault).toBeNull();
  });

  test('fills a datastore, which stays full when its space is asked for anew', async () => {
    const gigabyte = 1024 ** 3;
    const room = async (): Promise<readonly unknown[]> => {
      const answer = await vcsim.govc<{ datastores: readonly { summary: { freeSpace: number; capacity: number } }[] }>(
        'datastore.info',
        'datastore-1',
      );
      return answer.datastores.map(({ summary }) => [summary.freeSpace, summary.capacity]);
    };
    const space = { freeBytes: 3 * gigabyte, capacityBytes: 100 * gigabyte };
    expect(await vcsim.setSpace('datastore-1', space)).toEqual({ name: 'datastore-1', ...space });
    expect(await room()).toEqual([[3 * gigabyte, 100 * gigabyte]]);
    const client = await loggedIn();
    const refreshed = await client.call(await client.find('Datastore', 'datastore-1'), 'RefreshDatastore');
    expect(refreshed.fault).toBeNull();
    expect(await room()).toEqual([[3 * gigabyte, 100 * gigabyte]]);
    expect(await vcsim.setSpace('datastore-1', { freeBytes: 0 })).toMatchObject({ capacityBytes: 100 * gigabyte });
    expect(await room()).toEqual([[0, 100 * gigabyte]]);
  });

  test('says what is wrong with a request', async () => {
    await expect(vcsim.state('nobody')).rejects.toThrow('there is no machine nobody');
    await expect(vcsim.control('/relocate', { mode: 'sometimes' })).rejects.toThrow('mode must be');
    await expect(vcsim.control('/relocate', { durationMilliseconds: 5 })).rejects.toThrow('unknown field');
    await expect(vcsim.control('/relocate/step', { finish: true })).rejects.toThrow('no machine is moving');
    await expect(vcsim.control('/move-by-someone-else', { vm: 'vm-0001', pool: 'nowhere' })).rejects.toThrow('nowhere');
    await expect(vcsim.setSpace('nowhere', { freeBytes: 1 })).rejects.toThrow('no Datastore named nowhere');
    await expect(vcsim.setSpace('datastore-1', { freeBytes: -1 })).rejects.toThrow('freeBytes must');
    await expect(vcsim.setSpace('datastore-1', { freeBytes: 2, capacityBytes: 1 })).rejects.toThrow('freeBytes must');
  });

  test('hangs while frozen and goes on when thawed', async () => {
    const client = await loggedIn();
    vcsim.freeze();
    let answered = false;
    const call = client.call(service, 'CurrentTime').then((reply) => {
      answered = true;
      return reply;
    });
    const socket = connect(vcsim.port, vcsim.address);
    await once(socket, 'connect');
    socket.destroy();
    expect(answered).toBe(false);
    vcsim.thaw();
    expect((await call).fault).toBeNull();
  });

  test('comes back on the same port with the same references, and with another certificate if asked', async () => {
    const before = { url: vcsim.url, fingerprint: vcsim.fingerprint, machine: await vcsim.state('vm-0002') };
    await vcsim.kill();
    await expect(await loggedIn().catch((error: Error) => error)).toMatchObject({ code: 'ECONNREFUSED' });
    await vcsim.restart();
    expect({ url: vcsim.url, fingerprint: vcsim.fingerprint, machine: await vcsim.state('vm-0002') }).toEqual(before);
    await vcsim.restart({ newCertificate: true });
    expect(vcsim.url).toBe(before.url);
    expect(vcsim.fingerprint).not.toBe(before.fingerprint);
    const client = await loggedIn();
    expect(client.fingerprint()).toBe(vcsim.fingerprint);
  });
});

describeWithVcsim('an idle session', () => {
  test('ends, while one that calls goes on', async () => {
    const vcsim = await startVcsim({ vms: 1, scenarios: false, sessionTimeoutSeconds: 1 });
    try {
      const idle = soapClient(vcsim);
      const key = textOf((await idle.login()).text, 'key');
      const busy = soapClient(vcsim);
      await busy.login();
      const ask = `<sessionID>${key}</sessionID><userName>${vcsim.username}</userName>`;
      const isActive = async () =>
        textOf((await busy.call('SessionManager:SessionManager', 'SessionIsActive', ask)).text, 'returnval');
      expect(await isActive()).toBe('true');
      await expect.poll(isActive, { timeout: 20_000 }).toBe('false');
      expect((await idle.call(service, 'CurrentTime')).fault).toBe('NotAuthenticated');
      expect((await busy.call(service, 'CurrentTime')).fault).toBeNull();
    } finally {
      await vcsim.stop();
    }
  });
});

describeWithVcsim('a vCenter simulator with 5,000 machines', () => {
  test('starts', { timeout: 180_000 }, async ({ annotate }) => {
    const vcsim = await startVcsim({ vms: 5000, clusters: 4, hosts: 8, pools: 4 });
    try {
      await annotate(`5,000 machines were ready after ${vcsim.startedInMs} ms`);
      expect(await vcsim.state('vm-4985')).toMatchObject({ name: 'vm-4985' });
    } finally {
      await vcsim.stop();
    }
  });
});
