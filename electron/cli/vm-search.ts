import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { SearchTerm } from '../../shared/planning/search-query.ts';
import type { ObjectPaths } from './object-paths.ts';

const contains = (name: string, text: string): boolean => name.toLowerCase().includes(text);

const isKind = (entity: Entity, place: 'pool' | 'host' | 'cluster'): boolean =>
  place === 'pool' ? entity.kind === 'resource-pool' || entity.kind === 'vapp' : entity.kind === place;

/** VMs for which all terms hold, as the search box of the window finds them. */
export const searchVms = (
  vms: Iterable<VmSummary>,
  terms: readonly SearchTerm[],
  paths: ObjectPaths,
  get: (id: EntityId) => Entity | undefined,
): readonly VmSummary[] => {
  const places = new Map<EntityId, readonly Entity[]>();
  /** The place and all above it; asked once for each pool or host, not for each VM. */
  const placesFrom = (id: EntityId | null): readonly Entity[] => {
    const start = id === null ? undefined : get(id);
    if (start === undefined) return [];
    const known = places.get(start.id);
    if (known !== undefined) return known;
    const chain = paths.places(start);
    places.set(start.id, chain);
    return chain;
  };

  const holds = (vm: VmSummary, term: SearchTerm): boolean => {
    switch (term.kind) {
      case 'name':
        return contains(vm.name, term.text);
      case 'state':
        return term.states.includes(vm.powerState);
      case 'type':
        return term.kinds.includes('virtual-machine');
      case 'inside': {
        const { place, text } = term;
        if (place === 'site') return contains(paths.site(vm.id), text);
        return [...placesFrom(vm.pool), ...placesFrom(vm.host)].some(
          (entity) => isKind(entity, place) && contains(entity.name, text),
        );
      }
      default: {
        const never: never = term;
        return never;
      }
    }
  };
  return [...vms].filter((vm) => terms.every((term) => holds(vm, term)));
};
