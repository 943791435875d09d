import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../shared/domain/inventory.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';
import type { Broadcast } from './broadcast.ts';

/** Shows sites' inventories to the window: first everything, in pages, then what changes. */
export interface InventoryStream {
  /** Pushes the whole site. Opening it again begins anew; the earlier one ends. */
  open(site: SiteId, signal: AbortSignal): Promise<void>;
  /** The window went away or was loaded anew: it has to open what it wants to see. */
  forgetAll(): void;
  close(): void;
}

/** Rows in one event: large enough to be few, small enough that neither side stops for a frame. */
const pageSize = 2_500;

export const createInventoryStream = (inventory: InventoryService, broadcast: Broadcast): InventoryStream => {
  const opened = new Map<SiteId, AbortController>();

  const unsubscribe = inventory.onChange((change) => {
    if (opened.has(change.site)) broadcast.send('inventory.batch', { ...change, reset: false, complete: false });
  });

  /** Read when it is sent: a change that was told meanwhile must not be undone by an older row. */
  const pageOf = (
    site: SiteId,
    ids: readonly EntityId[],
  ): { readonly infrastructure: readonly InfrastructureEntity[]; readonly vms: readonly VmSummary[] } => {
    const memory = inventory.site(site);
    const infrastructure: InfrastructureEntity[] = [];
    const vms: VmSummary[] = [];
    for (const id of ids) {
      const entity = memory.get(id);
      if (entity?.kind === 'virtual-machine') vms.push(entity);
      else if (entity !== undefined) infrastructure.push(entity);
    }
    return { infrastructure, vms };
  };

  return {
    open: async (site, signal) => {
      await inventory.load(site);
      opened.get(site)?.abort();
      const mine = new AbortController();
      opened.set(site, mine);
      const memory = inventory.site(site);
      // All of the infrastructure first: rows of VMs need something to hang under.
      const vmIds = [...memory.vms.keys()];
      let reset = true;
      for (let from = 0; reset || from < vmIds.length; from += pageSize) {
        if (mine.signal.aborted || signal.aborted) return;
        const ids = vmIds.slice(from, from + pageSize);
        const page = pageOf(site, reset ? [...memory.infrastructure.keys(), ...ids] : ids);
        const complete = from + pageSize >= vmIds.length;
        broadcast.send('inventory.batch', { site, reset, ...page, removals: [], complete });
        reset = false;
        if (!complete) await nextTurn();
      }
    },
    forgetAll: () => {
      for (const one of opened.values()) one.abort();
      opened.clear();
    },
    close: () => {
      unsubscribe();
      opened.clear();
    },
  };
};
