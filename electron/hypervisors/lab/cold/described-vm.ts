import type { Network } from '../../../../shared/domain/inventory.ts';
import type { Checkpoint, NetworkAdapter, VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { LabWorld } from '../lab-world.ts';
import { storedShareOf } from './disk-content.ts';
import { firmwareKey } from './hidden-facts.ts';

/** A VM in the words of a descriptor: what it is made of, without the place it is in. */
export interface DescribedVm {
  readonly name: string;
  /** Identity of the VM that was first exported; see `originOf`. */
  readonly origin: string;
  readonly guestOs: string;
  readonly hardwareVersion: number;
  readonly firmware: 'bios' | 'efi';
  readonly cpuCount: number;
  readonly memoryBytes: number;
  readonly dynamicMemory: boolean;
  readonly disks: readonly DescribedDisk[];
  /** The file with the boot entries; null when there is none. */
  readonly firmwareFile: string | null;
  readonly adapters: readonly DescribedAdapter[];
  /** Drives, by their labels. What was in them stays behind. */
  readonly cdroms: readonly string[];
  readonly floppies: readonly string[];
  /** Of Hyper-V alone: VMware exports the present state only. */
  readonly checkpoints: readonly Checkpoint[];
}

export interface DescribedDisk {
  readonly label: string;
  readonly file: string;
  readonly capacityBytes: number;
  /** What it takes on a datastore. */
  readonly storedBytes: number;
  readonly independent: boolean;
  readonly thin: boolean;
}

export interface DescribedAdapter {
  readonly label: string;
  /** Null when it is attached to none. */
  readonly network: string | null;
  /** VLAN ID of the port group it was attached to; 0 when it had none, or none is known. */
  readonly vlanId: number;
  readonly connected: boolean;
}

const networkVlan = ({ vlan }: Network): number => {
  switch (vlan?.kind) {
    case 'vlan':
      return vlan.id;
    case 'private':
      return vlan.secondaryId;
    case 'none':
    case 'trunk':
    case undefined:
      return 0;
    default:
      return vlan satisfies never;
  }
};

/** A standard port group has its VLAN from the host, a distributed one of its own. */
const vlanOf = (world: LabWorld, vm: VirtualMachine, adapter: NetworkAdapter): number => {
  const network = world.get(adapter.network ?? vm.id);
  if (network?.kind !== 'network') return 0;
  if (network.variant !== 'standard') return networkVlan(network);
  const host = vm.host === null ? undefined : world.get(vm.host);
  const groups = host?.kind === 'host' ? (host.portGroups ?? []) : [];
  return groups.find(({ name }) => name === network.name)?.vlanId ?? 0;
};

/** @param fileOf the name of the file that holds what this device key stands for */
export const describeVm = (
  world: LabWorld,
  vm: VirtualMachine,
  origin: string,
  fileOf: (key: string) => string,
): DescribedVm => ({
  name: vm.name,
  origin,
  guestOs: vm.guestOs ?? '',
  hardwareVersion: vm.hardwareVersion ?? 0,
  firmware: vm.firmware ?? 'bios',
  cpuCount: vm.cpuCount,
  memoryBytes: vm.memoryBytes,
  dynamicMemory: vm.dynamicMemory ?? false,
  disks: (vm.disks ?? []).map((disk) => ({
    label: disk.label,
    file: fileOf(disk.key),
    capacityBytes: disk.capacityBytes,
    storedBytes: storedShareOf(vm, disk),
    independent: disk.mode === 'independent',
    thin: disk.thin ?? false,
  })),
  firmwareFile: hasFirmwareFile(world, vm) ? fileOf(firmwareKey) : null,
  adapters: (vm.adapters ?? []).map((adapter) => ({
    label: adapter.label,
    network: adapter.network === null ? null : (adapter.networkName ?? null),
    vlanId: vlanOf(world, vm, adapter),
    connected: adapter.connected ?? false,
  })),
  cdroms: (vm.cdroms ?? []).map(({ label }) => label),
  floppies: (vm.floppies ?? []).map(({ label }) => label),
  checkpoints: world.platform === 'hyperv' ? (vm.checkpoints ?? []) : [],
});

/** VMware keeps what UEFI remembers in a file of its own; Hyper-V in the configuration of the VM. */
export const hasFirmwareFile = (world: LabWorld, vm: VirtualMachine): boolean =>
  world.platform === 'vmware' && vm.firmware === 'efi';
