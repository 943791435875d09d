import { type EntityId, type SiteId, siteOf } from '../../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { SearchQuery, SearchTerm } from '../../../shared/planning/search-query.ts';
import { type InventoryIndex, isEntity, type TreeView } from '../../stores/inventory-index.ts';
import type { RowId, SearchResult } from './tree-rows.ts';

/** Kinds of place that rows of the tree stand for; others are never hits. */
const searchable: Readonly<Record<TreeView, ReadonlySet<string>>> = {
  'by-pool': new Set(['folder', 'datacenter', 'cluster', 'host', 'resource-pool', 'vapp']),
  'by-host': new Set(['folder', 'datacenter', 'cluster', 'host']),
};

/**
 * Null when nothing is searched for. Walks every object once: 50,000 VMs take a few milliseconds.
 * @param among only these VMs can be hits, and no place, because findings are of VMs; null: anything can
 */
export const searchInventory = (
  query: SearchQuery,
  index: InventoryIndex,
  siteNames: ReadonlyMap<SiteId, string>,
  view: TreeView,
  among: ReadonlySet<EntityId> | null,
): SearchResult | null => {
  if (query.terms.length === 0 && query.notUnderstood.length === 0 && among === null) return null;
  const hits = new Set<RowId>();
  const paths = new Set<RowId>();
  if (query.notUnderstood.length > 0) return { hits, paths };
  const hit = (id: RowId) => {
    hits.add(id);
    for (let above = parentRow(index, view, id); above !== null; above = parentRow(index, view, above)) {
      if (paths.has(above)) return;
      paths.add(above);
    }
  };
  const nameOfSite = (id: RowId) => (isEntity(id) ? siteNames.get(siteOf(id)) : siteNames.get(id)) ?? '';
  if (among === null) {
    for (const [site, name] of siteNames) {
      if (query.terms.every((term) => siteMatches(term, name))) hit(site);
    }
    for (const place of index.infrastructure()) {
      if (!searchable[view].has(place.kind) || (place.kind === 'resource-pool' && place.isRoot)) continue;
      if (query.terms.every((term) => placeMatches(term, place, index, nameOfSite(place.id)))) hit(place.id);
    }
  }
  const insideMatches = memoisedChains(index);
  for (const vm of index.virtualMachines()) {
    if (among !== null && !among.has(vm.id)) continue;
    if (query.terms.every((term) => vmMatches(term, vm, insideMatches, nameOfSite(vm.id)))) hit(vm.id);
  }
  return { hits, paths };
};

const parentRow = (index: InventoryIndex, view: TreeView, id: RowId): RowId | null =>
  isEntity(id) ? index.parentOf(view, id) : null;

const contains = (name: string, text: string): boolean => name.toLowerCase().includes(text);

const siteMatches = (term: SearchTerm, name: string): boolean => {
  if (term.kind === 'name') return contains(name, term.text);
  if (term.kind === 'inside') return term.place === 'site' && contains(name, term.text);
  return term.kind === 'type' && term.kinds.includes('site');
};

const placeMatches = (
  term: SearchTerm,
  place: InfrastructureEntity,
  index: InventoryIndex,
  siteName: string,
): boolean => {
  switch (term.kind) {
    case 'name':
      return contains(place.name, term.text);
    case 'type':
      return term.kinds.includes(place.kind);
    case 'state':
      return false;
    case 'inside':
      return term.place === 'site' ? contains(siteName, term.text) : liesIn(index, place, term.place, term.text);
    default: {
      const never: never = term;
      return never;
    }
  }
};

type InsideMatches = (vm: VmSummary, place: 'pool' | 'host' | 'cluster', text: string) => boolean;

const vmMatches = (term: SearchTerm, vm: VmSummary, inside: InsideMatches, siteName: string): boolean => {
  switch (term.kind) {
    case 'name':
      return contains(vm.name, term.text);
    case 'type':
      return term.kinds.includes('virtual-machine');
    case 'state':
      return term.states.includes(vm.powerState);
    case 'inside':
      return term.place === 'site' ? contains(siteName, term.text) : inside(vm, term.place, term.text);
    default: {
      const never: never = term;
      return never;
    }
  }
};

/** Whether a VM's pool or host lies in a place of that name: asked once for each pool or host, not for each VM. */
const memoisedChains = (index: InventoryIndex): InsideMatches => {
  const known = new Map<string, boolean>();
  return (vm, place, text) =>
    [vm.pool, vm.host].some((at) => {
      if (at === null) return false;
      const key = `${place} ${text} ${at}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const start = index.place(at);
      const matches = start !== undefined && liesIn(index, start, place, text);
      known.set(key, matches);
      return matches;
    });
};

const liesIn = (
  index: InventoryIndex,
  start: InfrastructureEntity,
  wanted: 'pool' | 'host' | 'cluster',
  text: string,
): boolean => chain(index, start).some((above) => isPlaceKind(above, wanted) && contains(above.name, text));

/** The place and all above it that have names people see. */
const chain = (index: InventoryIndex, place: InfrastructureEntity): readonly InfrastructureEntity[] => {
  const found: InfrastructureEntity[] = [];
  let at: InfrastructureEntity | undefined = place;
  while (at !== undefined) {
    if (!(at.kind === 'resource-pool' && at.isRoot)) found.push(at);
    const above: RowId = index.parentOf('by-pool', at.id);
    at = isEntity(above) ? index.place(above) : undefined;
  }
  return found;
};

const isPlaceKind = (place: InfrastructureEntity, wanted: 'pool' | 'host' | 'cluster'): boolean =>
  wanted === 'pool' ? place.kind === 'resource-pool' || place.kind === 'vapp' : place.kind === wanted;
