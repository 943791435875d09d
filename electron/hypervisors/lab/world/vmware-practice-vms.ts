import {
  both,
  checkpoints,
  emptyDrives,
  fixedMac,
  floppyInserted,
  isoMounted,
  rawDeviceMapping,
  srIovAdapter,
  usbDevice,
  type VmChange,
  virtualTpm,
  withDevice,
  withDisk,
} from './devices.ts';
import type { VmPlan } from './vm-plan.ts';

/*
 * VMs each of which is an example for one precaution; `../scenarios.ts` tells which. Everything else about them is
 * as plain as can be, so that the example shows the one thing.
 */

const common = {
  host: 'esx03',
  pool: { kind: 'pool', key: 'rp-app' },
  folder: 'practice',
  datastore: 'ds-tyo-shared',
  networks: ['tyo-app'],
  cpuCount: 2,
  memoryGib: 8,
  disksGib: [40],
  guestOs: 'Red Hat Enterprise Linux 9 (64-bit)',
  hardwareVersion: 19,
  cpuFeatureLevel: 'intel-broadwell',
} as const satisfies Partial<VmPlan>;

const example = (key: string, facts: Partial<VmPlan> = {}): VmPlan => ({ ...common, key, ...facts });
const stopped = (key: string, change: VmChange, facts: Partial<VmPlan> = {}): VmPlan =>
  example(key, { powerState: 'off', change, ...facts });
const running = (key: string, change: VmChange, facts: Partial<VmPlan> = {}): VmPlan =>
  example(key, { change, ...facts });

const onStaging = { host: 'esx11', pool: { kind: 'pool', key: 'rp-staging' }, datastore: 'ds-stg-01' } as const;
const onEdge = { host: 'esx31', pool: { kind: 'pool', key: 'rp-edge' }, datastore: 'esx31-local' } as const;
const inOsaka = {
  host: 'esx22',
  pool: { kind: 'pool', key: 'rp-osaka' },
  folder: 'osaka',
  datastore: 'ds-osa-01',
  networks: ['osa-app'],
} as const;

const sharedDisk = withDisk(1, {
  shared: true,
  mode: 'independent',
  fileName: '[ds-prod-02] rac-01/rac-shared.vmdk',
});

const template: VmChange = () => ({ isTemplate: true });

export const vmwarePracticeVms: readonly VmPlan[] = [
  // What cold migration stumbles over.
  stopped('license-srv-01', usbDevice('USB licence key')),
  stopped('report-01', isoMounted('[iso-lib] rhel-9.4-x86_64-dvd.iso')),
  stopped('legacy-dos-01', floppyInserted('[iso-lib] drivers.flp'), { guestOs: 'FreeDOS', hardwareVersion: 11 }),
  stopped('payroll-01', emptyDrives),
  stopped('archive-01', () => ({}), { datastore: 'ds-prod-03', disksGib: [100, 12_288, 12_288] }),
  stopped('cache-01', rawDeviceMapping(1, 'physical'), { disksGib: [40, 80] }),
  stopped('cache-02', rawDeviceMapping(1, 'virtual'), { disksGib: [40, 80] }),
  stopped('sniffer-01', () => ({}), { ...onStaging, networks: ['trunk-all'] }),
  stopped('pos-gw-01', () => ({}), { ...onEdge, networks: ['legacy-102'], disksGib: [16] }),
  stopped('pos-gw-02', () => ({}), { ...onEdge, networks: ['legacy-101'], disksGib: [16] }),
  stopped(
    'report-02',
    checkpoints(
      { name: 'before the year-end patch', at: '2025-12-20T03:00:00Z' },
      { name: 'after the year-end patch', at: '2025-12-21T03:00:00Z' },
    ),
  ),
  stopped('scratch-01', withDisk(1, { mode: 'independent' }), { disksGib: [40, 200] }),
  stopped('backup-node-01', () => ({}), { ...onStaging, networks: ['backup-lan'] }),

  // Devices and features that tie a VM to its place.
  running('rac-01', sharedDisk, { datastore: 'ds-prod-02', disksGib: [60, 300] }),
  running('rac-02', sharedDisk, { datastore: 'ds-prod-02', disksGib: [60, 300], host: 'esx04' }),
  running('gpu-train-01', withDevice({ key: '13000', label: 'NVIDIA GRID vGPU grid_a100-10c', type: 'virtual-gpu' })),
  running('cad-01', withDevice({ key: '13000', label: 'PCI device 0', type: 'pci-pass-through' })),
  running('nfv-01', srIovAdapter),
  stopped('hsm-01', virtualTpm),
  stopped(
    'vault-01',
    both(virtualTpm, () => ({ encrypted: true })),
  ),
  running('trading-01', () => ({ faultTolerance: true })),
  running('realtime-01', () => ({ cpuAffinity: true })),
  running('ldap-01', () => ({ placementRules: ['keep directory servers apart'] })),
  running('ldap-02', () => ({ placementRules: ['keep directory servers apart'] }), { host: 'esx04' }),

  // What the destination lacks.
  running('scan-01', () => ({}), { host: 'esx05', networks: ['scanner-net'] }),
  running('media-01', () => ({}), { datastore: 'ds-prod-02', disksGib: [60, 1536] }),
  running('mem-db-01', () => ({}), { pool: { kind: 'pool', key: 'rp-db' }, cpuCount: 16, memoryGib: 128 }),
  running('new-hw-01', () => ({}), { hardwareVersion: 21 }),
  running('analytics-01', () => ({}), { cpuFeatureLevel: 'intel-icelake', cpuCount: 8, memoryGib: 32 }),
  running('api-gw-01', () => ({}), { networks: ['nsx-api-segment'] }),

  // The same name in both data centers; the same address on two VMs.
  running('intranet-01', () => ({}), { folder: 'production' }),
  stopped('intranet-01-osa', () => ({}), { ...inOsaka, name: 'intranet-01' }),
  running('label-01', fixedMac('00:50:56:3A:10:01'), { ...onStaging, networks: ['tyo-stg'] }),
  running('label-01-copy', fixedMac('00:50:56:3A:10:01')),

  // VMs that are not well.
  running('mail-archive-01', () => ({ consolidationNeeded: true }), { disksGib: [60, 400] }),
  stopped('lost-lun-01', () => ({ condition: 'inaccessible' }), { datastore: 'ds-lost-01' }),
  stopped('ghost-01', () => ({ condition: 'orphaned' }), { host: 'esx04' }),
  stopped('nodisk-01', withDisk(0, { datastore: null, fileName: '[] nodisk-01/nodisk-01.vmdk' })),
  running('far-01', () => ({ condition: 'disconnected', powerState: 'unknown' }), { ...onStaging, host: 'esx13' }),
  running('snap-job-01', () => ({ busyWith: 'Create virtual machine snapshot' })),

  // What the platform did not tell.
  running('edge-gw-01', () => ({}), {
    ...onEdge,
    networks: ['tyo-vm-network'],
    disksGib: [16],
    untold: ['otherDevices'],
  }),
  stopped('unread-01', () => ({}), {
    untold: [
      'disks',
      'adapters',
      'cdroms',
      'floppies',
      'otherDevices',
      'checkpoints',
      'hardwareVersion',
      'storedBytes',
    ],
  }),

  stopped('juchu-01', () => ({}), { name: '受注管理-01', folder: 'production' }),
  stopped('tmpl-rhel-9', template, { pool: null }),
  stopped('tmpl-windows-2022', template, { pool: null, guestOs: 'Microsoft Windows Server 2022 (64-bit)' }),
];
