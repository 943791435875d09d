import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Destination } from '../../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { refusal } from './refusal.ts';
import { type Console, openConsole, unaborted } from './vcsim-site.ts';
import { exportVm, importVm, readAll } from './vcsim-transfers.ts';

describeWithVcsim('what a cold migration does to VMs of a vCenter', () => {
  let vcsim: Vcsim;
  let site: Console;
  let stopped: VirtualMachine;
  let running: VirtualMachine;

  beforeEach(async () => {
    vcsim = await startVcsim({ vms: 40, clusters: 2, hosts: 2 });
    site = await openConsole(vcsim);
    const withPower = (power: string): VirtualMachine => {
      const found = site
        .all('virtual-machine')
        .find(({ name, powerState }) => name.startsWith('vm-') && powerState === power);
      if (found === undefined) throw new Error(`no VM is ${power}`);
      return found;
    };
    stopped = withPower('off');
    running = withPower('on');
  });

  afterEach(async () => {
    await site?.close();
    await vcsim?.stop();
  });

  const found = (id: VirtualMachine['id']) => site.session.findVm({ id }, unaborted());
  const entersSetup = async (name: string): Promise<boolean> => {
    const told = await vcsim.govc(
      'object.collect',
      `VirtualMachine:${(await vcsim.state(name)).ref}`,
      'config.bootOptions',
    );
    return /"enterBIOSSetup":true/i.test(JSON.stringify(told));
  };

  it('parks a VM under another name and keeps it from booting, and takes both back, however often', async () => {
    await site.session.prepareExport(stopped.id, 'not needed', unaborted());
    for (const _again of [1, 2]) {
      await site.session.parkVm(stopped.id, 'parked (VM-1)', unaborted());
      expect(await found(stopped.id)).toMatchObject({ name: 'parked (VM-1)', powerState: 'off' });
      expect(await entersSetup('parked (VM-1)')).toBe(true);
    }
    for (const _again of [1, 2]) {
      await site.session.unparkVm(stopped.id, stopped.name, unaborted());
      expect(await found(stopped.id)).toMatchObject({ name: stopped.name });
      expect(await entersSetup(stopped.name)).toBe(false);
    }
  });

  it('neither parks nor deletes a VM that is not off', async () => {
    const changed = { code: 'platform-fault', data: { fault: 'InvalidPowerState' } };
    expect(await refusal(site.session.parkVm(running.id, 'parked', unaborted()))).toMatchObject(changed);
    expect(await refusal(site.session.destroyVm(running.id, unaborted()))).toMatchObject(changed);
    expect(await found(running.id)).toMatchObject({ name: running.name, powerState: 'on' });
  });

  it('powers a VM on in a cluster that only recommends hosts', async () => {
    const clusters = site.all('cluster').map(({ name }) => name);
    const drs = (behavior: string): Promise<unknown> =>
      Promise.all(clusters.map((cluster) => vcsim.control('/drs', { cluster, enabled: true, behavior })));
    const [, off] = site.all('virtual-machine').filter(({ powerState }) => powerState === 'off');
    if (off === undefined) throw new Error('no second VM is off');
    await drs('manual');
    await vcsim.control('/calls/reset', {});
    await site.session.powerOnVm(off.id, unaborted());
    expect(await found(off.id)).toMatchObject({ powerState: 'on', host: off.host });
    expect(await vcsim.control('/calls')).toMatchObject({ PowerOnMultiVM_Task: 1, PowerOnVM_Task: 1 });
    await drs('fullyAutomated');
  });

  it('powers a VM on, in the whole datacenter and in a vApp, once', async () => {
    await site.session.powerOnVm(stopped.id, unaborted());
    expect(await found(stopped.id)).toMatchObject({ powerState: 'on' });
    await vcsim.control('/calls/reset', {});
    await site.session.powerOnVm(stopped.id, unaborted());
    expect(await vcsim.control('/calls')).not.toHaveProperty('PowerOnMultiVM_Task');

    const inVApp = site.all('virtual-machine').find(({ pool, powerState }) => {
      const place = site.all('vapp').find(({ id }) => id === pool);
      return powerState === 'off' && place !== undefined;
    });
    if (inVApp === undefined) throw new Error('no VM of a vApp is off');
    await site.session.powerOnVm(inVApp.id, unaborted());
    expect(await found(inVApp.id)).toMatchObject({ powerState: 'on' });
  });

  it('does not power on what a lease holds, and says so', async () => {
    const lease = await site.session.openExport(stopped.id, unaborted());
    expect(await refusal(site.session.powerOnVm(stopped.id, unaborted()))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'TaskInProgress' },
    });
    await lease.abort();
  });

  it('deletes a stopped VM, and is done when it is gone already', async () => {
    await site.session.destroyVm(stopped.id, unaborted());
    expect(await found(stopped.id)).toBeNull();
    await site.session.destroyVm(stopped.id, unaborted());
    for (const act of [
      () => site.session.parkVm(stopped.id, 'parked', unaborted()),
      () => site.session.openExport(stopped.id, unaborted()),
      () => site.session.powerOnVm(stopped.id, unaborted()),
      () => site.session.prepareExport(stopped.id, 'any', unaborted()),
    ]) {
      expect((await refusal(act())).code).toBe('vm-gone');
    }
  });

  const placeOf = (kind: 'cluster' | 'host', name: string): Destination => ({
    kind,
    id: site.named(kind, name).id,
    name,
  });

  it('makes a restored VM the one it was, beside its parked source', async () => {
    const image = await exportVm(site.session, stopped.id);
    await site.session.parkVm(stopped.id, 'parked', unaborted());
    const instanceUuid = randomUUID();
    const vm = await importVm(site.session, image, {
      vmName: stopped.name,
      instanceUuid,
      destination: placeOf('cluster', 'cluster-2'),
      host: null,
      datastore: null,
      parent: stopped.parent,
      networks: [],
    });
    const source = await found(stopped.id);
    const network = site.named('network', 'dvpg-vlan-203').id;
    const identity = {
      ...(source?.biosUuid === undefined ? {} : { biosUuid: source.biosUuid }),
      adapters: (source?.adapters ?? []).map(({ label, macAddress }) => ({
        label,
        ...(macAddress === undefined ? {} : { macAddress }),
        network,
      })),
    };
    expect(identity.biosUuid).toMatch(/-/);
    for (const _again of [1, 2]) {
      await site.session.restoreIdentity(vm, identity, unaborted());
      expect(await found(vm)).toMatchObject({
        name: stopped.name,
        instanceUuid,
        biosUuid: identity.biosUuid,
        parent: stopped.parent,
        adapters: [{ macAddress: source?.adapters?.[0]?.macAddress, macIsStatic: true, network }],
      });
    }
    await site.session.powerOnVm(vm, unaborted());
    await site.session.destroyVm(stopped.id, unaborted());
    expect(await found(vm)).toMatchObject({ powerState: 'on' });
  });

  it('finds a VM by its instance UUID when its reference is gone or was never told', async () => {
    const { instanceUuid = '' } = stopped;
    const elsewhere = `${site.session.site}/` as VirtualMachine['id'];
    expect(await site.session.findVm({ id: elsewhere, instanceUuid }, unaborted())).toMatchObject({ id: stopped.id });
    expect(await site.session.findVm({ id: elsewhere, instanceUuid: randomUUID() }, unaborted())).toBeNull();
    expect(await site.session.findVm({ id: elsewhere }, unaborted())).toBeNull();
  });

  it('puts a restored VM where it was among the folders, and elsewhere when that is no place for it', async () => {
    await vcsim.govc('folder.create', '/dc-1/vm/kept');
    await vcsim.govc('folder.create', '/dc-1/host/of hosts');
    await site.watch.until(() => site.all('folder').some(({ name }) => name === 'of hosts'));
    const image = await exportVm(site.session, stopped.id);
    const parentOf = async (vmName: string, parent: string): Promise<unknown> => {
      const vm = await importVm(site.session, image, {
        vmName,
        instanceUuid: randomUUID(),
        destination: placeOf('host', 'esx-2-1.example'),
        host: null,
        datastore: null,
        parent: site.named('folder', parent).id,
        networks: [],
      });
      return (await found(vm))?.parent;
    };
    expect(await parentOf('one', 'kept')).toBe(site.named('folder', 'kept').id);
    expect(await parentOf('other', 'of hosts')).toBe(stopped.parent);
  });

  it('relocates a stopped VM by the platform itself, to each kind of destination', async () => {
    for (const [kind, name] of [
      ['host', 'esx-2-1.example'],
      ['resource-pool', 'production-1-a'],
      ['vapp', 'vapp-2-1'],
      ['cluster', 'cluster-1'],
    ] as const) {
      const move = site.move(stopped.name, kind, name, { method: 'cold-direct' });
      expect(await site.session.checkMove(move, unaborted())).toEqual([]);
      expect(await site.carryOut(move)).toEqual({ kind: 'succeeded' });
      expect(await vcsim.state(stopped.name)).toMatchObject({ power: 'poweredOff' });
    }
  });

  const evacuation = (part: 'whole' | 'evacuate' | 'restore') => ({
    part,
    folder: '/images',
    sourcePolicy: 'retain-until-restored' as const,
    imagePolicy: 'keep' as const,
    powerOn: true,
  });

  it.each([
    ['scenario-usb', 'error', 'OvfUnsupportedDeviceExport'],
    ['scenario-rdm', 'error', 'OvfUnableToExportDisk'],
    ['scenario-iso', 'warning', 'OvfConnectedDeviceIso'],
    ['scenario-floppy', 'warning', 'OvfConnectedDeviceFloppy'],
  ])('asks before an evacuation of %s, and tells the %s %s', async (vm, severity, fault) => {
    for (const part of ['whole', 'evacuate'] as const) {
      const move = site.move(vm, 'cluster', 'cluster-2', { method: 'cold-evacuate', evacuation: evacuation(part) });
      expect(await site.session.checkMove(move, unaborted())).toContainEqual({
        severity,
        fault,
        message: expect.stringMatching(/not exported|cannot be exported/),
        host: null,
      });
    }
  });

  it('asks the destination as well, unless nothing is restored', async () => {
    const move = site.move(stopped.name, 'cluster', 'cluster-2', { method: 'cold-evacuate' });
    const check = (part: 'whole' | 'evacuate' | 'restore') =>
      site.session.checkMove({ ...move, evacuation: evacuation(part) }, unaborted());
    await vcsim.control('/calls/reset', {});
    expect(await check('whole')).toEqual([]);
    expect(await vcsim.control('/calls')).toMatchObject({ CreateDescriptor: 1, CreateImportSpec: 1 });
    expect(await check('evacuate')).toEqual([]);
    expect(await check('restore')).toEqual([]);
    expect(await vcsim.control('/calls')).toMatchObject({ CreateDescriptor: 2, CreateImportSpec: 1 });
    await vcsim.control('/destroy', { vm: stopped.name });
    expect((await refusal(check('whole'))).code).toBe('vm-gone');
  });

  it('tells what the platform says to an image it cannot make a VM of', async () => {
    const lease = await site.session.openExport(stopped.id, unaborted());
    const { descriptor } = await readAll(lease);
    await lease.complete(unaborted());
    const request = {
      vmName: 'restored',
      instanceUuid: randomUUID(),
      descriptor,
      files: [],
      destination: placeOf('host', 'esx-2-1.example'),
      host: null,
      datastore: null,
      parent: null,
      networks: [],
    };
    expect(await site.session.checkImport(request, unaborted())).toEqual([]);
    const strange = descriptor.replace('>VirtualSCSI<', '>AnotherController<');
    expect(await site.session.checkImport({ ...request, descriptor: strange }, unaborted())).toMatchObject([
      { severity: 'error', fault: 'OvfUnsupportedType' },
    ]);
    expect(await refusal(site.session.openImport({ ...request, descriptor: strange }, unaborted()))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'OvfUnsupportedType' },
    });
    const gone = { ...request, destination: { ...request.destination, id: stopped.id } };
    expect((await refusal(site.session.openImport(gone, unaborted()))).code).toBe('destination-gone');
  });
});
