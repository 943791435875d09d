import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity, InfrastructureEntity, InventoryView } from '../../shared/domain/inventory.ts';
import type { Destination } from '../../shared/domain/migration.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { destinationOf } from '../../shared/planning/destination.ts';

/** The inventory as names lead through it: `vc-tokyo/DC0/Cluster0/pool-a/web-01`. */
export interface ObjectPaths {
  site(id: EntityId): string;
  /** The object and every place it is in that people see, from the inside out. */
  places(entity: Entity): readonly Entity[];
  /** Names from the site down to the object. */
  segments(entity: Entity): readonly string[];
  text(entity: Entity): string;
}

/** Objects that people do not see in the tree, so that names do not lead through them either. */
const isHidden = (entity: InfrastructureEntity, parent: Entity | undefined): boolean => {
  if (entity.kind === 'resource-pool') return entity.isRoot;
  if (entity.kind !== 'folder' || entity.content === 'host-group') return false;
  return entity.parent === null || parent?.kind === 'datacenter';
};

/** What a person takes the object to be in. */
const above = (entity: Entity): EntityId | null => {
  switch (entity.kind) {
    case 'virtual-machine':
      return entity.pool ?? entity.host;
    case 'host':
      return entity.cluster ?? entity.parent;
    case 'resource-pool':
    case 'vapp':
      return entity.parent ?? entity.owner;
    default:
      return entity.parent;
  }
};

export const createObjectPaths = (inventory: InventoryView, siteName: (id: EntityId) => string): ObjectPaths => {
  const entityAbove = (entity: Entity): Entity | undefined => {
    const id = above(entity);
    return id === null ? undefined : inventory.get(id);
  };

  const places = (entity: Entity): readonly Entity[] => {
    const chain: Entity[] = [];
    const seen = new Set<EntityId>();
    // Two objects that name each other as their parent must not make it run for ever.
    for (let at: Entity | undefined = entity; at !== undefined && !seen.has(at.id); at = entityAbove(at)) {
      seen.add(at.id);
      if (at.kind === 'virtual-machine' || !isHidden(at, entityAbove(at))) chain.push(at);
    }
    return chain;
  };

  const segments = (entity: Entity): readonly string[] => [
    siteName(entity.id),
    ...places(entity)
      .map(({ name }) => name)
      .reverse(),
  ];
  return { site: siteName, places, segments, text: (entity) => segments(entity).join('/') };
};

/**
 * Whether names that a person gave lead to the object: the last one is its own, those before are of places it is in,
 * in order; any may be left out.
 */
export const leadsTo = (given: readonly string[], segments: readonly string[]): boolean => {
  const [own, ...rest] = given.toReversed();
  const [name, ...places] = segments.toReversed();
  if (own !== name) return false;
  let at = 0;
  for (const wanted of rest) {
    while (at < places.length && places[at] !== wanted) at += 1;
    if (at === places.length) return false;
    at += 1;
  }
  return true;
};

const names = (text: string): readonly string[] => text.split('/').filter((name) => name !== '');

/**
 * The one object that the text names.
 * @throws `not-found`, `ambiguous-name` with the whole paths
 */
const find = <Found extends Entity>(
  text: string,
  candidates: Iterable<Found>,
  paths: ObjectPaths,
  what: 'vm' | 'destination' | 'entity',
): Found => {
  const lowered = (entity: Entity): readonly string[] => paths.segments(entity).map((name) => name.toLowerCase());
  // What fits exactly wins over what fits with other capitals; a name may itself hold a slash.
  const attempts: readonly ((entity: Entity) => boolean)[] = [
    (entity) => entity.id === text || entity.name === text,
    (entity) => leadsTo(names(text), paths.segments(entity)),
    (entity) => leadsTo(names(text.toLowerCase()), lowered(entity)),
  ];
  const all = [...candidates];
  for (const fits of attempts) {
    const hits = all.filter(fits);
    const [only] = hits;
    if (hits.length === 1 && only !== undefined) return only;
    if (hits.length > 1) throw new AppError('ambiguous-name', { name: text, candidates: hits.map(paths.text).sort() });
  }
  throw new AppError('not-found', { what, name: text });
};

export const findVm = (text: string, vms: Iterable<VmSummary>, paths: ObjectPaths): VmSummary =>
  find(text, vms, paths, 'vm');

/** A pool that VMs can be moved to. The hidden pool at the top of a cluster or host is named by its owner. */
export const findDestination = (text: string, inventory: InventoryView, paths: ObjectPaths): Destination => {
  const places = [...inventory.infrastructure()].filter(
    (entity) => destinationOf(entity) !== null && !(entity.kind === 'resource-pool' && entity.isRoot),
  );
  const found = destinationOf(find(text, places, paths, 'destination'));
  if (found === null) throw new AppError('not-found', { what: 'destination', name: text });
  return found;
};

/** A host or a datastore of a site. */
export const findOfKind = (
  kind: 'host' | 'datastore',
  text: string,
  inventory: InventoryView,
  paths: ObjectPaths,
): EntityId => {
  const candidates = [...inventory.infrastructure()].filter((entity) => entity.kind === kind);
  return find(text, candidates, paths, 'entity').id;
};
