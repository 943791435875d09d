import type { EvacuationImage, FolderStatus, ImageRecord } from '../../shared/domain/evacuation.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { aPool, aVm, destinationOf, GIB } from './inventory-builders.ts';

/** A folder that can be used: 1,000 GB, of which 600 GB are free, 50 GB promised and 100 GB never used. */
export const aFolder = (facts: Partial<FolderStatus> = {}): FolderStatus => ({
  path: '/evac',
  floorBytes: 100 * GIB,
  freeBytes: 600 * GIB,
  totalBytes: 1_000 * GIB,
  reservedBytes: 50 * GIB,
  problem: null,
  measuredAt: 1_000,
  ...facts,
});

/** What the image of a stopped VM knows of it. */
export const anImageRecord = (
  vm: VirtualMachine = aVm({ powerState: 'off' }),
  facts: Partial<ImageRecord> = {},
): ImageRecord => ({
  format: 1,
  id: '0b0f6c3e-1f3c-4a55-9d2e-0a5b8f0f4c11',
  console: '0.1.0',
  task: null,
  site: vm.site,
  siteName: 'Site A',
  platform: 'vmware',
  vm,
  origin: {
    placement: { host: vm.host, pool: vm.pool, datastores: vm.datastores ?? [] },
    placeName: 'pool-01',
    destination: destinationOf(aPool()),
    hostName: 'esx-01',
    networks: [{ adapter: '4000', name: 'net-01' }],
  },
  parkedName: `${vm.name} (evacuated)`,
  descriptor: 'vm.ovf',
  manifest: 'vm.mf',
  files: [],
  createdAt: 1_000,
  ...facts,
});

/** A sealed image in {@link aFolder}. */
export const anImage = (facts: Partial<EvacuationImage> = {}): EvacuationImage => ({
  folder: '/evac',
  name: 'report-01 T-7',
  state: 'sealed',
  record: anImageRecord(),
  bytes: 20 * GIB,
  task: null,
  problem: null,
  ...facts,
});
