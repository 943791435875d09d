import { AppError, hasCode, toWire, type WireError } from '../../shared/errors/app-error.ts';
import { createInventoryCache } from './inventory-cache.ts';
import { inventoryCacheSteps } from './migrations/inventory-cache-steps.ts';
import type { DatabaseOptions } from './open-database.ts';
import { type FilePlan, openMigrated } from './open-migrated.ts';
import type { InventoryCache } from './ports.ts';
import { keepOnlyNewestSetAside, setAside } from './set-aside.ts';

/**
 * Opens the inventory cache. A damaged file is set aside and an empty one takes its place: at once when it is seen on
 * opening (`notice` says so), or in the middle of work, when the call that met the damage throws `storage-damaged` and
 * the next one finds the empty cache.
 * @throws `storage-newer`, `storage-locked`, `storage-failed`
 */
export const openInventoryCache = (
  file: string,
  options: DatabaseOptions,
  now: () => number,
): { readonly cache: InventoryCache; readonly notice: WireError | null } => {
  const plan: FilePlan = { file, safety: 'normal', steps: inventoryCacheSteps, checkWhole: false };
  const open = (): InventoryCache => createInventoryCache(openMigrated(plan, options, now()));

  let notice: WireError | null = null;
  let current: InventoryCache;
  try {
    current = open();
  } catch (error) {
    if (!hasCode(error, 'storage-damaged')) throw error;
    keepOnlyNewestSetAside(file);
    notice = toWire(error);
    current = open();
  }

  const replace = (error: AppError<'storage-damaged'>): AppError => {
    current.close();
    const moved = setAside(file, now());
    keepOnlyNewestSetAside(file);
    current = open();
    return new AppError('storage-damaged', { file, setAside: moved }, error);
  };

  const healing = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw hasCode(error, 'storage-damaged') ? replace(error) : error;
    }
  };

  const cache: InventoryCache = {
    upsert: (entities, readAt) => healing(() => current.upsert(entities, readAt)),
    remove: (ids) => healing(() => current.remove(ids)),
    removeOlderThan: (site, startedAt) => healing(() => current.removeOlderThan(site, startedAt)),
    markRead: (site, about, readAt) => healing(() => current.markRead(site, about, readAt)),
    siteState: (site) => healing(() => current.siteState(site)),
    infrastructure: (site) => healing(() => current.infrastructure(site)),
    *summaries(site, pageSize) {
      const pages = current.summaries(site, pageSize)[Symbol.iterator]();
      for (;;) {
        const page = healing(() => pages.next());
        if (page.done) return;
        yield page.value;
      }
    },
    vmCount: (site) => healing(() => current.vmCount(site)),
    virtualMachines: (ids) => healing(() => current.virtualMachines(ids)),
    forgetSite: (site) => healing(() => current.forgetSite(site)),
    close: () => current.close(),
  };
  return { cache, notice };
};
