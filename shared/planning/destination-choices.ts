import type { EntityId } from '../domain/ids.ts';
import type { Datastore, Host, InventoryView, Network } from '../domain/inventory.ts';
import type { Destination } from '../domain/migration.ts';
import type { NetworkAdapter, VirtualMachine, VmSummary } from '../domain/virtual-machine.ts';
import { hostsByCluster, ownerOf, targetOf } from '../rules/target.ts';

/*
 * What can be chosen at a destination: hosts that could run the VMs, datastores and networks those hosts reach.
 * Only a proposal: the precautions and the platform itself decide.
 */

const byName = (left: { readonly name: string }, right: { readonly name: string }): number =>
  left.name.localeCompare(right.name, 'en', { numeric: true });

/** Hosts on which a VM in that pool would run, by name: those behind it that are connected and not in maintenance. */
export const hostsFor = (destination: Destination, inventory: InventoryView): readonly Host[] =>
  targetOf(destination, { host: null, datastore: null }, inventory, hostsByCluster(inventory)).usableHosts.toSorted(
    byName,
  );

/** The hosts that come into question: the chosen one, or all of {@link hostsFor} when the platform chooses. */
export const hostsInQuestion = (
  destination: Destination,
  host: EntityId | null,
  inventory: InventoryView,
): readonly Host[] => {
  const hosts = hostsFor(destination, inventory);
  return host === null ? hosts : hosts.filter((candidate) => candidate.id === host);
};

export interface DatastoreChoice {
  readonly datastore: Datastore;
  /** Bytes free now; null when the platform did not tell. */
  readonly freeBytes: number | null;
  /** Bytes that the disks to be copied there lack; 0 when they fit, null when it cannot be told. */
  readonly missingBytes: number | null;
}

const bytesOutside = (vm: VirtualMachine, datastore: EntityId): number =>
  vm.disks === undefined
    ? vm.diskBytes
    : vm.disks.reduce((sum, disk) => (disk.datastore === datastore ? sum : sum + disk.capacityBytes), 0);

/** Datastores that any of the hosts reaches and that can be written, by name, with the room for the VMs' disks. */
export const datastoreChoices = (
  hosts: readonly Host[],
  vms: readonly VirtualMachine[],
  inventory: InventoryView,
): readonly DatastoreChoice[] => {
  const choices: DatastoreChoice[] = [];
  for (const id of new Set(hosts.flatMap((host) => host.datastores))) {
    const datastore = inventory.get(id);
    if (datastore?.kind !== 'datastore' || datastore.accessible === false || datastore.inMaintenance === true) continue;
    const needed = vms.reduce((sum, vm) => sum + bytesOutside(vm, id), 0);
    const freeBytes = datastore.freeBytes ?? null;
    const missingBytes = freeBytes === null ? null : Math.max(0, needed - freeBytes);
    choices.push({ datastore, freeBytes, missingBytes });
  }
  return choices.sort((left, right) => byName(left.datastore, right.datastore));
};

export interface NetworkChoice {
  readonly network: Network;
  /** How many of the hosts in question reach it. */
  readonly hostCount: number;
}

/** Networks that any of the hosts reaches and that a VM can use, by name. */
export const networkChoices = (hosts: readonly Host[], inventory: InventoryView): readonly NetworkChoice[] => {
  const counts = new Map<EntityId, number>();
  for (const host of hosts) {
    for (const id of new Set(host.networks)) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const choices: NetworkChoice[] = [];
  for (const [id, hostCount] of counts) {
    const network = inventory.get(id);
    if (network?.kind !== 'network' || network.isUplink === true || network.accessible === false) continue;
    choices.push({ network, hostCount });
  }
  return choices.sort((left, right) => byName(left.network, right.network));
};

/** Which network an adapter would have at the destination. */
export type AdapterNetwork =
  /** Its own, which is there too. */
  | { readonly kind: 'same'; readonly network: EntityId }
  /** Another one of the same name. */
  | { readonly kind: 'same-name'; readonly network: EntityId }
  /** Chosen by the person. */
  | { readonly kind: 'chosen'; readonly network: EntityId }
  /** None: its own is not there, or what was chosen no longer is. */
  | { readonly kind: 'missing' }
  /** The adapter is attached to no network. */
  | { readonly kind: 'none' }
  /** The platform did not tell what it is attached to. */
  | { readonly kind: 'unknown' };

export const networkAtDestination = (
  adapter: NetworkAdapter,
  chosen: EntityId | undefined,
  choices: readonly NetworkChoice[],
): AdapterNetwork => {
  const has = (id: EntityId): boolean => choices.some((choice) => choice.network.id === id);
  if (chosen !== undefined) return has(chosen) ? { kind: 'chosen', network: chosen } : { kind: 'missing' };
  if (adapter.network === null) return { kind: 'none' };
  if (adapter.network !== undefined && has(adapter.network)) return { kind: 'same', network: adapter.network };
  const named = choices.find((choice) => choice.network.name === adapter.networkName)?.network.id;
  if (named !== undefined) return { kind: 'same-name', network: named };
  return adapter.network === undefined && adapter.networkName === undefined ? { kind: 'unknown' } : { kind: 'missing' };
};

/** Adapter key -> network, for those that get another one than their own: by choice, or by its name. */
export const networkMapOf = (
  vm: VirtualMachine,
  chosen: Readonly<Record<string, EntityId>>,
  choices: readonly NetworkChoice[],
): Readonly<Record<string, EntityId>> =>
  Object.fromEntries(
    (vm.adapters ?? []).flatMap((adapter) => {
      const at = networkAtDestination(adapter, chosen[adapter.key], choices);
      return at.kind === 'chosen' || at.kind === 'same-name' ? [[adapter.key, at.network]] : [];
    }),
  );

/**
 * True when the VM would stay in its cluster (or on its host, outside any), so that a platform which relocates it by
 * itself changes only the pool.
 */
export const staysInCluster = (
  vm: Pick<VmSummary, 'host'>,
  destination: Destination,
  inventory: InventoryView,
): boolean => {
  const host = vm.host === null ? undefined : inventory.get(vm.host);
  const owner = ownerOf(destination, inventory);
  return host?.kind === 'host' && owner !== undefined && owner.id === (host.cluster ?? host.id);
};

/** True when every disk can stay: all datastores of the VM are reached by each of the hosts. Null when not known. */
export const disksCanStay = (vm: VirtualMachine, hosts: readonly Host[]): boolean | null => {
  if (vm.datastores === undefined || hosts.length === 0) return null;
  return vm.datastores.every((datastore) => hosts.every((host) => host.datastores.includes(datastore)));
};

/**
 * Bytes of disk the move copies: the disks not yet on the chosen datastore; without a choice none when the disks can
 * stay. Null when that cannot be told.
 */
export const bytesToCopy = (vm: VirtualMachine, datastore: EntityId | null, hosts: readonly Host[]): number | null => {
  if (datastore !== null) return bytesOutside(vm, datastore);
  const stay = disksCanStay(vm, hosts);
  if (stay === null) return null;
  return stay ? 0 : vm.diskBytes;
};
