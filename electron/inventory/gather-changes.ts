import type { EntityId, SiteId } from '../../shared/domain/ids.ts';

/** Collects what was touched and tells it in bundles, so that a busy server does not make the window draw all the time. */
export interface ChangeGatherer {
  touched(site: SiteId, id: EntityId): void;
  /** Forgets what is waiting, of one site or of all. */
  drop(site?: SiteId): void;
}

/** How long changes gather, ms. */
export const gatherMs = 40;
/** So many at once do not wait any longer. */
export const gatherAtMost = 2_000;

export const createChangeGatherer = (tell: (site: SiteId, ids: ReadonlySet<EntityId>) => void): ChangeGatherer => {
  const waiting = new Map<SiteId, { readonly ids: Set<EntityId>; readonly timer: NodeJS.Timeout }>();

  const flush = (site: SiteId): void => {
    const bundle = waiting.get(site);
    if (bundle === undefined) return;
    clearTimeout(bundle.timer);
    waiting.delete(site);
    tell(site, bundle.ids);
  };

  const drop = (site: SiteId): void => {
    clearTimeout(waiting.get(site)?.timer);
    waiting.delete(site);
  };

  return {
    touched: (site, id) => {
      let bundle = waiting.get(site);
      if (bundle === undefined) {
        bundle = { ids: new Set(), timer: setTimeout(() => flush(site), gatherMs) };
        waiting.set(site, bundle);
      }
      bundle.ids.add(id);
      if (bundle.ids.size >= gatherAtMost) flush(site);
    },
    drop: (site) => {
      if (site !== undefined) drop(site);
      else for (const one of [...waiting.keys()]) drop(one);
    },
  };
};
