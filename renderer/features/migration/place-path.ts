import type { EntityId } from '../../../shared/domain/ids.ts';
import { type InventoryIndex, isEntity } from '../../stores/inventory-index.ts';
import { ruleContext } from '../../stores/rule-context.ts';

/** Names of what a place lies in, from near to far, its site last: `CL-STG-01 · TYO-1 · vc-tokyo`. */
export const placePath = (index: InventoryIndex, place: EntityId): readonly string[] => {
  const names: string[] = [];
  let above = index.parentOf('by-pool', place);
  while (above !== null && isEntity(above)) {
    names.push(index.place(above)?.name ?? '');
    above = index.parentOf('by-pool', above);
  }
  return [...names.filter((name) => name !== ''), ruleContext.siteName(place)];
};
