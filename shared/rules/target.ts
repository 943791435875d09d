import type { EntityId } from '../domain/ids.ts';
import type { Cluster, Datastore, Host, InventoryView, Network, VirtualSwitch } from '../domain/inventory.ts';
import type { Destination } from '../domain/migration.ts';

/**
 * A destination as precautions need it: everything reachable there, gathered once and used for every VM.
 * With a chosen host only that host counts; else every host that could run the VM.
 */
export interface Target {
  readonly destination: Destination;
  /** The cluster or standalone host behind the destination; undefined when the inventory does not hold it. */
  readonly owner: Cluster | Host | undefined;
  readonly hosts: readonly Host[];
  /** Hosts that are connected and not in maintenance. */
  readonly usableHosts: readonly Host[];
  readonly chosenHost: Host | null;
  readonly chosenDatastore: Datastore | null;
  readonly datastores: readonly Datastore[];
  readonly networks: ReadonlyMap<EntityId, Network>;
  readonly networksByName: ReadonlyMap<string, Network>;
  readonly distributedSwitches: readonly VirtualSwitch[];
  /** Secondary VLAN ids for which a private-VLAN port group exists, per distributed switch. */
  readonly privatePortGroups: ReadonlyMap<EntityId, ReadonlySet<number>>;
}

/** The cluster or standalone host behind a destination; undefined when the inventory does not hold it. */
export const ownerOf = (destination: Destination, inventory: InventoryView): Cluster | Host | undefined => {
  const entity = inventory.get(destination.id);
  switch (entity?.kind) {
    case 'cluster':
      return entity;
    case 'host':
      return entity;
    case 'resource-pool':
    case 'vapp': {
      const owner = inventory.get(entity.owner);
      return owner?.kind === 'cluster' || owner?.kind === 'host' ? owner : undefined;
    }
    default:
      return undefined;
  }
};

/** Which hosts belong to which cluster; made once per inventory and shared by all targets. */
export type HostsByCluster = ReadonlyMap<EntityId, readonly Host[]>;

export const hostsByCluster = (inventory: InventoryView): HostsByCluster => {
  const hosts = new Map<EntityId, Host[]>();
  for (const entity of inventory.infrastructure()) {
    if (entity.kind !== 'host' || entity.cluster === null) continue;
    const known = hosts.get(entity.cluster);
    if (known === undefined) hosts.set(entity.cluster, [entity]);
    else known.push(entity);
  }
  return hosts;
};

const present = <Kind extends 'datastore' | 'network' | 'switch' | 'host'>(
  kind: Kind,
  id: EntityId | null | undefined,
  inventory: InventoryView,
) => {
  const entity = id === null || id === undefined ? undefined : inventory.get(id);
  return entity?.kind === kind ? (entity as Extract<typeof entity, { kind: Kind }>) : undefined;
};

/** Every host on which a VM in that pool could run, whatever state it is in; none when the inventory does not tell. */
export const hostsBehind = (
  destination: Destination,
  inventory: InventoryView,
  clusters: HostsByCluster,
): readonly Host[] => {
  const owner = ownerOf(destination, inventory);
  if (owner === undefined) return [];
  return owner.kind === 'host' ? [owner] : (clusters.get(owner.id) ?? []);
};

/** A host takes VMs when it is connected and not in maintenance mode. */
export const isUsable = (host: Host): boolean => host.connection === 'connected' && !host.inMaintenance;

/** Gathers a destination. `host` and `datastore` are the person's choice; null lets the platform choose. */
export const targetOf = (
  destination: Destination,
  choice: { readonly host: EntityId | null; readonly datastore: EntityId | null },
  inventory: InventoryView,
  clusters: HostsByCluster,
): Target => {
  const chosenHost = present('host', choice.host, inventory) ?? null;
  const hosts = chosenHost === null ? hostsBehind(destination, inventory, clusters) : [chosenHost];
  const datastores = new Map<EntityId, Datastore>();
  const networks = new Map<EntityId, Network>();
  const networksByName = new Map<string, Network>();
  for (const host of hosts) {
    for (const id of host.datastores) {
      const datastore = present('datastore', id, inventory);
      if (datastore !== undefined) datastores.set(id, datastore);
    }
    for (const id of host.networks) {
      const network = present('network', id, inventory);
      if (network === undefined || network.isUplink === true) continue;
      networks.set(id, network);
      if (!networksByName.has(network.name)) networksByName.set(network.name, network);
    }
  }
  const switches = new Map<EntityId, VirtualSwitch>();
  const privatePortGroups = new Map<EntityId, Set<number>>();
  for (const network of networks.values()) {
    const own = present('switch', network.switch, inventory);
    if (own?.distributed !== true) continue;
    switches.set(own.id, own);
    const secondaries = privatePortGroups.get(own.id) ?? new Set<number>();
    if (network.vlan?.kind === 'private') secondaries.add(network.vlan.secondaryId);
    privatePortGroups.set(own.id, secondaries);
  }
  return {
    destination,
    owner: ownerOf(destination, inventory),
    hosts,
    usableHosts: hosts.filter(isUsable),
    chosenHost,
    chosenDatastore: present('datastore', choice.datastore, inventory) ?? null,
    datastores: [...datastores.values()],
    networks,
    networksByName,
    distributedSwitches: [...switches.values()],
    privatePortGroups,
  };
};

/** The network an adapter would be attached to at the destination; undefined when there is none. */
export const networkAtTarget = (
  adapter: { readonly key: string; readonly network?: EntityId | null; readonly networkName?: string },
  networkMap: Readonly<Record<string, EntityId>>,
  target: Target,
): Network | undefined => {
  const mapped = networkMap[adapter.key];
  if (mapped !== undefined) return target.networks.get(mapped);
  if (adapter.network !== undefined && adapter.network !== null) {
    const same = target.networks.get(adapter.network);
    if (same !== undefined) return same;
  }
  return adapter.networkName === undefined ? undefined : target.networksByName.get(adapter.networkName);
};
