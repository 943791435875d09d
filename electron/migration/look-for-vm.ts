import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Placement } from '../../shared/domain/migration.ts';
import type { TaskHeader } from '../../shared/domain/task.ts';
import type { HypervisorSession, VmIdentity } from '../hypervisors/port.ts';
import { placeName } from './place-name.ts';
import { type Whereabouts, whereaboutsOf } from './whereabouts.ts';

/** What a look at the platform, past every cache, says of a task's VM. */
export interface Look {
  readonly whereabouts: Whereabouts;
  readonly placement: Placement | null;
  readonly placeName: string;
  /** The platform's words for what holds the VM; null when nothing does, or when that cannot be told. */
  readonly busyWith: string | null;
}

const identityOf = (header: TaskHeader): VmIdentity => ({
  id: header.move.vm,
  ...(header.vmInstanceUuid === undefined ? {} : { instanceUuid: header.vmInstanceUuid }),
});

/**
 * @param known the inventory as last read, for the names of places
 * @throws whatever the session throws
 */
export const lookForVm = async (
  header: TaskHeader,
  session: HypervisorSession,
  known: (id: EntityId) => Entity | undefined,
  signal: AbortSignal,
): Promise<Look> => {
  const { vm, destination } = header.move;
  const placement = await session.locate(identityOf(header), signal);
  const ids = new Set([vm, destination.id, placement?.host, placement?.pool]);
  const read = await session.readEntities(
    [...ids].filter((id) => id !== undefined && id !== null),
    signal,
  );
  const fresh = new Map(read.map((entity) => [entity.id, entity]));
  const whereabouts = whereaboutsOf(header, placement, (id) => fresh.get(id));
  const found = fresh.get(vm);
  return {
    whereabouts,
    placement,
    placeName: nameOfPlace(header, whereabouts, placement, (id) => fresh.get(id) ?? known(id)),
    busyWith: found?.kind === 'virtual-machine' ? found.busyWith : null,
  };
};

const nameOfPlace = (
  header: TaskHeader,
  whereabouts: Whereabouts,
  placement: Placement | null,
  entity: (id: EntityId) => Entity | undefined,
): string => {
  if (whereabouts === 'at-destination') return header.move.destination.name;
  if (whereabouts === 'at-origin') return header.originName;
  return placement === null ? '' : placeName(placement, entity);
};
