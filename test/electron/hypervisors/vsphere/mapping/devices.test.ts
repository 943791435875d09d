import { describe, expect, it } from 'vitest';
import { readDevices } from '../../../../../electron/hypervisors/vsphere/mapping/devices.ts';
import { list, value } from '../server-answers.ts';

const device = (type: string, content: string, key = 1): string =>
  `<VirtualDevice xsi:type="${type}"><key>${key}</key><deviceInfo xsi:type="Description"><label>${type} ${key}</label></deviceInfo>${content}</VirtualDevice>`;
const backing = (type: string, content = ''): string => `<backing xsi:type="${type}">${content}</backing>`;
const connectable = (startConnected: boolean, connected: boolean): string =>
  `<connectable><startConnected>${startConnected}</startConnected><allowGuestControl>true</allowGuestControl><connected>${connected}</connected></connectable>`;
const devices = (...all: readonly string[]): ReturnType<typeof readDevices> =>
  readDevices(value(list('VirtualDevice', ...all)));

describe('disks', () => {
  it('tells a file on a datastore with its size, mode and provisioning', () => {
    const flat = backing(
      'VirtualDiskFlatVer2BackingInfo',
      '<fileName>[ds-1] web/web.vmdk</fileName><datastore type="Datastore">datastore-1</datastore><diskMode>independent_persistent</diskMode><thinProvisioned>true</thinProvisioned><contentId>9b1c</contentId><sharing>sharingNone</sharing>',
    );
    const [disk] = devices(
      device(
        'VirtualDisk',
        `${flat}<controllerKey>1000</controllerKey><capacityInKB>10</capacityInKB><capacityInBytes>10241</capacityInBytes>`,
        2000,
      ),
    ).disks;
    expect(disk).toEqual({
      key: '2000',
      label: 'VirtualDisk 2000',
      capacityBytes: 10_241,
      backing: 'file',
      shared: false,
      datastore: { type: 'Datastore', value: 'datastore-1' },
      fileName: '[ds-1] web/web.vmdk',
      mode: 'independent',
      thin: true,
      contentId: '9b1c',
    });
  });

  it('takes the size in KiB where an old server tells no bytes', () => {
    const [disk] = devices(device('VirtualDisk', `${backing('X')}<capacityInKB>4</capacityInKB>`)).disks;
    expect(disk).toMatchObject({ capacityBytes: 4096, backing: 'other' });
  });

  it.each([
    ['physicalMode', 'physical'],
    ['virtualMode', 'virtual'],
  ])('tells a raw device mapping in %s', (mode, compatibility) => {
    const rdm = backing(
      'VirtualDiskRawDiskMappingVer1BackingInfo',
      `<fileName>[ds] a.vmdk</fileName><compatibilityMode>${mode}</compatibilityMode>`,
    );
    expect(devices(device('VirtualDisk', rdm)).disks[0]).toMatchObject({
      backing: 'raw-device-mapping',
      compatibility,
    });
  });

  it.each(['VirtualDiskRawDiskVer2BackingInfo', 'VirtualDiskPartitionedRawDiskVer2BackingInfo'])(
    'tells a disk of the host on %s as passed through',
    (type) => {
      expect(devices(device('VirtualDisk', backing(type))).disks[0]).toMatchObject({ backing: 'pass-through' });
    },
  );

  it('tells a SCSI device passed through, which has no size', () => {
    const scsi = backing('VirtualSCSIPassthroughDeviceBackingInfo', '<deviceName>/vmfs/devices/x</deviceName>');
    expect(devices(device('VirtualSCSIPassthrough', scsi)).disks[0]).toMatchObject({
      backing: 'pass-through',
      capacityBytes: 0,
      fileName: '/vmfs/devices/x',
    });
  });

  it('tells disks that other VMs may write to', () => {
    const multi = backing('VirtualDiskFlatVer2BackingInfo', '<sharing>sharingMultiWriter</sharing>');
    const bus = device(
      'ParaVirtualSCSIController',
      '<busNumber>0</busNumber><sharedBus>physicalSharing</sharedBus>',
      1001,
    );
    const calm = device('VirtualLsiLogicController', '<sharedBus>noSharing</sharedBus>', 1000);
    const on = (controller: number, key: number): string =>
      device(
        'VirtualDisk',
        `${backing('VirtualDiskFlatVer2BackingInfo')}<controllerKey>${controller}</controllerKey>`,
        key,
      );
    const { disks } = devices(calm, bus, device('VirtualDisk', multi, 1), on(1000, 2), on(1001, 3));
    expect(disks.map(({ key, shared }) => [key, shared])).toEqual([
      ['1', true],
      ['2', false],
      ['3', true],
    ]);
  });
});

