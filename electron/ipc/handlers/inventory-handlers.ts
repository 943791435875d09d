import type { InventoryService } from '../../inventory/inventory-service.ts';
import type { SiteService } from '../../sites/site-service.ts';
import type { HandlersOf } from '../handlers.ts';
import type { InventoryStream } from '../inventory-stream.ts';

export const inventoryHandlers = (
  inventory: InventoryService,
  stream: InventoryStream,
  sites: SiteService,
): HandlersOf<'inventory'> => ({
  'inventory.open': async ({ site }, { signal }) => {
    // Before anything is kept for it: an unknown site is refused.
    sites.status(site);
    await stream.open(site, signal);
    return {};
  },
  'inventory.facts': ({ ids }) => [...inventory.facts(ids)],
  'inventory.refresh': ({ site }) => {
    sites.status(site);
    sites.refresh(site);
    return {};
  },
});
