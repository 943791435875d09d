import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Host, InfrastructureEntity, ResourcePool, VApp } from '../../../shared/domain/inventory.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { InventoryIndex } from '../../stores/inventory-index.ts';

/** One meter. Facts the platform did not tell are absent; a meter without `used` or `total` is not drawn. */
export interface Capacity {
  readonly resource: 'cpu' | 'memory' | 'storage';
  /** The datastores it counts; empty for the others. */
  readonly names: readonly string[];
  /** Those of them that are {@link nearlyFull}. */
  readonly nearlyFull: readonly string[];
  /** MHz for CPU, bytes for the others. */
  readonly used: number;
  readonly total: number;
  /** Null where a reservation means nothing. */
  readonly reserved: number | null;
  /** What the dragged VMs would add, or (negative, at most all that is used) take away; 0 where it cannot be known. */
  readonly change: number;
}

/** Above this part of a datastore's capacity it counts as nearly full. */
export const nearlyFull = 0.85;

/** What the place has and what of it is used; empty where the platform told nothing. `change`: see {@link moveEffect}. */
export const capacitiesOf = (
  place: InfrastructureEntity,
  index: InventoryIndex,
  change: MoveEffect,
): readonly Capacity[] => {
  switch (place.kind) {
    case 'host':
      return [...computeOfHosts([place], change), ...storageOf([place], index)];
    case 'cluster': {
      const hosts = hostsOf(place.id, index);
      return [...computeOfHosts(hosts, change), ...storageOf(hosts, index)];
    }
    case 'resource-pool':
    case 'vapp': {
      const hosts = hostsOfOwner(place, index);
      return [...computeOfPool(place, hosts, change), ...storageOf(hosts, index)];
    }
    default:
      return [];
  }
};

/** Sums over dragged VMs. CPU is left out: what a VM uses is not in its summary. */
export interface MoveEffect {
  readonly memoryBytes: number;
}

export const noEffect: MoveEffect = { memoryBytes: 0 };

/** What moving these VMs would take from (`leave`) or bring to (`come`) a place. */
export const moveEffect = (vms: readonly VmSummary[], direction: 'leave' | 'come'): MoveEffect => {
  const sign = direction === 'leave' ? -1 : 1;
  // Only a running VM holds memory of its host.
  const memoryBytes = vms.reduce((sum, vm) => sum + (vm.powerState === 'on' ? vm.memoryBytes : 0), 0);
  return { memoryBytes: sign * memoryBytes };
};

const hostsOf = (cluster: EntityId, index: InventoryIndex): readonly Host[] =>
  index.content('by-host', cluster).places.flatMap((id) => {
    const host = index.place(id);
    return host?.kind === 'host' ? [host] : [];
  });

/** Sum, or null when one of them did not tell: half a sum would be a wrong number. */
const sumOf = (hosts: readonly Host[], fact: (host: Host) => number | undefined): number | null => {
  let sum = 0;
  for (const host of hosts) {
    const value = fact(host);
    if (value === undefined) return null;
    sum += value;
  }
  return hosts.length === 0 ? null : sum;
};

const meter = (
  resource: Capacity['resource'],
  used: number | null | undefined,
  total: number | null | undefined,
  reserved: number | null,
  change: number,
): readonly Capacity[] =>
  used === null || used === undefined || total === null || total === undefined || total <= 0
    ? []
    : [{ resource, names: [], nearlyFull: [], used, total, reserved, change: Math.max(-used, change) }];

const computeOfHosts = (all: readonly Host[], change: MoveEffect): readonly Capacity[] => {
  const hosts = all.filter((host) => host.connection === 'connected');
  return [
    ...meter(
      'cpu',
      sumOf(hosts, (host) => host.cpuUsedMhz),
      sumOf(hosts, (host) => host.cpuTotalMhz),
      null,
      0,
    ),
    ...meter(
      'memory',
      sumOf(hosts, (host) => host.memoryUsedBytes),
      sumOf(hosts, (host) => host.memoryTotalBytes),
      null,
      change.memoryBytes,
    ),
  ];
};

const hostsOfOwner = (pool: ResourcePool | VApp, index: InventoryIndex): readonly Host[] => {
  const owner = index.place(pool.owner);
  return owner?.kind === 'host' ? [owner] : owner?.kind === 'cluster' ? hostsOf(owner.id, index) : [];
};

/** A pool without a limit of its own may use all its owner has. */
const computeOfPool = (pool: ResourcePool | VApp, hosts: readonly Host[], change: MoveEffect): readonly Capacity[] => {
  const cpuTotal = pool.cpuLimitMhz ?? sumOf(hosts, (host) => host.cpuTotalMhz);
  const memoryTotal = pool.memoryLimitBytes ?? sumOf(hosts, (host) => host.memoryTotalBytes);
  return [
    ...meter('cpu', pool.cpuUsedMhz, cpuTotal, pool.cpuReservedMhz ?? null, 0),
    ...meter('memory', pool.memoryUsedBytes, memoryTotal, pool.memoryReservedBytes ?? null, change.memoryBytes),
  ];
};

/** All datastores the hosts reach and can use now, as one; those that are nearly full are named. */
const storageOf = (hosts: readonly Host[], index: InventoryIndex): readonly Capacity[] => {
  const known = new Map<EntityId, { readonly name: string; readonly used: number; readonly total: number }>();
  for (const id of new Set(hosts.flatMap((host) => host.datastores))) {
    const store = index.place(id);
    if (store?.kind !== 'datastore' || store.accessible === false || store.inMaintenance === true) continue;
    const { name, capacityBytes: total, freeBytes } = store;
    if (total === undefined || freeBytes === undefined || total <= 0) continue;
    known.set(id, { name, used: total - freeBytes, total });
  }
  const stores = [...known.values()];
  if (stores.length === 0) return [];
  return [
    {
      resource: 'storage',
      names: stores.map(({ name }) => name),
      nearlyFull: stores.filter(({ used, total }) => used / total > nearlyFull).map(({ name }) => name),
      used: stores.reduce((sum, { used }) => sum + used, 0),
      total: stores.reduce((sum, { total }) => sum + total, 0),
      reserved: null,
      change: 0,
    },
  ];
};
