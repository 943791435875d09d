import { type EntityId, nativeIdOf } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Placement } from '../../shared/domain/migration.ts';

/** How a place is called: by its pool, the hidden pool at the top by its owner, and without a pool by the host. */
export const placeName = (placement: Placement, entity: (id: EntityId) => Entity | undefined): string => {
  const nameOf = (id: EntityId): string => entity(id)?.name ?? nativeIdOf(id);
  if (placement.pool === null) return placement.host === null ? '' : nameOf(placement.host);
  const pool = entity(placement.pool);
  return pool?.kind === 'resource-pool' && pool.isRoot ? nameOf(pool.owner) : nameOf(placement.pool);
};
