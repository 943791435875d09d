import { describe, expect, it } from 'vitest';
import {
  abortLease,
  completeLease,
  exportVm,
  leaseManifest,
  leaseProgress,
} from '../../../../../electron/hypervisors/vsphere/requests/lease-requests.ts';
import {
  createDescriptor,
  createImportSpec,
  importVApp,
} from '../../../../../electron/hypervisors/vsphere/requests/ovf-requests.ts';
import {
  destroyEntity,
  identify,
  powerOnHere,
  powerOnInDatacenter,
  renameAndHold,
} from '../../../../../electron/hypervisors/vsphere/requests/vm-requests.ts';
import type { XmlNode } from '../../../../../electron/hypervisors/vsphere/xml/xml-node.ts';
import { serverName } from '../../../../../electron/hypervisors/vsphere/xml/xml-values.ts';
import { scanned } from '../server-answers.ts';

const ref = (type: string, value: string): { type: string; value: string } => ({ type, value });
const vm = ref('VirtualMachine', 'vm-12');
const lease = ref('HttpNfcLease', 'session[52a]52b');
const ovf = ref('OvfManager', 'OvfManager');
/** One element a line, as a reader of the schema would compare it. */
const lines = (body: string): readonly string[] => body.replaceAll('><', '>\n<').split('\n');

