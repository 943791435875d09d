import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Move, Placement } from '../../shared/domain/migration.ts';
import type { TaskHeader } from '../../shared/domain/task.ts';

/** Where a VM was found, as seen from the task that moves it. */
export type Whereabouts = 'at-destination' | 'at-origin' | 'elsewhere' | 'gone';

/**
 * Whether two placements are the same home. Where there are pools, the pool is the home: the platform itself may shift
 * a VM between the hosts below it at any time. Without pools (Hyper-V) the host is.
 */
export const isSameHome = (one: Placement, other: Placement): boolean =>
  one.pool !== null && other.pool !== null ? one.pool === other.pool : one.host === other.host;

/**
 * @param placement where the platform says the VM is; null when it does not know the VM
 * @param entity the destination and the host of the placement, as read now
 */
export const whereaboutsOf = (
  task: Pick<TaskHeader, 'move' | 'origin'>,
  placement: Placement | null,
  entity: (id: EntityId) => Entity | undefined,
): Whereabouts => {
  if (placement === null) return 'gone';
  if (isAtDestination(task.move, placement, entity)) return 'at-destination';
  return isSameHome(task.origin, placement) ? 'at-origin' : 'elsewhere';
};

const isAtDestination = (
  { destination, datastore }: Move,
  placement: Placement,
  entity: (id: EntityId) => Entity | undefined,
): boolean => {
  if (datastore !== null && !placement.datastores.includes(datastore)) return false;
  const host = placement.host === null ? undefined : entity(placement.host);
  switch (destination.kind) {
    case 'host':
      return placement.host === destination.id && isInTopPool(placement, entity(destination.id));
    case 'resource-pool':
    case 'vapp':
      return placement.pool === destination.id;
    case 'cluster':
      return host?.kind === 'host' && host.cluster === destination.id && isInTopPool(placement, entity(destination.id));
    default:
      return destination.kind satisfies never;
  }
};

/** On VMware, being on a host or in a cluster means being in its top pool, not in a pool further down. */
const isInTopPool = (placement: Placement, owner: Entity | undefined): boolean => {
  const topPool = owner?.kind === 'host' || owner?.kind === 'cluster' ? owner.rootPool : null;
  return topPool === null || placement.pool === null || placement.pool === topPool;
};
