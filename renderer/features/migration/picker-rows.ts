import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { SiteStatus } from '../../../shared/domain/site.ts';
import type { InventoryIndex } from '../../stores/inventory-index.ts';

/** One line of the destination picker: a place, or a site over its places. */
export interface PickerRow {
  readonly id: EntityId | SiteId;
  readonly name: string;
  /** Null for a site. */
  readonly place: InfrastructureEntity | null;
  /** 1 for sites. */
  readonly level: number;
  /** What was searched for; the others only show where it lies. */
  readonly isHit: boolean;
}

/** All places of all sites as an open tree without VMs. With a text: those named so, and what they lie in. */
export const pickerRows = (index: InventoryIndex, sites: readonly SiteStatus[], text: string): readonly PickerRow[] => {
  const wanted = text.trim().toLowerCase();
  const matches = (name: string): boolean => name.toLowerCase().includes(wanted);
  /** The lines of a place and what lies in it; nothing when none of them is wanted. */
  const walk = (id: EntityId, level: number): readonly PickerRow[] => {
    const place = index.place(id);
    if (place === undefined) return [];
    const inside = index.content('by-pool', id).places.flatMap((child) => walk(child, level + 1));
    return inside.length > 0 || matches(place.name)
      ? [{ id, name: place.name, place, level, isHit: matches(place.name) }, ...inside]
      : [];
  };
  return sites.flatMap(({ site }) => {
    const inside = index.content('by-pool', site.id).places.flatMap((child) => walk(child, 2));
    return inside.length > 0 ? [{ id: site.id, name: site.name, place: null, level: 1, isHit: false }, ...inside] : [];
  });
};
