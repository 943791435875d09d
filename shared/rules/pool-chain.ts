import type { EntityId } from '../domain/ids.ts';
import type { InventoryView, ResourcePool, VApp } from '../domain/inventory.ts';

/**
 * The pool and those it lies in, from the inside out: a limit of any of them holds for what is inside. Without the
 * hidden pool at the top, which has all that the hosts have. Empty for what is no pool.
 */
export const poolsAround = (id: EntityId | null, inventory: InventoryView): readonly (ResourcePool | VApp)[] => {
  const pools: (ResourcePool | VApp)[] = [];
  const seen = new Set<EntityId>();
  for (let at = id; at !== null && !seen.has(at); ) {
    seen.add(at);
    const entity = inventory.get(at);
    if (entity?.kind !== 'resource-pool' && entity?.kind !== 'vapp') break;
    if (entity.kind === 'resource-pool' && entity.isRoot) break;
    pools.push(entity);
    at = entity.parent;
  }
  return pools;
};
