import { useDeferredValue, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { type InventorySearch, parseInventorySearch } from '../../../shared/planning/inventory-search.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSites } from '../../stores/sites.ts';
import { searchInventory } from './search-inventory.ts';
import { type RowId, type SearchResult, type TreeRow, treeRows } from './tree-rows.ts';
import { expansion, useTree } from './tree-state.ts';
import { type FoundVms, useFoundVms } from './use-found-vms.ts';

export interface VisibleTree {
  readonly rows: readonly TreeRow[];
  readonly query: InventorySearch;
  readonly found: FoundVms;
  /** Null without a search. */
  readonly search: SearchResult | null;
  /** Line of a row, -1 when it is not visible. */
  indexOf(id: RowId | null): number;
}

const noWords: readonly string[] = [];
const noVms: ReadonlySet<EntityId> = new Set();

/** The lines of the tree as they are to be drawn now. */
export const useTreeRows = (): VisibleTree => {
  const placed = useInventory((state) => state.placed);
  const latest = useInventory((state) => state.latest);
  const siteNames = useSites(useShallow((state) => new Map(state.sites.map(({ site }) => [site.id, site.name]))));
  const view = useTree((state) => state.view);
  const toggled = useTree((state) => state.toggled);
  const toggledInSearch = useTree((state) => state.toggledInSearch);
  const collapsed = useTree((state) => state.collapsed);
  // Typing goes on at once; the search over all VMs may come a frame later.
  const searchText = useDeferredValue(useTree((state) => state.searchText));

  const query = useMemo(() => parseInventorySearch(searchText), [searchText]);
  const { places, findingWords, notUnderstood } = query;
  const found = useFoundVms(notUnderstood.length > 0 ? noWords : findingWords);
  // A power state changes without anything moving.
  const searched = places.terms.some((term) => term.kind === 'state') ? latest : placed;
  const search = useMemo(() => {
    const among = found.kind === 'found' ? found.vms : findingWords.length > 0 ? noVms : null;
    return searchInventory(places, searched.index, siteNames, view, among);
  }, [places, findingWords, found, searched, siteNames, view]);
  const rows = useMemo(
    () =>
      treeRows({
        index: placed.index,
        sites: [...siteNames.keys()],
        view,
        isExpanded: expansion({ toggled, toggledInSearch, collapsed }, placed.index, search),
        search,
      }),
    [placed, siteNames, view, toggled, toggledInSearch, collapsed, search],
  );
  return useMemo(() => {
    // Walked, not mapped: a map of 50,000 rows costs more than the few questions asked of it until the next one.
    const indexOf = (id: RowId | null): number => (id === null ? -1 : rows.findIndex((row) => row.id === id));
    return { rows, query, found, search, indexOf };
  }, [rows, query, found, search]);
};
