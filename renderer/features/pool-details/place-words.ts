import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import type { IconName } from '../../icons/icon.tsx';
import { type InventoryIndex, isEntity, type TreeView } from '../../stores/inventory-index.ts';
import type { PlaceId } from '../../stores/selection.ts';
import { siteStatus } from '../../stores/sites.ts';
import { placeIcon } from '../inventory-tree/entity-icon.ts';

export interface PlaceHead {
  readonly name: string;
  readonly icon: IconName;
  /** In words: "resource pool". */
  readonly kind: string;
}

const kindWords = (place: InfrastructureEntity, { common }: Messages): string =>
  place.kind === 'folder' && place.content === 'host-group' ? common.kinds['host-group'] : common.kinds[place.kind];

/** Null for a place that is no longer there. */
export const placeHead = (id: PlaceId, index: InventoryIndex, messages: Messages): PlaceHead | null => {
  if (!isEntity(id)) {
    const status = siteStatus(id);
    return status === undefined ? null : { name: status.site.name, icon: 'site', kind: messages.poolDetails.site };
  }
  const place = index.place(id);
  return place === undefined ? null : { name: place.name, icon: placeIcon(place), kind: kindWords(place, messages) };
};

/** The places above, the site first. */
export const placesAbove = (id: PlaceId, index: InventoryIndex, view: TreeView): readonly PlaceId[] => {
  const above: PlaceId[] = [];
  for (let at = id; isEntity(at); ) {
    at = index.parentOf(view, at);
    above.unshift(at);
  }
  return above;
};
