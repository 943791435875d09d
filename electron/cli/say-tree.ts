import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { Entity, InventoryView } from '../../shared/domain/inventory.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { CommandContext } from './command.ts';
import type { ObjectPaths } from './object-paths.ts';

const order = ['folder', 'datacenter', 'cluster', 'host', 'resource-pool', 'vapp', 'virtual-machine'];

const shown = (entity: Entity): boolean => order.includes(entity.kind);

/** What is in what, as people see it: sites hold what is in nothing else. */
export const childrenByPlace = (
  entities: Iterable<Entity>,
  paths: ObjectPaths,
): ReadonlyMap<EntityId | SiteId, readonly Entity[]> => {
  const children = new Map<EntityId | SiteId, Entity[]>();
  for (const entity of entities) {
    const [self, parent] = paths.places(entity);
    if (!shown(entity) || self !== entity) continue;
    const key = parent?.id ?? entity.site;
    const siblings = children.get(key);
    if (siblings === undefined) children.set(key, [entity]);
    else siblings.push(entity);
  }
  for (const siblings of children.values()) {
    siblings.sort(
      (left, right) =>
        order.indexOf(left.kind) - order.indexOf(right.kind) ||
        left.name.localeCompare(right.name, 'en', { numeric: true }),
    );
  }
  return children;
};

export interface TreeLimits {
  /** VMs shown in each place; the rest is counted. */
  readonly vmsPerPlace: number;
}

/** Prints a site, or a place in it, as a tree by pool. */
export const sayTree = (
  root: { readonly id: EntityId | SiteId; readonly name: string },
  inventory: InventoryView,
  vms: Iterable<VmSummary>,
  paths: ObjectPaths,
  limits: TreeLimits,
  { terminal, words }: Pick<CommandContext, 'terminal' | 'words'>,
): void => {
  // Folders of VMs, datastores or networks belong to other views.
  const places = [...inventory.infrastructure()].filter(
    (entity) => entity.kind !== 'folder' || ['host', 'host-group', 'mixed'].includes(entity.content),
  );
  const children = childrenByPlace([...places, ...vms], paths);

  const say = (id: EntityId | SiteId, indent: string): void => {
    const all = children.get(id) ?? [];
    const machines = all.filter((entity) => entity.kind === 'virtual-machine');
    const rows = [
      ...all.filter((entity) => entity.kind !== 'virtual-machine'),
      ...machines.slice(0, limits.vmsPerPlace),
    ];
    for (const entity of rows) {
      const state =
        entity.kind === 'virtual-machine'
          ? words.common.powerStates[entity.powerState]
          : words.common.kinds[kindOf(entity)];
      terminal.out(`${indent}${entity.name}  (${state})`);
      if (entity.kind !== 'virtual-machine') say(entity.id, `${indent}  `);
    }
    const rest = machines.length - limits.vmsPerPlace;
    if (rest > 0) terminal.out(`${indent}${words.cli.moreVms(rest)}`);
  };

  terminal.out(root.name);
  say(root.id, '  ');
};

const kindOf = (entity: Exclude<Entity, VmSummary>) =>
  entity.kind === 'folder' && entity.content === 'host-group' ? 'host-group' : entity.kind;
