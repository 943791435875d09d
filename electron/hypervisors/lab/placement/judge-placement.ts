import type { Datastore, Host } from '../../../../shared/domain/inventory.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { PlatformObjection } from '../../port.ts';
import type { LabWorld } from '../lab-world.ts';
import { GIB } from '../world/world-state.ts';
import { cpuLevelSuffices } from './cpu-level.ts';
import { faultOf, type ObjectionReason, sentenceOf } from './objection-texts.ts';
import type { PlannedPlacement } from './planned-placement.ts';

/** Collects objections in the platform's own words. */
export interface Objector {
  readonly objections: readonly PlatformObjection[];
  object(reason: ObjectionReason, detail?: string, severity?: PlatformObjection['severity']): void;
}

export const createObjector = (world: LabWorld, vm: Pick<VirtualMachine, 'name'>, host: Host | null): Objector => {
  const objections: PlatformObjection[] = [];
  return {
    objections,
    object: (reason, detail = '', severity = 'error') => {
      objections.push({
        severity,
        fault: faultOf(world.platform, reason),
        message: sentenceOf(reason, vm.name, host?.name ?? '', detail),
        host: host?.id ?? null,
      });
    },
  };
};

/** What the platform has against moving this VM anywhere. */
export const judgeVm = (
  world: LabWorld,
  vm: VirtualMachine,
  move: Pick<Move, 'method'>,
): readonly PlatformObjection[] => {
  const { objections, object } = createObjector(world, vm, null);
  if (vm.isTemplate) object('vm-is-template');
  if (vm.condition !== 'connected') object('vm-not-well', vm.condition);
  if (vm.busyWith !== null) object('vm-busy', vm.busyWith);
  if (move.method === 'hot' && vm.powerState !== 'on') object('not-running', vm.powerState);
  if (move.method !== 'hot' && vm.powerState !== 'off') object('not-stopped', vm.powerState);
  return objections;
};

const judgeDevices = (world: LabWorld, vm: VirtualMachine, storageMoves: boolean, { object }: Objector): void => {
  for (const device of vm.otherDevices ?? []) {
    if (device.type === 'pci-pass-through' || device.type === 'virtual-gpu') object('device-tied', device.label);
  }
  // Hyper-V falls back to the synthetic adapter for the time of the move.
  const tiedAdapters = world.platform === 'vmware' ? (vm.adapters ?? []).filter(({ srIov }) => srIov === true) : [];
  for (const adapter of tiedAdapters) object('device-tied', adapter.label);
  if (!storageMoves) return;
  for (const disk of vm.disks ?? []) {
    if (disk.backing !== 'file') object('raw-disk-cannot-move', disk.label);
    else if (disk.shared === true) object('shared-disk-cannot-move', disk.label);
  }
};

const judgeNetworks = (world: LabWorld, vm: VirtualMachine, host: Host, move: Move, { object }: Objector): void => {
  for (const adapter of vm.adapters ?? []) {
    const network = move.networkMap[adapter.key] ?? adapter.network;
    if (network === undefined || network === null || host.networks.includes(network)) continue;
    object('network-missing', world.get(network)?.name ?? network);
  }
};

const judgeStorage = (vm: VirtualMachine, host: Host, datastore: Datastore, { object }: Objector): void => {
  if (!host.datastores.includes(datastore.id)) object('datastore-missing', datastore.name);
  else if (datastore.accessible === false || datastore.inMaintenance === true) {
    object('datastore-unusable', datastore.name);
  } else if ((datastore.freeBytes ?? 0) < (vm.storedBytes ?? vm.diskBytes)) object('no-space', datastore.name);
};

const judgeMemory = (world: LabWorld, vm: VirtualMachine, host: Host, { object }: Objector): void => {
  if (host.memoryTotalBytes === undefined || vm.host === host.id) return;
  // ESXi may promise more memory than it has; Hyper-V never does.
  const room =
    world.platform === 'vmware' ? host.memoryTotalBytes : host.memoryTotalBytes - (host.memoryUsedBytes ?? 0);
  if (vm.memoryBytes > room) object('no-memory', `${Math.ceil(vm.memoryBytes / GIB)} GiB`);
};

const judgeHost = (vm: VirtualMachine, host: Host, move: Move, { object }: Objector): void => {
  if (host.connection !== 'connected') object('host-disconnected', host.connection);
  // A VM that is on the host already may stay there while it changes its pool.
  if (host.inMaintenance && vm.host !== host.id) object('host-in-maintenance');
  if (vm.hardwareVersion !== undefined && host.newestHardwareVersion !== undefined) {
    if (vm.hardwareVersion > host.newestHardwareVersion) object('hardware-too-new', `${vm.hardwareVersion}`);
  }
  if (usesDynamicMemory(vm) && host.dynamicMemorySupported === false) object('dynamic-memory-unsupported');
  if (move.method !== 'hot' || vm.host === host.id) return;
  if (host.liveMigrationEnabled === false) object('live-migration-off');
  if (vm.cpuFeatureLevel !== undefined && host.cpuFeatureLevel !== undefined) {
    if (!cpuLevelSuffices(vm.cpuFeatureLevel, host.cpuFeatureLevel)) object('cpu-incompatible', vm.cpuFeatureLevel);
  }
  if (vm.cpuAffinity === true) object('cpu-affinity');
};

const usesDynamicMemory = (vm: VirtualMachine): boolean =>
  vm.dynamicMemory === true || (vm.checkpoints ?? []).some((checkpoint) => checkpoint.dynamicMemory === true);

/** The folder in which another VM has that name already; null when the name is free. */
export const takenIn = (
  world: LabWorld,
  vm: Pick<VirtualMachine, 'id' | 'name'>,
  folder: PlannedPlacement['folder'],
): string | null => {
  if (folder === null) return null;
  for (const entity of world.entities()) {
    if (entity.kind !== 'virtual-machine' || entity.id === vm.id) continue;
    if (entity.parent === folder && entity.name === vm.name) return world.get(folder)?.name ?? '';
  }
  return null;
};

/** What the platform has against this VM in this place. Empty or warnings only: it fits. */
export const judgePlacement = (
  world: LabWorld,
  vm: VirtualMachine,
  plan: PlannedPlacement,
  move: Move,
): readonly PlatformObjection[] => {
  const objector = createObjector(world, vm, plan.host);
  judgeHost(vm, plan.host, move, objector);
  judgeMemory(world, vm, plan.host, objector);
  // An image is given its networks, and its disks a new form, when it is restored.
  if (move.method !== 'cold-evacuate') judgeNetworks(world, vm, plan.host, move, objector);
  if (move.method === 'hot' && vm.host !== plan.host.id) judgeDevices(world, vm, plan.newDatastore !== null, objector);
  if (plan.newDatastore !== null) judgeStorage(vm, plan.host, plan.newDatastore, objector);
  // Hyper-V moves a VM beside one of the same name, but does not make a second one.
  const namesCount = world.platform === 'vmware' || move.method === 'cold-evacuate';
  const taken = namesCount ? takenIn(world, vm, plan.folder) : null;
  if (taken !== null) objector.object('name-taken', taken);
  const home = vm.host === null ? undefined : world.get(vm.host);
  const leavesCluster = home?.kind === 'host' && home.cluster !== plan.host.cluster;
  if (leavesCluster) for (const rule of vm.placementRules ?? []) objector.object('placement-rule', rule, 'warning');
  return objector.objections;
};
