import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { inView, propertySet, reference, type SoapClient, soapClient, textOf } from '../support/vcsim-soap.ts';

const collectors = 'PropertyCollector:propertyCollector';

describeWithVcsim('updates of the vCenter simulator', () => {
  let vcsim: Vcsim;
  let client: SoapClient;
  let collector: string;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 150, scenarios: false });
  });

  /** A session of its own with a collector that watches all machines. */
  beforeEach(async () => {
    client = soapClient(vcsim);
    await client.login();
    const view = await client.call(
      'ViewManager:ViewManager',
      'CreateContainerView',
      `${reference('container', 'Folder:group-d1')}<type>VirtualMachine</type><recursive>true</recursive>`,
    );
    collector = `PropertyCollector:${textOf((await client.call(collectors, 'CreatePropertyCollector')).text, 'returnval')}`;
    const paths = ['name', 'parent', 'runtime.host', 'runtime.powerState', 'resourcePool', 'parentVApp', 'datastore'];
    const spec = `${propertySet('VirtualMachine', paths)}${inView(`ContainerView:${textOf(view.text, 'returnval')}`)}`;
    await client.call(collector, 'CreateFilter', `<spec>${spec}</spec><partialUpdates>false</partialUpdates>`);
  });

  afterAll(() => vcsim?.stop());

  const wait = (version: string, seconds = 20) =>
    client.call(
      collector,
      'WaitForUpdatesEx',
      `<version>${version}</version><options><maxWaitSeconds>${seconds}</maxWaitSeconds></options>`,
    );

  /** Reads everything and returns the version it ends with. */
  const readAll = async (): Promise<string> => {
    let version = '';
    for (;;) {
      const { text } = await wait(version);
      version = textOf(text, 'version') ?? '';
      if (!text.includes('<truncated>true</truncated>')) return version;
    }
  };

  const kinds = (text: string) => [...text.matchAll(/<kind>(\w+)<\/kind>/gu)].map((match) => match[1]);

  test('begin with everything, in pages of at most 100', async () => {
    const first = await wait('');
    expect(kinds(first.text)).toEqual(Array.from({ length: 100 }, () => 'enter'));
    expect(first.text).toContain('<truncated>true</truncated>');
    const second = await wait(textOf(first.text, 'version') ?? '');
    expect(kinds(second.text)).toHaveLength(50);
    expect(second.text).not.toContain('<truncated>');
  });

  test('tell a finished move at once: host, pool, vApp and datastore', async () => {
    await vcsim.control('/relocate', { mode: 'manual' });
    const version = await readAll();
    const machine = await client.find('VirtualMachine', 'vm-0001');
    const spec =
      reference('datastore', await client.find('Datastore', 'datastore-2')) +
      reference('pool', await client.find('VirtualApp', 'vapp-2-1'));
    await client.call(machine, 'RelocateVM_Task', `<spec>${spec}</spec>`);
    const waiting = wait(version);
    await vcsim.control('/relocate/step', { vm: 'vm-0001', finish: true });
    const { text } = await waiting;
    expect(kinds(text)).toEqual(['modify']);
    for (const path of ['parent', 'runtime.host', 'resourcePool', 'parentVApp', 'datastore']) {
      expect(text).toContain(`<name>${path}</name>`);
    }
    expect(text).not.toContain('<name>name</name>');
  });

  test('tell what others do: power, name, move, deletion, creation', async () => {
    let version = await readAll();
    const next = async (change: Promise<unknown>): Promise<string> => {
      await change;
      const { text } = await wait(version);
      version = textOf(text, 'version') ?? '';
      return text;
    };
    expect(await next(vcsim.govc('vm.power', '-on', 'vm-0004'))).toContain('poweredOn');
    expect(await next(vcsim.control('/rename', { vm: 'vm-0004', name: 'other-name' }))).toContain('other-name');
    const moved = await next(vcsim.control('/move-by-someone-else', { vm: 'other-name', pool: 'vapp-1-1' }));
    expect(moved).toContain('<name>parentVApp</name>');
    const back = await next(vcsim.control('/move-by-someone-else', { vm: 'other-name', pool: 'cluster-1' }));
    expect(back).toMatch(/<name>parentVApp<\/name><op>assign<\/op><\/changeSet>/u);
    expect(kinds(await next(vcsim.control('/destroy', { vm: 'other-name' })))).toContain('leave');
    const created = await next(
      vcsim.govc(
        'vm.create',
        '-on=false',
        '-pool',
        'production-1',
        '-ds',
        'datastore-1',
        '-net',
        'dvpg-vlan-200',
        'new',
      ),
    );
    expect(created).toMatch(/<kind>enter<\/kind>[\s\S]+>new<\/val>/u);
  });

  test('answer nothing when nothing happens, and can be cancelled', async () => {
    const version = await readAll();
    expect((await wait(version, 0)).text).not.toContain('<returnval>');
    let fault: string | null | undefined;
    void wait(version).then((reply) => {
      fault = reply.fault;
    });
    const cancel = async () => {
      await client.call(collector, 'CancelWaitForUpdates');
      return fault;
    };
    await expect.poll(cancel).toBe('RequestCanceled');
  });

  test('repeat an answer that got lost and refuse a version they never gave', async () => {
    const version = await readAll();
    await vcsim.control('/rename', { vm: 'vm-0005', name: 'vm-0005-once' });
    const first = await wait(version);
    expect((await wait(version)).text).toBe(first.text);
    expect((await wait(textOf(first.text, 'version') ?? '', 0)).text).not.toContain('<returnval>');
    expect((await wait('4711')).fault).toBe('InvalidCollectorVersion');
  });

  test('survive cut connections: the change is told to the next call', async () => {
    const version = await readAll();
    const waiting = wait(version).catch((error: Error) => error);
    await expect.poll(() => vcsim.control('/drop-connections', {})).not.toEqual({ dropped: 0 });
    expect(await waiting).toBeInstanceOf(Error);
    await vcsim.control('/rename', { vm: 'vm-0006', name: 'vm-0006-renamed' });
    expect((await wait(version)).text).toContain('vm-0006-renamed');
  });

  test('end with the session', async () => {
    const version = await readAll();
    const waiting = wait(version);
    await vcsim.control('/sessions/expire', {});
    expect((await waiting).fault).toBe('NotAuthenticated');
    expect((await client.call('ServiceInstance:ServiceInstance', 'CurrentTime')).fault).toBe('NotAuthenticated');
    expect((await client.login()).fault).toBeNull();
  });
});