// The server refuses elements that are unknown or out of the order of its schema, and the simulator does not. So the
// requests are compared as a whole with what the schema demands.
describe('requests of a cold migration in the order of the schema', () => {
  it('begins an export and speaks of its lease', () => {
    expect([exportVm(vm), leaseManifest(lease), completeLease(lease)].map(({ body }) => body)).toEqual([
      '<ExportVm xmlns="urn:vim25"><_this type="VirtualMachine">vm-12</_this></ExportVm>',
      '<HttpNfcLeaseGetManifest xmlns="urn:vim25"><_this type="HttpNfcLease">session[52a]52b</_this></HttpNfcLeaseGetManifest>',
      '<HttpNfcLeaseComplete xmlns="urn:vim25"><_this type="HttpNfcLease">session[52a]52b</_this></HttpNfcLeaseComplete>',
    ]);
    expect(lines(leaseProgress(lease, 40).body).slice(2, -1)).toEqual(['<percent>40</percent>']);
    expect(lines(abortLease(lease).body).slice(2, -1)).toEqual([
      '<fault>',
      '<fault xsi:type="RequestCanceled">',
      '</fault>',
      '<localizedMessage>',
      '</localizedMessage>',
      '</fault>',
    ]);
  });

  it('asks for a descriptor, of files and as a dry run', () => {
    const files = [
      { deviceId: '/vm-12/disk:0', path: 'disk-1.vmdk', bytes: 70, capacityBytes: 1000 },
      { deviceId: '/vm-12/nvram', path: 'firmware-2.nvram', bytes: 8684, capacityBytes: null },
    ];
    const request = createDescriptor(ovf, vm, { name: 'a & b', files, options: ['mac', 'uuid'] });
    expect(lines(request.body)).toEqual([
      '<CreateDescriptor xmlns="urn:vim25">',
      '<_this type="OvfManager">OvfManager</_this>',
      '<obj type="VirtualMachine">vm-12</obj>',
      '<cdp>',
      '<ovfFiles>',
      '<deviceId>/vm-12/disk:0</deviceId>',
      '<path>disk-1.vmdk</path>',
      '<size>70</size>',
      '<capacity>1000</capacity>',
      '</ovfFiles>',
      '<ovfFiles>',
      '<deviceId>/vm-12/nvram</deviceId>',
      '<path>firmware-2.nvram</path>',
      '<size>8684</size>',
      '</ovfFiles>',
      '<name>a &amp; b</name>',
      '<includeImageFiles>false</includeImageFiles>',
      '<exportOption>mac</exportOption>',
      '<exportOption>uuid</exportOption>',
      '</cdp>',
      '</CreateDescriptor>',
    ]);
    const dryRun = createDescriptor(ovf, vm, { name: 'web', files: [], options: [] });
    expect(lines(dryRun.body).slice(3, -1)).toEqual([
      '<cdp>',
      '<name>web</name>',
      '<includeImageFiles>false</includeImageFiles>',
      '</cdp>',
    ]);
  });

  it('asks what a descriptor makes', () => {
    const request = createImportSpec(ovf, {
      descriptor: '<Envelope/>',
      pool: ref('VirtualApp', 'resgroup-v9'),
      datastore: ref('Datastore', 'datastore-1'),
      host: ref('HostSystem', 'host-3'),
      name: 'web',
      networks: [{ name: 'VM Network', network: ref('Network', 'network-7') }],
    });
    expect(lines(request.body)).toEqual([
      '<CreateImportSpec xmlns="urn:vim25">',
      '<_this type="OvfManager">OvfManager</_this>',
      '<ovfDescriptor>&lt;Envelope/&gt;</ovfDescriptor>',
      '<resourcePool type="VirtualApp">resgroup-v9</resourcePool>',
      '<datastore type="Datastore">datastore-1</datastore>',
      '<cisp>',
      '<locale>',
      '</locale>',
      '<deploymentOption>',
      '</deploymentOption>',
      '<entityName>web</entityName>',
      '<hostSystem type="HostSystem">host-3</hostSystem>',
      '<networkMapping>',
      '<name>VM Network</name>',
      '<network type="Network">network-7</network>',
      '</networkMapping>',
      '<diskProvisioning>thin</diskProvisioning>',
      '</cisp>',
      '</CreateImportSpec>',
    ]);
  });

  it('imports into a pool with a folder, into a vApp without', () => {
    const host = ref('HostSystem', 'host-3');
    const pool = ref('ResourcePool', 'resgroup-8');
    expect(lines(importVApp(pool, '<spec/>', ref('Folder', 'group-v3'), host).body)).toEqual([
      '<ImportVApp xmlns="urn:vim25">',
      '<_this type="ResourcePool">resgroup-8</_this>',
      '<spec/>',
      '<folder type="Folder">group-v3</folder>',
      '<host type="HostSystem">host-3</host>',
      '</ImportVApp>',
    ]);
    expect(lines(importVApp(ref('VirtualApp', 'resgroup-v9'), '<spec/>', null, host).body).slice(1, -1)).toEqual([
      '<_this type="VirtualApp">resgroup-v9</_this>',
      '<spec/>',
      '<host type="HostSystem">host-3</host>',
    ]);
  });

  it('renames a VM and holds it at its next start, the name escaped as the server keeps it', () => {
    expect(lines(renameAndHold(vm, serverName('50% of a/b\\c'), true).body)).toEqual([
      '<ReconfigVM_Task xmlns="urn:vim25">',
      '<_this type="VirtualMachine">vm-12</_this>',
      '<spec>',
      '<name>50%25 of a%2fb%5cc</name>',
      '<bootOptions>',
      '<enterBIOSSetup>true</enterBIOSSetup>',
      '</bootOptions>',
      '</spec>',
      '</ReconfigVM_Task>',
    ]);
  });

  const card = (address: string): XmlNode =>
    scanned(
      `<device xsi:type="VirtualVmxnet3"><key>4000</key><backing xsi:type="Old"/><unitNumber>7</unitNumber>${address}<wakeOnLanEnabled>true</wakeOnLanEnabled></device>`,
    ) as XmlNode;
  const identified = (device: XmlNode, macAddress: string | null, attached: boolean): readonly string[] => {
    const attachTo = attached
      ? ({ kind: 'standard', network: ref('Network', 'network-7'), name: 'VM Network' } as const)
      : null;
    return lines(identify(vm, '564d', [{ device, macAddress, attachTo }]).body);
  };

  it('gives a VM its UUID and an adapter its address and network, and leaves the rest as it was told', () => {
    const told = card('<addressType>assigned</addressType><macAddress>00:50:56:01</macAddress>');
    expect(identified(told, '00:50:56:02', true)).toEqual([
      '<ReconfigVM_Task xmlns="urn:vim25">',
      '<_this type="VirtualMachine">vm-12</_this>',
      '<spec>',
      '<uuid>564d</uuid>',
      '<deviceChange>',
      '<operation>edit</operation>',
      '<device xsi:type="VirtualVmxnet3">',
      '<key>4000</key>',
      '<backing xsi:type="VirtualEthernetCardNetworkBackingInfo">',
      '<deviceName>VM Network</deviceName>',
      '<network type="Network">network-7</network>',
      '</backing>',
      '<unitNumber>7</unitNumber>',
      '<addressType>manual</addressType>',
      '<macAddress>00:50:56:02</macAddress>',
      '<wakeOnLanEnabled>true</wakeOnLanEnabled>',
      '</device>',
      '</deviceChange>',
      '</spec>',
      '</ReconfigVM_Task>',
    ]);
    expect(identified(told, null, true)).toContain('<addressType>assigned</addressType>');
    expect(identified(told, '00:50:56:02', false)).toContain('<backing xsi:type="Old">');
  });

  it.each(['<macAddress>00:50:56:01</macAddress>', '<addressType>generated</addressType>'])(
    'puts the address where it belongs when the server told only %s',
    (address) => {
      const written = identified(card(address), '00:50:56:02', false);
      const at = written.indexOf('<unitNumber>7</unitNumber>');
      expect(written.slice(at + 1, at + 4)).toEqual([
        '<addressType>manual</addressType>',
        '<macAddress>00:50:56:02</macAddress>',
        '<wakeOnLanEnabled>true</wakeOnLanEnabled>',
      ]);
    },
  );

  it('powers on through the datacenter or on the host itself, and deletes', () => {
    expect([
      powerOnInDatacenter(ref('Datacenter', 'dc-2'), vm),
      powerOnHere(vm),
      powerOnHere(vm, ref('HostSystem', 'host-3')),
      destroyEntity(vm),
    ]).toEqual([
      {
        method: 'PowerOnMultiVM_Task',
        body: '<PowerOnMultiVM_Task xmlns="urn:vim25"><_this type="Datacenter">dc-2</_this><vm type="VirtualMachine">vm-12</vm></PowerOnMultiVM_Task>',
      },
      {
        method: 'PowerOnVM_Task',
        body: '<PowerOnVM_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-12</_this></PowerOnVM_Task>',
      },
      {
        method: 'PowerOnVM_Task',
        body: '<PowerOnVM_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-12</_this><host type="HostSystem">host-3</host></PowerOnVM_Task>',
      },
      {
        method: 'Destroy_Task',
        body: '<Destroy_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-12</_this></Destroy_Task>',
      },
    ]);
  });
});
