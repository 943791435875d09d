import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity, EntityKind } from '../../shared/domain/inventory.ts';
import type { EntityMap } from './inventory-watch.ts';

interface Reference {
  readonly role: string;
  readonly to: EntityId | null | undefined;
  readonly kinds: readonly EntityKind[] | 'any';
}

const many = (role: string, ids: readonly EntityId[] | undefined, kinds: Reference['kinds']): readonly Reference[] =>
  (ids ?? []).map((to) => ({ role, to, kinds }));

const pools: readonly EntityKind[] = ['resource-pool', 'vapp'];
const owners: readonly EntityKind[] = ['cluster', 'host'];

const referencesOf = (entity: Entity): readonly Reference[] => {
  switch (entity.kind) {
    case 'folder':
    case 'datastore':
      return [];
    case 'datacenter':
      return [{ role: 'vmFolder', to: entity.vmFolder, kinds: ['folder'] }];
    case 'cluster':
      return [{ role: 'rootPool', to: entity.rootPool, kinds: ['resource-pool'] }];
    case 'host':
      return [
        { role: 'cluster', to: entity.cluster, kinds: ['cluster'] },
        { role: 'rootPool', to: entity.rootPool, kinds: ['resource-pool'] },
        ...many('datastores', entity.datastores, ['datastore']),
        ...many('networks', entity.networks, ['network']),
      ];
    case 'resource-pool':
    case 'vapp':
      return [{ role: 'owner', to: entity.owner, kinds: owners }];
    case 'network':
      return [{ role: 'switch', to: entity.switch, kinds: ['switch'] }];
    case 'switch':
      return many('hosts', entity.hosts, ['host']);
    case 'virtual-machine':
      return [
        { role: 'host', to: entity.host, kinds: ['host'] },
        { role: 'pool', to: entity.pool, kinds: pools },
        ...many('datastores', entity.datastores, ['datastore']),
        ...(entity.disks ?? []).map((disk) => ({
          role: `${disk.label}.datastore`,
          to: disk.datastore,
          kinds: ['datastore'] as const,
        })),
        ...(entity.adapters ?? []).map((adapter) => ({
          role: `${adapter.label}.network`,
          to: adapter.network,
          kinds: ['network'] as const,
        })),
      ];
    default:
      return entity satisfies never;
  }
};

/** References that lead nowhere or to the wrong kind of object, as sentences; empty when the inventory is whole. */
export const danglingReferences = (entities: EntityMap): readonly string[] => {
  const found: string[] = [];
  for (const entity of entities.values()) {
    const parent: Reference = { role: 'parent', to: entity.parent, kinds: 'any' };
    for (const reference of [parent, ...referencesOf(entity)]) {
      if (reference.to === null || reference.to === undefined) continue;
      const target = entities.get(reference.to);
      if (target === undefined)
        found.push(`${entity.kind} ${entity.name}: ${reference.role} ${reference.to} is not there`);
      else if (reference.kinds !== 'any' && !reference.kinds.includes(target.kind)) {
        found.push(`${entity.kind} ${entity.name}: ${reference.role} ${reference.to} is a ${target.kind}`);
      }
    }
  }
  return found;
};
