import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Entity, Host, ResourcePool, VApp } from '../../../shared/domain/inventory.ts';
import { GIB, type VmLoad } from './world/world-state.ts';

/** What a host takes for itself. */
const hostOverhead: VmLoad = { cpuMhz: 1800, memoryBytes: 6 * GIB };
const nothing: VmLoad = { cpuMhz: 0, memoryBytes: 0 };

const plus = (one: VmLoad, other: VmLoad): VmLoad => ({
  cpuMhz: one.cpuMhz + other.cpuMhz,
  memoryBytes: one.memoryBytes + other.memoryBytes,
});

type Measured = Host | ResourcePool | VApp;

const isMeasured = (entity: Entity): entity is Measured =>
  entity.kind === 'host' || entity.kind === 'resource-pool' || entity.kind === 'vapp';

/** The loads counted together per host, and per pool with all pools below it. */
const countLoads = (
  entities: ReadonlyMap<EntityId, Entity>,
  loads: ReadonlyMap<EntityId, VmLoad>,
): ReadonlyMap<EntityId, VmLoad> => {
  const counted = new Map<EntityId, VmLoad>();
  const add = (id: EntityId, load: VmLoad): void => {
    counted.set(id, plus(counted.get(id) ?? nothing, load));
  };
  for (const [id, load] of loads) {
    const vm = entities.get(id);
    if (vm?.kind !== 'virtual-machine') continue;
    if (vm.host !== null) add(vm.host, load);
    let at = vm.pool === null ? undefined : entities.get(vm.pool);
    while (at?.kind === 'resource-pool' || at?.kind === 'vapp') {
      add(at.id, load);
      at = at.parent === null ? undefined : entities.get(at.parent);
    }
  }
  return counted;
};

/** Hosts and pools whose used CPU and memory differ from what their VMs take now, with the figures put right. */
export const remeasured = (
  entities: ReadonlyMap<EntityId, Entity>,
  loads: ReadonlyMap<EntityId, VmLoad>,
): readonly Measured[] => {
  const counted = countLoads(entities, loads);
  const changed: Measured[] = [];
  for (const entity of entities.values()) {
    if (!isMeasured(entity)) continue;
    const load = counted.get(entity.id) ?? nothing;
    const { cpuMhz, memoryBytes } = entity.kind === 'host' ? plus(load, hostOverhead) : load;
    if (entity.cpuUsedMhz === cpuMhz && entity.memoryUsedBytes === memoryBytes) continue;
    changed.push({ ...entity, cpuUsedMhz: cpuMhz, memoryUsedBytes: memoryBytes });
  }
  return changed;
};
