import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { soapClient } from '../support/vcsim-soap.ts';

interface DeviceInfo {
  readonly devices: readonly { readonly type: string; readonly backing?: { readonly diskMode?: string } | null }[];
}

describeWithVcsim('vCenter simulator', () => {
  let vcsim: Vcsim;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 40, sessionTimeoutSeconds: 3600 });
  });

  afterAll(() => vcsim?.stop());

  test('shows the certificate it announced', async () => {
    const client = soapClient(vcsim);
    await client.call('ServiceInstance:ServiceInstance', 'RetrieveServiceContent');
    expect(client.fingerprint()).toBe(vcsim.fingerprint);
  });

  test('lets in the right password only', async () => {
    const client = soapClient(vcsim);
    expect(await client.login(vcsim.username, 'wrong')).toMatchObject({ status: 500, fault: 'InvalidLogin' });
    expect(await client.login()).toMatchObject({ status: 200, fault: null });
    expect(await vcsim.govc('about')).toMatchObject({ about: { apiType: 'VirtualCenter' } });
  });

  test('holds the inventory that was asked for', async () => {
    const places = await vcsim.control<readonly { kind: string; name: string }[]>('/places');
    const count = (kind: string) => places.filter((place) => place.kind === kind).length;
    expect(count('ClusterComputeResource')).toBe(2);
    expect(count('HostSystem')).toBe(7);
    expect(count('VirtualApp')).toBe(2);
    expect(count('Datastore')).toBe(2);
    const machines = await vcsim.govc<readonly string[]>('find', '/', '-type', 'm');
    expect(machines).toHaveLength(40);
    const on = await vcsim.govc<readonly string[]>('find', '/', '-type', 'm', '-runtime.powerState', 'poweredOn');
    expect(on.length).toBeGreaterThan(10);
    expect(await vcsim.state('vm-0004')).toMatchObject({ poolPath: ['Resources', 'production-1', 'production-1-b'] });
  });

  test.each([
    ['scenario-usb', 'VirtualUSB'],
    ['scenario-rdm', 'VirtualDisk'],
    ['scenario-disk-passthrough', 'VirtualSCSIPassthrough'],
    ['scenario-pci-passthrough', 'VirtualPCIPassthrough'],
    ['scenario-tpm', 'VirtualTPM'],
    ['scenario-iso', 'VirtualCdrom'],
    ['scenario-floppy', 'VirtualFloppy'],
  ])('%s has a %s', async (name, type) => {
    const { devices } = await vcsim.govc<DeviceInfo>('device.info', '-vm', name);
    expect(devices.map((device) => device.type)).toContain(type);
  });

  test.each([
    ['scenario-rdm', 'VirtualDiskRawDiskMappingVer1BackingInfo'],
    ['scenario-iso', 'VirtualCdromIsoBackingInfo'],
    ['scenario-floppy', 'VirtualFloppyImageBackingInfo'],
    ['scenario-usb', 'VirtualUSBUSBBackingInfo'],
    ['scenario-independent-disk', '<diskMode>independent_persistent</diskMode>'],
    ['scenario-shared-bus', '<sharedBus>physicalSharing</sharedBus>'],
    ['scenario-vlan-4095', '<deviceName>guest-tagging</deviceName>'],
  ])('%s says %s on the wire, and vm-0001 does not', async (name, text) => {
    const client = soapClient(vcsim);
    await client.login();
    const devices = async (vm: string) =>
      (await client.properties(await client.find('VirtualMachine', vm), 'config.hardware.device')).get(
        'config.hardware.device',
      );
    expect(await devices(name)).toContain(text);
    expect(await devices('vm-0001')).not.toContain(text);
  });

  test('has a tree of snapshots, a template and a disconnected machine', async () => {
    const client = soapClient(vcsim);
    await client.login();
    const read = async (vm: string, path: string) =>
      (await client.properties(await client.find('VirtualMachine', vm), path)).get(path);
    expect(await read('scenario-snapshots', 'snapshot')).toMatch(/monday[\s\S]+tuesday[\s\S]+wednesday/u);
    expect(await read('scenario-template', 'config.template')).toBe('true');
    expect(await read('scenario-disconnected', 'runtime.connectionState')).toBe('disconnected');
  });

  test('has private VLANs, one of them without a port group of its own, and a VLAN 4095', async () => {
    const client = soapClient(vcsim);
    await client.login();
    const pvlan = await client.properties(await client.find('DistributedVirtualSwitch', 'dvs-1'), 'config.pvlanConfig');
    expect(pvlan.get('config.pvlanConfig')).toContain('<secondaryVlanId>101</secondaryVlanId>');
    const portgroup = await client.properties(
      await client.find('DistributedVirtualPortgroup', 'dvpg-pvlan-102'),
      'config.defaultPortConfig',
    );
    expect(portgroup.get('config.defaultPortConfig')).toContain('<pvlanId>102</pvlanId>');
    const host = await client.properties(
      await client.find('HostSystem', 'esx-2-3.example'),
      'config.network.portgroup',
    );
    expect(host.get('config.network.portgroup')).toContain('<vlanId>4095</vlanId>');
  });

  test('turns on and off, renames, changes and deletes as the simulator does by itself', async () => {
    await vcsim.govc('vm.power', '-off', '-force', 'vm-0001');
    expect(await vcsim.state('vm-0001')).toMatchObject({ power: 'poweredOff' });
    await vcsim.govc('vm.power', '-on', 'vm-0001');
    expect(await vcsim.state('vm-0001')).toMatchObject({ power: 'poweredOn' });
    await vcsim.govc('object.rename', 'vm/vm-0001', 'renamed');
    await vcsim.govc('device.usb.add', '-vm', 'renamed');
    const { devices } = await vcsim.govc<DeviceInfo>('device.info', '-vm', 'renamed');
    expect(devices.map((device) => device.type)).toContain('VirtualUSBController');
    for (const name of ['renamed', 'scenario-rdm', 'scenario-snapshots']) await vcsim.govc('vm.destroy', name);
    await expect(vcsim.state('renamed')).rejects.toThrow('there is no machine renamed');
    expect(await vcsim.govc('find', '/', '-type', 'm', '-name', 'scenario-rdm')).toBeNull();
  });
});
