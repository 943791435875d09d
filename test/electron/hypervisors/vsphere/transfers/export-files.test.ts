import { describe, expect, it } from 'vitest';
import { exportFiles } from '../../../../../electron/hypervisors/vsphere/transfers/export-files.ts';
import type { LeaseFile } from '../../../../../electron/hypervisors/vsphere/transfers/lease-info.ts';
import { list, value } from '../server-answers.ts';

const file = (key: string, facts: Partial<LeaseFile> = {}): LeaseFile => ({
  key,
  importKey: '',
  url: 'https://*/nfc/x',
  thumbprint: '',
  certificate: '',
  disk: true,
  targetId: 'disk.vmdk',
  fileSize: null,
  ...facts,
});

const controller = (type: string, key: number, bus: number): string =>
  `<VirtualDevice xsi:type="${type}"><key>${key}</key><busNumber>${bus}</busNumber></VirtualDevice>`;
const disk = (
  key: number,
  label: string,
  on: number,
  unit: number,
  backing = 'VirtualDiskFlatVer2BackingInfo',
): string =>
  `<VirtualDevice xsi:type="VirtualDisk"><key>${key}</key><deviceInfo><label>${label}</label></deviceInfo><backing xsi:type="${backing}"/><controllerKey>${on}</controllerKey><unitNumber>${unit}</unitNumber><capacityInBytes>${key}000</capacityInBytes></VirtualDevice>`;

const devices = value(
  list(
    'VirtualDevice',
    controller('ParaVirtualSCSIController', 1000, 0),
    controller('ParaVirtualSCSIController', 1001, 1),
    disk(2000, 'Hard disk 1', 1000, 0),
    disk(2001, 'Hard disk 2', 1000, 1, 'VirtualDiskRawDiskMappingVer1BackingInfo'),
    disk(2016, 'Hard disk 3', 1001, 0),
  ),
);
const layout = value(
  '<val xsi:type="VirtualMachineFileLayoutEx"><file><key>1</key><type>diskDescriptor</type><size>5</size></file><file><key>2</key><type>diskExtent</type><size>700</size></file><file><key>3</key><size>9</size></file><disk><key>2016</key><chain><fileKey>1</fileKey><fileKey>2</fileKey></chain></disk></val>',
);

describe('files of an export', () => {
  it('are named after the disks they are of, by where those hang', () => {
    const files = [file('/vm-1/ParaVirtualSCSIController1:0'), file('/vm-1/ParaVirtualSCSIController0:0')];
    expect(exportFiles(files, { devices, layout })).toEqual([
      {
        key: '/vm-1/ParaVirtualSCSIController1:0',
        kind: 'disk',
        label: 'Hard disk 3',
        extension: 'vmdk',
        capacityBytes: 2_016_000,
        expectedBytes: 705,
      },
      {
        key: '/vm-1/ParaVirtualSCSIController0:0',
        kind: 'disk',
        label: 'Hard disk 1',
        extension: 'vmdk',
        capacityBytes: 2_000_000,
        expectedBytes: null,
      },
    ]);
  });

  it('are named in their order where the keys say nothing, those that are exported alone', () => {
    const labels = exportFiles([file('a'), file('b'), file('c')], { devices, layout: undefined });
    expect(labels.map(({ label }) => label)).toEqual(['Hard disk 1', 'Hard disk 3', 'Disk 3']);
    expect(exportFiles([file('a')], { devices: undefined, layout: undefined })).toMatchObject([
      { label: 'Disk 1', capacityBytes: null, expectedBytes: null },
    ]);
  });

  it('end as the console has it, never as the server says', () => {
    const others = [
      file('/vm-1/nvram', { disk: false, targetId: '../../web.nvram', fileSize: 8684 }),
      file('/vm-1/x', { disk: false, targetId: 'image.ISO' }),
      file('/vm-1/y', { disk: false, targetId: 'run.exe' }),
      file('/vm-1/z', { disk: false, targetId: 'a.iso/../b' }),
    ];
    expect(
      exportFiles(others, { devices, layout }).map(({ kind, label, extension }) => [kind, label, extension]),
    ).toEqual([
      ['firmware', 'NVRAM', 'nvram'],
      ['other', 'File 1', 'iso'],
      ['other', 'File 2', 'bin'],
      ['other', 'File 3', 'bin'],
    ]);
  });
});
