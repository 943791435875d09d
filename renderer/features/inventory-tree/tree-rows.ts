import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import { type InventoryIndex, isEntity, type TreeView } from '../../stores/inventory-index.ts';

/** A place, a VM or a site. A site's id has no slash, an inventory object's has. */
export type RowId = EntityId | SiteId;

/** One line of the tree, as plain data: what ARIA and the layout need; the rest is looked up when it is drawn. */
export interface TreeRow {
  readonly id: RowId;
  readonly kind: 'site' | 'place' | 'vm';
  /** 1 for sites. */
  readonly level: number;
  /** 1 for the first among its siblings. */
  readonly position: number;
  readonly siblings: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

/** What a search leaves to be seen. */
export interface SearchResult {
  readonly hits: ReadonlySet<RowId>;
  /** Places that are no hits themselves but hold some. */
  readonly paths: ReadonlySet<RowId>;
}

export interface TreeRequest {
  readonly index: InventoryIndex;
  readonly sites: readonly SiteId[];
  readonly view: TreeView;
  isExpanded(id: RowId): boolean;
  /** Null without a search. */
  readonly search: SearchResult | null;
}

/**
 * The lines of the tree from top to bottom: only what is expanded is walked, so the cost is that of what could be
 * scrolled to, not of the inventory.
 */
export const treeRows = (request: TreeRequest): readonly TreeRow[] => {
  const rows: TreeRow[] = [];
  const sites = request.sites.filter((site) => isVisible(request.search, site, false));
  for (const [at, site] of sites.entries()) addPlace(request, rows, site, 1, at + 1, sites.length, false);
  return rows;
};

/** `insideHit`: a place that was searched for shows all it holds when no hit lies deeper inside. */
const addPlace = (
  request: TreeRequest,
  rows: TreeRow[],
  id: RowId,
  level: number,
  position: number,
  siblings: number,
  insideHit: boolean,
): void => {
  const { index, view, search } = request;
  const content = index.content(view, id);
  const holdsHits = search === null || search.paths.has(id);
  const showsAll = search === null || insideHit || (search.hits.has(id) && !holdsHits);
  const places = showsAll ? content.places : content.places.filter((place) => isVisible(search, place, insideHit));
  const vms = showsAll ? content.vms : content.vms.filter((vm) => search.hits.has(vm));
  const count = places.length + vms.length;
  const expanded = count > 0 && request.isExpanded(id);
  const kind = isEntity(id) ? 'place' : 'site';
  rows.push({ id, kind, level, position, siblings, expandable: count > 0, expanded });
  if (!expanded) return;
  for (const [at, place] of places.entries()) {
    addPlace(request, rows, place, level + 1, at + 1, count, search !== null && showsAll);
  }
  for (let at = 0; at < vms.length; at += 1) {
    const vm = vms[at];
    if (vm === undefined) continue;
    rows.push({
      id: vm,
      kind: 'vm',
      level: level + 1,
      position: places.length + at + 1,
      siblings: count,
      expandable: false,
      expanded: false,
    });
  }
};

const isVisible = (search: SearchResult | null, id: RowId, insideHit: boolean): boolean =>
  search === null || insideHit || search.hits.has(id) || search.paths.has(id);
