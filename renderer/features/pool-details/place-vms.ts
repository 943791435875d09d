import type { EntityId } from '../../../shared/domain/ids.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { InventoryIndex } from '../../stores/inventory-index.ts';
import type { PlaceId } from '../../stores/selection.ts';

/**
 * All VMs in a place and in what lies in it, in the order of the tree. A host's are those that run on it, whatever pool
 * they are in; a cluster's those of its hosts and pools, each once.
 */
export const vmsIn = (index: InventoryIndex, place: PlaceId): readonly VmSummary[] => {
  const found = new Set<EntityId>();
  const collect = (at: PlaceId): void => {
    for (const view of ['by-pool', 'by-host'] as const) {
      const content = index.content(view, at);
      for (const vm of content.vms) found.add(vm);
      for (const inner of content.places) if (view === 'by-pool') collect(inner);
    }
  };
  collect(place);
  return [...found].flatMap((id) => index.vm(id) ?? []);
};
