import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { reference, type SoapClient, soapClient, textOf } from '../support/vcsim-soap.ts';

describeWithVcsim('moves in the vCenter simulator', () => {
  let vcsim: Vcsim;
  let client: SoapClient;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 60, scenarios: false });
    client = soapClient(vcsim);
    await client.login();
  });

  afterEach(() => vcsim.control('/relocate', { mode: 'auto', durationMs: 20 }));
  afterAll(() => vcsim?.stop());

  const relocate = async (vm: string, spec: string) =>
    client.call(await client.find('VirtualMachine', vm), 'RelocateVM_Task', `<spec>${spec}</spec>`);

  /** Starts a move that does nothing until told to, and returns its task. */
  const begin = async (vm: string, pool: string): Promise<string> => {
    const reply = await relocate(vm, reference('pool', await client.find('ResourcePool', pool)));
    expect(reply.fault).toBeNull();
    return `Task:${textOf(reply.text, 'returnval')}`;
  };

  const task = (ref: string) => client.properties(ref, 'info.state', 'info.progress', 'info.cancelled', 'info.error');

  describe('asked for by govc', () => {
    test('end in a nested pool, on a host, in another cluster', async () => {
      await vcsim.govc('vm.migrate', '-pool', 'production-1-a', 'vm-0001');
      expect(await vcsim.state('vm-0001')).toMatchObject({
        poolPath: ['Resources', 'production-1', 'production-1-a'],
        host: 'esx-1-1.example',
      });
      await vcsim.govc('vm.migrate', '-host', 'esx-1-3.example', '-pool', 'production-1-a', 'vm-0001');
      expect(await vcsim.state('vm-0001')).toMatchObject({ host: 'esx-1-3.example', pool: 'production-1-a' });
      await vcsim.govc('vm.migrate', '-pool', 'cluster-2/Resources', 'vm-0001');
      expect(await vcsim.state('vm-0001')).toMatchObject({ compute: 'cluster-2', poolPath: ['Resources'] });
      expect(JSON.stringify(await vcsim.govc('events', 'vm/vm-0001'))).toContain(
        'Migration of virtual machine vm-0001',
      );
    });

    test('keep the lists of hosts, pools and datastores true', async () => {
      await vcsim.govc(
        'vm.migrate',
        '-host',
        'esx-2-2.example',
        '-pool',
        'development-2',
        '-ds',
        'datastore-2',
        'vm-0002',
      );
      const { ref } = await vcsim.state('vm-0002');
      for (const [type, name] of [
        ['HostSystem', 'esx-2-2.example'],
        ['ResourcePool', 'development-2'],
        ['Datastore', 'datastore-2'],
      ] as const) {
        const { vm = '' } = Object.fromEntries(await client.properties(await client.find(type, name), 'vm'));
        expect(vm).toContain(`>${ref}<`);
      }
      const { vm = '' } = Object.fromEntries(
        await client.properties(await client.find('HostSystem', 'esx-1-1.example'), 'vm'),
      );
      expect(vm).not.toContain(`>${ref}<`);
      const [path] = (await client.properties(`VirtualMachine:${ref}`, 'config.files.vmPathName')).values();
      expect(path).toBe('[datastore-2] vm-0002/vm-0002.vmx');
      await vcsim.govc('vm.power', '-off', '-force', 'vm-0002').catch(() => undefined);
      await vcsim.govc('vm.destroy', 'vm-0002');
    });
  });

  test('into a vApp and out of it again', async () => {
    const vapp = await client.find('VirtualApp', 'vapp-1-1');
    const machine = await client.find('VirtualMachine', 'vm-0003');
    const where = () => client.properties(machine, 'parent', 'parentVApp', 'resourcePool');
    const folder = (await where()).get('parent');
    expect((await relocate('vm-0003', reference('pool', vapp))).fault).toBeNull();
    await expect
      .poll(() => vcsim.state('vm-0003'))
      .toMatchObject({ pool: 'vapp-1-1', vApp: 'vapp-1-1', moving: false });
    const app = vapp.split(':')[1];
    expect(await where()).toEqual(
      new Map([
        ['parentVApp', app],
        ['resourcePool', app],
      ]),
    );
    await vcsim.govc('vm.migrate', '-pool', 'production-1-b', 'vm-0003');
    expect(await vcsim.state('vm-0003')).toMatchObject({ pool: 'production-1-b', vApp: null });
    expect((await where()).get('parent')).toBe(folder);
  });

  describe('driven step by step', () => {
    test('show their progress and arrive when told to', async () => {
      await vcsim.control('/relocate', { mode: 'manual' });
      const before = await vcsim.state('vm-0005');
      const moving = await begin('vm-0005', 'production-2-a');
      expect(await task(moving)).toEqual(
        new Map([
          ['info.state', 'running'],
          ['info.progress', '0'],
          ['info.cancelled', 'false'],
        ]),
      );
      await vcsim.control('/relocate/step', { vm: 'vm-0005', percent: 40 });
      expect((await task(moving)).get('info.progress')).toBe('40');
      expect(await vcsim.state('vm-0005')).toEqual({ ...before, moving: true });
      await vcsim.control('/relocate/step', { vm: 'vm-0005', finish: true });
      expect((await task(moving)).get('info.state')).toBe('success');
      expect(await vcsim.state('vm-0005')).toMatchObject({
        pool: 'production-2-a',
        compute: 'cluster-2',
        moving: false,
      });
    });

    test('fail with the fault they are given and leave the machine', async () => {
      await vcsim.control('/relocate', { mode: 'manual' });
      const before = await vcsim.state('vm-0006');
      const moving = await begin('vm-0006', 'production-1-a');
      await vcsim.control('/relocate/step', {
        fail: { fault: 'InsufficientMemoryResourcesFault', message: 'No room.' },
      });
      const info = await task(moving);
      expect(info.get('info.state')).toBe('error');
      expect(info.get('info.error')).toMatch(/InsufficientMemoryResourcesFault[\s\S]+No room\./u);
      expect(await vcsim.state('vm-0006')).toEqual(before);
    });

    test('end cancelled, unmoved, and are never overwritten with success', async () => {
      await vcsim.control('/relocate', { mode: 'manual' });
      const before = await vcsim.state('vm-0007');
      const moving = await begin('vm-0007', 'production-2-a');
      expect((await client.call(moving, 'CancelTask')).fault).toBeNull();
      await expect.poll(async () => (await task(moving)).get('info.state')).toBe('error');
      const info = await task(moving);
      expect(info.get('info.cancelled')).toBe('true');
      expect(info.get('info.error')).toContain('RequestCanceled');
      await expect(vcsim.control('/relocate/step', { vm: 'vm-0007', finish: true })).rejects.toThrow('is not moving');
      expect(await vcsim.state('vm-0007')).toEqual(before);
      expect((await client.call(moving, 'CancelTask')).fault).toBe('InvalidState');
    });

    test('cancel by the clock too', async () => {
      await vcsim.control('/relocate', { mode: 'auto', durationMs: 600_000 });
      const moving = await begin('vm-0008', 'production-2-a');
      await client.call(moving, 'CancelTask');
      await expect.poll(async () => (await task(moving)).get('info.state')).toBe('error');
      expect(await vcsim.state('vm-0008')).toMatchObject({ compute: 'cluster-1', moving: false });
    });

    test('may refuse or ignore a cancel', async () => {
      await vcsim.control('/relocate', { mode: 'manual', cancelable: false });
      const first = await begin('vm-0009', 'production-2-a');
      expect((await client.call(first, 'CancelTask')).fault).toBe('NotSupported');
      await vcsim.control('/relocate/step', { finish: true });
      await vcsim.control('/relocate', { mode: 'manual', cancel: 'ignore' });
      const second = await begin('vm-0009', 'production-1-a');
      expect((await client.call(second, 'CancelTask')).fault).toBeNull();
      await vcsim.control('/relocate/step', { finish: true });
      const info = await task(second);
      expect([info.get('info.cancelled'), info.get('info.state')]).toEqual(['true', 'success']);
      expect(await vcsim.state('vm-0009')).toMatchObject({ pool: 'production-1-a' });
    });

    test('keep others from touching the machine', async () => {
      await vcsim.control('/relocate', { mode: 'manual' });
      await begin('vm-0010', 'production-1-a');
      const machine = await client.find('VirtualMachine', 'vm-0010');
      for (const method of ['PowerOnVM_Task', 'PowerOffVM_Task', 'Destroy_Task', 'UnregisterVM']) {
        expect((await client.call(machine, method)).fault).toBe('TaskInProgress');
      }
      const second = await begin('vm-0010', 'production-1-b');
      expect((await task(second)).get('info.error')).toContain('TaskInProgress');
      await vcsim.control('/relocate/step', { finish: true });
      expect(await vcsim.state('vm-0010')).toMatchObject({ pool: 'production-1-a' });
    });

    test('fail when someone deletes the machine meanwhile', async () => {
      await vcsim.control('/relocate', { mode: 'manual' });
      const moving = await begin('vm-0011', 'production-1-a');
      await vcsim.control('/destroy', { vm: 'vm-0011' });
      await vcsim.control('/relocate/step', { finish: true });
      expect((await task(moving)).get('info.error')).toContain('ManagedObjectNotFound');
    });
  });

  describe('that cannot be', () => {
    test.each([
      [
        'a host outside of the pool',
        'InvalidArgument',
        async () => {
          const pool = await client.find('ResourcePool', 'production-1-a');
          return reference('pool', pool) + reference('host', await client.find('HostSystem', 'esx-2-1.example'));
        },
      ],
      [
        'a host of another cluster without a pool',
        'InvalidArgument',
        async () => reference('host', await client.find('HostSystem', 'esx-1-1.example')),
      ],
      [
        'a machine for a pool',
        'InvalidArgument',
        async () => reference('pool', await client.find('VirtualMachine', 'vm-0013')),
      ],
      ['a pool that is gone', 'ManagedObjectNotFound', async () => reference('pool', 'ResourcePool:resgroup-999999')],
      ['a vApp that is gone', 'ManagedObjectNotFound', async () => reference('pool', 'VirtualApp:resgroup-v999999')],
    ])('%s: %s', async (_, fault, spec) => {
      const before = await vcsim.state('vm-0012');
      expect((await relocate('vm-0012', await spec())).fault).toBe(fault);
      expect(await vcsim.state('vm-0012')).toEqual(before);
    });

    test('to a cluster that does not choose hosts, unless one is named', async () => {
      await vcsim.control('/drs', { cluster: 'cluster-2', enabled: false });
      const pool = reference('pool', await client.find('ResourcePool', 'production-2'));
      expect((await relocate('vm-0014', pool)).fault).toBe('InvalidArgument');
      const named = pool + reference('host', await client.find('HostSystem', 'esx-2-1.example'));
      expect((await relocate('vm-0014', named)).fault).toBeNull();
      await expect.poll(() => vcsim.state('vm-0014')).toMatchObject({ host: 'esx-2-1.example' });
      await vcsim.control('/drs', { cluster: 'cluster-2', enabled: true });
    });

    test('to a host in maintenance: the task fails', async () => {
      await vcsim.govc('host.maintenance.enter', 'esx-alone-1.example');
      const host = await client.find('HostSystem', 'esx-alone-1.example');
      const places = await vcsim.control<readonly { kind: string; name: string; ref: string }[]>('/places');
      const alone = places.find(({ kind }) => kind === 'ComputeResource')?.ref;
      const [pool] = (await client.properties(`ComputeResource:${alone}`, 'resourcePool')).values();
      const reply = await relocate('vm-0015', reference('pool', `ResourcePool:${pool}`) + reference('host', host));
      const ended = await task(`Task:${textOf(reply.text, 'returnval')}`);
      expect(ended.get('info.error')).toContain('InvalidHostState');
    });
  });

  test('are checked before with the objections that were set', async () => {
    await vcsim.control('/check', {
      vm: 'vm-0016',
      errors: [{ fault: 'RDMNotSupported', message: 'The disk cannot move.' }],
      warnings: [{ fault: 'CannotAccessNetwork', properties: { device: 'Network adapter 1' } }],
    });
    const check = async (vm: string) => {
      const machine = reference('vm', await client.find('VirtualMachine', vm));
      const pool = reference('pool', await client.find('ResourcePool', 'production-1-a'));
      const about = await client.call('ServiceInstance:ServiceInstance', 'RetrieveServiceContent');
      const checker = `VirtualMachineProvisioningChecker:${textOf(about.text, 'vmProvisioningChecker')}`;
      const reply = await client.call(checker, 'CheckRelocate_Task', `${machine}<spec>${pool}</spec>`);
      const ref = `Task:${textOf(reply.text, 'returnval')}`;
      await expect.poll(async () => (await client.properties(ref, 'info.state')).get('info.state')).toBe('success');
      return (await client.properties(ref, 'info.result')).get('info.result');
    };
    expect(await check('vm-0016')).toMatch(
      /CannotAccessNetwork[\s\S]+Network adapter 1[\s\S]+RDMNotSupported[\s\S]+The disk cannot move\./u,
    );
    expect(await check('vm-0017')).not.toContain('LocalizedMethodFault');
  });
});
