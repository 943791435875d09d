import { isDeepStrictEqual } from 'node:util';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity, InfrastructureEntity } from '../../shared/domain/inventory.ts';
import { summaryOf, type VmSummary } from '../../shared/domain/virtual-machine.ts';

/** What is held in memory of one site: all of its infrastructure, and the small row of every VM. */
export interface SiteInventory {
  readonly infrastructure: ReadonlyMap<EntityId, InfrastructureEntity>;
  readonly vms: ReadonlyMap<EntityId, VmSummary>;
  get(id: EntityId): InfrastructureEntity | VmSummary | undefined;
  /** Inserts or replaces. True when that changed anything that lists and trees show. */
  put(entity: Entity | VmSummary): boolean;
  remove(id: EntityId): boolean;
  ids(): Iterable<EntityId>;
}

const sameSummary = (left: VmSummary, right: VmSummary): boolean =>
  left.name === right.name &&
  left.powerState === right.powerState &&
  left.host === right.host &&
  left.pool === right.pool &&
  left.parent === right.parent &&
  left.busyWith === right.busyWith &&
  left.condition === right.condition &&
  left.isTemplate === right.isTemplate &&
  left.cpuCount === right.cpuCount &&
  left.memoryBytes === right.memoryBytes &&
  left.diskBytes === right.diskBytes;

export const createSiteInventory = (): SiteInventory => {
  const infrastructure = new Map<EntityId, InfrastructureEntity>();
  const vms = new Map<EntityId, VmSummary>();

  const putVm = (vm: VmSummary): boolean => {
    const before = vms.get(vm.id);
    const summary = summaryOf(vm);
    if (before !== undefined && sameSummary(before, summary)) return false;
    vms.set(vm.id, summary);
    return true;
  };

  return {
    infrastructure,
    vms,
    get: (id) => vms.get(id) ?? infrastructure.get(id),
    put: (entity) => {
      if (entity.kind === 'virtual-machine') return putVm(entity);
      // After a lost connection the whole site comes again, mostly unchanged: the window need not hear of that.
      if (isDeepStrictEqual(infrastructure.get(entity.id), entity)) return false;
      infrastructure.set(entity.id, entity);
      return true;
    },
    remove: (id) => vms.delete(id) || infrastructure.delete(id),
    *ids() {
      yield* infrastructure.keys();
      yield* vms.keys();
    },
  };
};
