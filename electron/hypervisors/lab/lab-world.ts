import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { AboutPlatform } from '../../../shared/domain/site.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { remeasured } from './usage.ts';
import { loadOf } from './world/vm-plan.ts';
import type { VmLoad, WorldState } from './world/world-state.ts';

export interface WorldChange {
  readonly upserts: readonly Entity[];
  readonly removals: readonly EntityId[];
}

/** A lab site as it is now. Outlives the sessions that look at it, and tells all of them what changes. */
export interface LabWorld {
  readonly site: SiteId;
  readonly platform: Platform;
  readonly about: AboutPlatform;
  get(id: EntityId): Entity | undefined;
  vm(id: EntityId): VirtualMachine | undefined;
  entities(): Iterable<Entity>;
  count(): number;
  /**
   * Puts objects in their new state and takes others away. Loads follow: a VM that stops running or vanishes takes
   * nothing any longer. Used CPU and memory of hosts and pools are counted anew and told in the same change.
   */
  change(change: WorldChange): void;
  loads(): ReadonlyMap<EntityId, VmLoad>;
  /** Lets VMs take more or less than before. */
  setLoads(loads: ReadonlyMap<EntityId, VmLoad>): void;
  /** @returns stops the telling. */
  subscribe(listener: (change: WorldChange) => void): () => void;
}

const runs = (entity: Entity): entity is VirtualMachine =>
  entity.kind === 'virtual-machine' && entity.powerState === 'on' && entity.host !== null;

/** @param record told of every change but wobbling usage, before anybody else */
export const createLabWorld = (
  state: WorldState,
  record: (change: WorldChange) => void = () => undefined,
): LabWorld => {
  const entities = new Map(state.entities.map((entity) => [entity.id, entity]));
  const loads = new Map(state.loads);
  const listeners = new Set<(change: WorldChange) => void>();

  const put = (changed: readonly Entity[]): void => {
    for (const entity of changed) entities.set(entity.id, entity);
  };
  put(remeasured(entities, loads));

  const tell = (change: WorldChange): void => {
    if (change.upserts.length === 0 && change.removals.length === 0) return;
    for (const listener of [...listeners]) listener(change);
  };

  return {
    site: state.site,
    platform: state.platform,
    about: state.about,
    get: (id) => entities.get(id),
    vm: (id) => {
      const entity = entities.get(id);
      return entity?.kind === 'virtual-machine' ? entity : undefined;
    },
    entities: () => entities.values(),
    count: () => entities.size,
    change: (change) => {
      const { upserts, removals } = change;
      record(change);
      put(upserts);
      const removed = removals.filter((id) => entities.delete(id));
      for (const id of removed) loads.delete(id);
      for (const entity of upserts) {
        if (!runs(entity)) loads.delete(entity.id);
        else if (!loads.has(entity.id)) loads.set(entity.id, loadOf(entity));
      }
      const measured = remeasured(entities, loads);
      put(measured);
      const told = new Map([...upserts, ...measured].map((entity) => [entity.id, entity]));
      tell({ upserts: [...told.values()], removals: removed });
    },
    loads: () => loads,
    setLoads: (changed) => {
      for (const [id, load] of changed) if (loads.has(id)) loads.set(id, load);
      const measured = remeasured(entities, loads);
      put(measured);
      tell({ upserts: measured, removals: [] });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
