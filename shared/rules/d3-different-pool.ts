import { finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { InventoryView } from '../domain/inventory.ts';
import type { Destination } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import type { DestinationRule } from './rule.ts';

const rootPoolOf = (owner: EntityId | null, inventory: InventoryView): EntityId | null => {
  const entity = owner === null ? undefined : inventory.get(owner);
  return entity?.kind === 'cluster' || entity?.kind === 'host' ? entity.rootPool : null;
};

const clusterOfHost = (host: EntityId | null, inventory: InventoryView): EntityId | null => {
  const entity = host === null ? undefined : inventory.get(host);
  return entity?.kind === 'host' ? entity.cluster : null;
};

/**
 * True when moving the VM to the destination would leave it where it is.
 * A cluster or a host is itself a pool. A VM in a nested pool of a cluster can still be moved to the top of that cluster.
 * A VM on a host outside any cluster can likewise be moved out of its nested pool to the top of the host.
 */
export const isAlreadyIn = (vm: VmSummary, destination: Destination, inventory: InventoryView): boolean => {
  switch (destination.kind) {
    case 'resource-pool':
    case 'vapp':
      return vm.pool === destination.id;
    case 'cluster': {
      if (clusterOfHost(vm.host, inventory) !== destination.id) return false;
      const root = rootPoolOf(destination.id, inventory);
      return vm.pool === null || root === null || vm.pool === root;
    }
    case 'host': {
      if (vm.host !== destination.id) return false;
      const root = rootPoolOf(destination.id, inventory);
      return root === null || vm.pool === null || vm.pool === root;
    }
    default: {
      const never: never = destination.kind;
      return never;
    }
  }
};

/** D3: the destination differs from the pool the VM is in. */
export const differentPool: DestinationRule = {
  id: 'D3',
  source: '仮想ホストを異なるリソースプールに移動します。',
  check(vm, destination, context) {
    if (!isAlreadyIn(vm, destination, context.inventory)) return [];
    const frame = {
      ruleId: 'D3',
      severity: 'blocker',
      vm: vm.id,
      destination: destination.id,
      factReadAt: context.factReadAt(vm.id),
    } as const;
    return [finding(frame, 'D3', { vm: vm.name, destination: destination.name })];
  },
};
