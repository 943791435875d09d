import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { Entity, InventoryView } from '../../shared/domain/inventory.ts';
import type { Placement } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { placeName } from './place-name.ts';

/** A VM as the inventory knows it when a task is made. */
export interface VmOrigin {
  readonly vmName: string;
  readonly placement: Placement;
  readonly placeName: string;
  readonly instanceUuid?: string;
}

/** What the task runner asks of the inventory as it is known without asking the server. */
export interface PlaceBook {
  originOf(vm: EntityId): VmOrigin | null;
  entity(id: EntityId): Entity | undefined;
  siteName(site: SiteId): string;
}

/** The part of the inventory a place book is made from. */
export interface KnownInventory {
  view(): InventoryView;
  facts(ids: readonly EntityId[]): readonly { readonly vm: VirtualMachine }[];
}

export const createPlaceBook = (inventory: KnownInventory, siteName: (site: SiteId) => string): PlaceBook => {
  const entity = (id: EntityId): Entity | undefined => inventory.view().get(id);
  return {
    entity,
    siteName,
    originOf: (id) => {
      const row = entity(id);
      if (row?.kind !== 'virtual-machine') return null;
      // The live row tells where the VM is; what the row is too small for comes from the whole facts.
      const facts = inventory.facts([id])[0]?.vm;
      const placement: Placement = { host: row.host, pool: row.pool, datastores: facts?.datastores ?? [] };
      return {
        vmName: row.name,
        placement,
        placeName: placeName(placement, entity),
        ...(facts?.instanceUuid === undefined ? {} : { instanceUuid: facts.instanceUuid }),
      };
    },
  };
};
