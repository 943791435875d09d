import type { Entity, InventoryView } from '../domain/inventory.ts';
import type { Destination, MigrationMethod } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';

/** The pool an inventory object stands for as a destination; null for what can never take a VM (a data center, a VM). */
export const destinationOf = (entity: Entity): Destination | null => {
  switch (entity.kind) {
    case 'host':
    case 'cluster':
    case 'resource-pool':
    case 'vapp':
      return { kind: entity.kind, id: entity.id, name: entity.name };
    default:
      return null;
  }
};

/** The pool a VM is in, as a destination: what it is evacuated from. Null when the inventory does not tell. */
export const presentPool = (vm: Pick<VmSummary, 'pool' | 'host'>, inventory: InventoryView): Destination | null => {
  const pool = vm.pool === null ? undefined : inventory.get(vm.pool);
  if (pool !== undefined) return destinationOf(pool);
  const host = vm.host === null ? undefined : inventory.get(vm.host);
  if (host?.kind !== 'host') return null;
  const cluster = host.cluster === null ? undefined : inventory.get(host.cluster);
  return destinationOf(cluster ?? host);
};

/** D5: a running VM moves hot, a stopped one cold; null when it can move neither way as it is. */
export const defaultMethodOf = (vm: Pick<VmSummary, 'powerState'>): MigrationMethod | null => {
  switch (vm.powerState) {
    case 'on':
      return 'hot';
    case 'off':
      return 'cold-evacuate';
    default:
      return null;
  }
};
