import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Datastore } from '../../../../shared/domain/inventory.ts';
import type { NetworkAdapter, RemovableMedia, VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { LabWorld } from '../lab-world.ts';
import type { PlannedPlacement } from '../placement/planned-placement.ts';
import { uuidOf } from '../world/seeded-numbers.ts';
import { contentId, diskFileName, macOf } from '../world/vm-plan.ts';
import { worldIds } from '../world/world-ids.ts';
import { onNetwork } from '../world-acts.ts';
import type { DescribedVm } from './described-vm.ts';

/** The id of a VM that the platform makes. */
export const restoredVmId = (world: LabWorld, number: number): EntityId =>
  worldIds(world.platform, world.site)('vm', `restored-${number}`);

const emptyDrive = (label: string): RemovableMedia => ({ key: label, label, media: 'none', connected: false });

const diskKey = (world: LabWorld, number: number): string =>
  world.platform === 'vmware' ? `${2016 + number}` : `scsi-1-${number}`;

/** A stopped VM out of a description, in no place yet. Keys, addresses and the BIOS UUID are the platform's choice. */
export const unplacedVm = (
  world: LabWorld,
  id: EntityId,
  name: string,
  instanceUuid: string,
  parent: EntityId | null,
  described: DescribedVm,
): VirtualMachine => ({
  kind: 'virtual-machine',
  id,
  site: world.site,
  name,
  parent,
  host: null,
  pool: null,
  powerState: 'off',
  condition: 'connected',
  isTemplate: false,
  cpuCount: described.cpuCount,
  memoryBytes: described.memoryBytes,
  diskBytes: described.disks.reduce((sum, { capacityBytes }) => sum + capacityBytes, 0),
  busyWith: null,
  instanceUuid,
  biosUuid: uuidOf(`bios/${id}`),
  guestOs: described.guestOs,
  hardwareVersion: described.hardwareVersion,
  firmware: described.firmware,
  disks: described.disks.map(({ label, capacityBytes, independent, thin }, number) => ({
    key: diskKey(world, number),
    label,
    capacityBytes,
    backing: 'file',
    mode: independent ? 'independent' : 'dependent',
    thin,
    shared: false,
    ...contentId(world.platform, `${id}/${number}`),
  })),
  adapters: described.adapters.map(({ label, connected }, number) => ({
    key: `${4016 + number}`,
    label,
    macAddress: macOf(world.platform, `${id}/${number}`),
    macIsStatic: false,
    network: null,
    connected,
    srIov: false,
  })),
  cdroms: described.cdroms.map(emptyDrive),
  floppies: described.floppies.map(emptyDrive),
  otherDevices: [],
  checkpoints: described.checkpoints,
  storedBytes: described.disks.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
  datastores: [],
  faultTolerance: false,
  encrypted: false,
  consolidationNeeded: false,
  cpuAffinity: false,
  placementRules: [],
  ...(world.platform === 'hyperv' ? { dynamicMemory: described.dynamicMemory, guestCluster: false } : {}),
  changeVersion: '1',
});

/** The same VM where it was planned to be. @param networks one for each adapter; null: attached to none */
export const placedVm = (
  world: LabWorld,
  vm: VirtualMachine,
  plan: PlannedPlacement,
  datastore: Datastore,
  networks: readonly (EntityId | null)[],
): VirtualMachine => ({
  ...vm,
  host: plan.host.id,
  pool: plan.pool,
  parent: plan.folder,
  datastores: [datastore.id],
  // It will run with what its host offers.
  ...(plan.host.cpuFeatureLevel === undefined ? {} : { cpuFeatureLevel: plan.host.cpuFeatureLevel }),
  disks: (vm.disks ?? []).map((disk, number) => ({
    ...disk,
    datastore: datastore.id,
    fileName: diskFileName(world.platform, datastore.name, vm.name, number),
  })),
  adapters: (vm.adapters ?? []).map((adapter, number): NetworkAdapter => {
    const network = networks[number] ?? null;
    return network === null ? { ...adapter, connected: false } : onNetwork(world, adapter, network);
  }),
});
