import {
  both,
  checkpoints,
  floppyInserted,
  isoMounted,
  srIovAdapter,
  type VmChange,
  virtualTpm,
  withDevice,
  withDisk,
} from './devices.ts';
import type { VmPlan } from './vm-plan.ts';

/* VMs each of which is an example for one precaution; `../scenarios.ts` tells which. */

const common = {
  host: 'hv01',
  pool: null,
  folder: 'osaka',
  datastore: 'CSV-OSA-01',
  networks: ['VMN-App'],
  cpuCount: 2,
  memoryGib: 8,
  disksGib: [60],
  guestOs: 'Windows Server 2019',
  hardwareVersion: 9,
  cpuFeatureLevel: 'intel-skylake',
} as const satisfies Partial<VmPlan>;

const running = (key: string, change: VmChange, facts: Partial<VmPlan> = {}): VmPlan => ({
  ...common,
  key,
  change,
  ...facts,
});
const stopped = (key: string, change: VmChange, facts: Partial<VmPlan> = {}): VmPlan =>
  running(key, change, { powerState: 'off', ...facts });

const inNagoya = {
  host: 'hv21',
  folder: 'branches',
  datastore: 'hv21-D',
  networks: ['VMN-Branch'],
} as const;

/** Two nodes that share one VHD set are a guest cluster. */
const clusterNode: VmChange = both(
  withDisk(1, { shared: true, fileName: 'C:\\ClusterStorage\\CSV-OSA-01\\shared\\sqlcl-quorum.vhds' }),
  () => ({ guestCluster: true }),
);

export const hyperVPracticeVms: readonly VmPlan[] = [
  running('sqlcl-01', clusterNode, { disksGib: [80, 200] }),
  running('sqlcl-02', clusterNode, { disksGib: [80, 200], host: 'hv02' }),
  stopped('kintai-01', () => ({})),
  stopped(
    'kintai-02',
    checkpoints(
      { name: 'before the April release', at: '2025-04-01T00:30:00Z', dynamicMemory: false },
      { name: 'after the April release', at: '2025-04-02T00:30:00Z', dynamicMemory: false },
    ),
  ),
  stopped('setup-01', isoMounted('\\\\vmm-osaka\\MSSCVMMLibrary\\ISO\\ws2022-ja.iso')),
  stopped('fdd-01', floppyInserted('\\\\vmm-osaka\\MSSCVMMLibrary\\VFD\\answers.vfd'), {
    guestOs: 'Windows Server 2008 R2',
  }),
  running('san-01', withDisk(1, { backing: 'pass-through', fileName: 'Disk 4 1.00 TB Bus 0 Lun 3' }), {
    disksGib: [60, 1024],
  }),
  stopped('hv-archive-01', () => ({}), { disksGib: [60, 20_480] }),
  stopped('dyn-01', () => ({ dynamicMemory: true })),
  stopped('dyn-02', checkpoints({ name: 'sized by itself', at: '2025-06-10T05:00:00Z', dynamicMemory: true })),
  running('dyn-03', () => ({ dynamicMemory: true }), { host: 'hv02' }),

  running('nfv-hv-01', srIovAdapter),
  stopped(
    'dda-01',
    withDevice({ key: 'dda-0', label: 'NVIDIA T4 (discrete device assignment)', type: 'pci-pass-through' }),
  ),
  stopped(
    'shielded-01',
    both(virtualTpm, () => ({ encrypted: true })),
  ),

  running('dmz-01', () => ({}), { networks: ['VMN-DMZ'] }),
  running('hv-media-01', () => ({}), { disksGib: [60, 1536], host: 'hv03' }),
  running('hv-mem-01', () => ({}), { cpuCount: 16, memoryGib: 160, host: 'hv03' }),
  running('new-cfg-01', () => ({}), { hardwareVersion: 10 }),
  running('hv-analytics-01', () => ({}), { cpuFeatureLevel: 'intel-icelake' }),
  running('print-01', () => ({})),
  stopped('print-01-nagoya', () => ({}), { ...inNagoya, name: 'print-01' }),
  stopped('missing-01', () => ({ condition: 'orphaned' })),
  running('paused-01', () => ({ powerState: 'paused' })),
  running('sapporo-01', () => ({ condition: 'disconnected', powerState: 'unknown' }), {
    ...inNagoya,
    host: 'hv23',
    datastore: 'hv23-D',
  }),
];