describe('network adapters', () => {
  it('tells the network of a standard, distributed, opaque and missing attachment', () => {
    const nic = (content: string, type = 'VirtualVmxnet3'): string =>
      device(
        type,
        `${content}${connectable(true, true)}<addressType>manual</addressType><macAddress>00:50:56:00:00:01</macAddress>`,
      );
    const { adapters } = devices(
      nic(
        backing(
          'VirtualEthernetCardNetworkBackingInfo',
          '<deviceName>VM Network</deviceName><network type="Network">network-7</network>',
        ),
      ),
      nic(
        backing(
          'VirtualEthernetCardDistributedVirtualPortBackingInfo',
          '<port><switchUuid>u</switchUuid><portgroupKey>dvportgroup-9</portgroupKey><portKey>3</portKey></port>',
        ),
      ),
      nic(backing('VirtualEthernetCardOpaqueNetworkBackingInfo', '<opaqueNetworkId>x</opaqueNetworkId>')),
      nic(''),
      nic(
        backing('VirtualEthernetCardNetworkBackingInfo', '<deviceName>gone</deviceName>'),
        'VirtualSriovEthernetCard',
      ),
    );
    expect(adapters.map(({ attachment }) => attachment)).toEqual([
      { kind: 'standard', network: { type: 'Network', value: 'network-7' } },
      { kind: 'distributed', portGroupKey: 'dvportgroup-9' },
      { kind: 'opaque' },
      { kind: 'none' },
      { kind: 'standard', network: null },
    ]);
    expect(adapters[0]).toMatchObject({
      adapter: { macAddress: '00:50:56:00:00:01', macIsStatic: true, networkName: 'VM Network' },
      connected: true,
      startConnected: true,
    });
    expect(adapters[4]?.adapter).toMatchObject({ srIov: true, networkName: 'gone' });
  });

  it.each([
    ['Manual', true],
    ['Generated', false],
    ['assigned', false],
  ])('tells whether a person fixed the address: %s', (addressType, macIsStatic) => {
    const [adapter] = devices(device('VirtualE1000', `<addressType>${addressType}</addressType>`)).adapters;
    expect(adapter?.adapter.macIsStatic).toBe(macIsStatic);
  });
});

describe('drives', () => {
  it.each([
    ['VirtualCdrom', 'VirtualCdromIsoBackingInfo', '<fileName>[iso] a.iso</fileName>', 'image', '[iso] a.iso'],
    ['VirtualCdrom', 'VirtualCdromIsoBackingInfo', '<fileName></fileName>', 'none', undefined],
    ['VirtualCdrom', 'VirtualCdromAtapiBackingInfo', '<deviceName>cd0</deviceName>', 'host-device', undefined],
    ['VirtualCdrom', 'VirtualCdromPassthroughBackingInfo', '<deviceName>cd0</deviceName>', 'host-device', undefined],
    ['VirtualCdrom', 'VirtualCdromRemotePassthroughBackingInfo', '<deviceName/>', 'client-device', undefined],
    ['VirtualCdrom', 'VirtualCdromRemoteAtapiBackingInfo', '<deviceName/>', 'client-device', undefined],
    ['VirtualFloppy', 'VirtualFloppyImageBackingInfo', '<fileName>[fd] a.flp</fileName>', 'image', '[fd] a.flp'],
    ['VirtualFloppy', 'VirtualFloppyDeviceBackingInfo', '<deviceName>fd0</deviceName>', 'host-device', undefined],
    ['VirtualFloppy', 'VirtualFloppyRemoteDeviceBackingInfo', '<deviceName/>', 'client-device', undefined],
    ['VirtualFloppy', 'SomethingNewBackingInfo', '', 'none', undefined],
  ])('tells what is in a %s on %s', (type, backingType, content, media, fileName) => {
    const { cdroms, floppies } = devices(device(type, backing(backingType, content) + connectable(true, false)));
    const [found] = type === 'VirtualCdrom' ? cdroms : floppies;
    expect(found).toMatchObject({ drive: { media }, connected: false, startConnected: true });
    expect(found?.drive.fileName).toBe(fileName);
    expect(cdroms.length + floppies.length).toBe(1);
  });
});

describe('other devices', () => {
  it('tells USB devices, not the controllers nearly every VM has', () => {
    const { others } = devices(
      device('VirtualUSBController', '', 7000),
      device('VirtualUSBXHCIController', '', 14_000),
      device('VirtualUSB', backing('VirtualUSBRemoteHostBackingInfo'), 5),
    );
    expect(others).toEqual([{ key: '5', label: 'VirtualUSB 5', type: 'usb' }]);
  });

  it('tells PCI devices passed through, virtual GPUs and TPMs', () => {
    const { others } = devices(
      device('VirtualPCIPassthrough', backing('VirtualPCIPassthroughDeviceBackingInfo'), 1),
      device('VirtualPCIPassthrough', backing('VirtualPCIPassthroughDynamicBackingInfo'), 2),
      device('VirtualPCIPassthrough', backing('VirtualPCIPassthroughVmiopBackingInfo'), 3),
      device('VirtualTPM', '', 4),
      device('VirtualMachineVMCIDevice', '', 5),
    );
    expect(others.map(({ key, type }) => [key, type])).toEqual([
      ['1', 'pci-pass-through'],
      ['2', 'pci-pass-through'],
      ['3', 'virtual-gpu'],
      ['4', 'tpm'],
    ]);
  });

  it('has a name for a device without one', () => {
    const nameless = '<VirtualDevice xsi:type="VirtualTPM"><key>11000</key></VirtualDevice>';
    expect(devices(nameless).others[0]?.label).toBe('VirtualTPM 11000');
  });
});
