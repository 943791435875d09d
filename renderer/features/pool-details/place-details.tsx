import { useMemo } from 'react';
import { type EntityId, siteOf } from '../../../shared/domain/ids.ts';
import { EmptyState } from '../../controls/empty-state.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { type Drag, useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { type InventoryIndex, isEntity } from '../../stores/inventory-index.ts';
import type { PlaceId } from '../../stores/selection.ts';
import { useSites } from '../../stores/sites.ts';
import { useTree } from '../inventory-tree/tree-state.ts';
import { capacitiesOf, type MoveEffect, moveEffect, noEffect } from './capacity.ts';
import { CapacityMeter } from './capacity-meter.tsx';
import { PaneHeader } from './pane-header.tsx';
import { placeHead, placesAbove } from './place-words.ts';
import { VmTable } from './vm-table.tsx';

/** A site, data center, cluster, host or pool: its capacity and its VMs. */
export const PlaceDetails = ({ place }: { readonly place: PlaceId }) => {
  const messages = useMessages();
  const { index } = useInventory((state) => state.latest);
  const view = useTree((state) => state.view);
  const site = isEntity(place) ? siteOf(place) : place;
  const readAt = useSites((state) => state.sites.find((status) => status.site.id === site)?.inventoryReadAt ?? null);
  const head = placeHead(place, index, messages);
  if (head === null) {
    return (
      <EmptyState icon="inventory" title={messages.poolDetails.nothingTitle} text={messages.poolDetails.nothingText} />
    );
  }
  return (
    <>
      <PaneHeader {...head} above={placesAbove(place, index, view)} readAt={readAt} />
      {isEntity(place) && <Capacities place={place} />}
      <VmTable place={place} />
    </>
  );
};

const Capacities = ({ place }: { readonly place: EntityId }) => {
  const { poolDetails } = useMessages();
  const latest = useInventory((state) => state.latest);
  const drag = useDrag((state) => state.drag);
  const over = useDrag((state) => state.over === place);
  const capacities = useMemo(() => {
    const entity = latest.index.place(place);
    if (entity === undefined) return [];
    return capacitiesOf(entity, latest.index, effectOn(place, drag, over, latest.index));
  }, [latest, place, drag, over]);
  if (capacities.length === 0) return null;
  return (
    <section className="capacities" aria-label={poolDetails.capacity}>
      {capacities.map((capacity) => (
        <CapacityMeter key={capacity.resource} capacity={capacity} />
      ))}
    </section>
  );
};

/** Where the dragged VMs come from shows what would leave; the place under the mouse what would come. */
const effectOn = (place: EntityId, drag: Drag | null, over: boolean, index: InventoryIndex): MoveEffect => {
  if (drag === null) return noEffect;
  const inside = drag.vms.filter((vm) => liesIn(vm.id, place, index));
  if (inside.length > 0) return moveEffect(inside, 'leave');
  return over ? moveEffect(drag.vms, 'come') : noEffect;
};

const liesIn = (vm: EntityId, place: EntityId, index: InventoryIndex): boolean =>
  (['by-pool', 'by-host'] as const).some((view) => placesAbove(vm, index, view).includes(place));
