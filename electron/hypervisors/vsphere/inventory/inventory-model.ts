import { isDeepStrictEqual } from 'node:util';
import { type EntityId, entityId, type SiteId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import { type ManagedRef, nativeIdOfRef } from '../managed-ref.ts';
import type { allClusterReaders, computeResourceReaders } from '../mapping/cluster.ts';
import { entityOf } from '../mapping/entity-of.ts';
import type { hostReaders } from '../mapping/host.ts';
import { isCluster, type Lookup } from '../mapping/lookup.ts';
import type { portGroupReaders } from '../mapping/network.ts';
import { readersByType } from '../mapping/object-types.ts';
import { rulesOfVm, vmsUnderRules } from '../mapping/placement-rules.ts';
import type { Facts, Readers } from '../mapping/readers.ts';
import { runningTask, type taskReaders, vmsOfTask } from '../mapping/task.ts';
import type { ObjectUpdate } from './object-updates.ts';
import type { TaskLabels } from './task-labels.ts';

export interface ModelContext {
  readonly site: SiteId;
  readonly rootFolder: ManagedRef;
  /** Properties this server said it does not know, as `Type.path`. */
  readonly unknownProperties: readonly string[];
  readonly taskLabels: TaskLabels;
}

export interface ModelChanges {
  readonly upserts: readonly Entity[];
  readonly removals: readonly EntityId[];
}

/**
 * The server's objects as last told, and the entities they make. An entity may need facts of several objects; it is
 * made when they are there and made again when one of them changes.
 */
export interface InventoryModel {
  /** Entities that news brought about. Those that cannot be placed yet are held back until they can, or {@link settle}. */
  apply(updates: readonly ObjectUpdate[]): ModelChanges;
  /** The same, for objects that are known already; others are passed over. */
  applyToKnown(updates: readonly ObjectUpdate[]): ModelChanges;
  /** Everything has been told: what is still held back is made of what there is, and so is all that comes later. */
  settle(): readonly Entity[];
}

interface ObjectRecord {
  readonly ref: ManagedRef;
  facts: Record<string, unknown>;
}

export const createInventoryModel = (context: ModelContext): InventoryModel => {
  const { site } = context;
  const rootFolder = nativeIdOfRef(context.rootFolder);
  const unknown = new Set(context.unknownProperties);
  const asked = (property: string): boolean => !unknown.has(property);
  const records = new Map<string, ObjectRecord>();
  const portGroupIds = new Map<string, EntityId>();
  const tasksOf = new Map<string, Map<string, string>>();
  /** Native ids of objects by what they wait for: another object's native id, or `key:` and a port group's key. */
  const waiting = new Map<string, Set<string>>();
  let settled = false;
  let missing: string[] = [];

  const notYet = (what: string): undefined => {
    missing.push(what);
    return undefined;
  };

  const factsOf = <Table extends Readers>(ref: ManagedRef): Facts<Table> | undefined =>
    records.get(nativeIdOfRef(ref))?.facts as Facts<Table> | undefined;

  const lookup: Lookup = {
    site,
    entity: (ref) => {
      const native = nativeIdOfRef(ref);
      if (native === rootFolder) return null;
      if (ref.type !== 'ComputeResource') return entityId(site, native);
      const host = lookup.computeResource(ref)?.hosts[0];
      return host === undefined ? undefined : entityId(site, nativeIdOfRef(host));
    },
    computeResource: (ref) => {
      const facts = factsOf<typeof computeResourceReaders>(ref);
      if (facts === undefined) return notYet(nativeIdOfRef(ref));
      return { ref, parent: facts.parent, resourcePool: facts.resourcePool, hosts: facts.host ?? [] };
    },
    portGroup: (key) => portGroupIds.get(key) ?? notYet(`key:${key}`),
    busyWith: (vm) => [...(tasksOf.get(nativeIdOfRef(vm))?.values() ?? [])][0] ?? null,
    placementRules: (vm, host) => {
      if (host === undefined || !asked('ClusterComputeResource.configurationEx.rule')) return undefined;
      const hostFacts = factsOf<typeof hostReaders>(host);
      if (hostFacts === undefined) return notYet(nativeIdOfRef(host));
      const cluster = hostFacts.parent;
      if (cluster === undefined || !isCluster(cluster)) return [];
      const facts = factsOf<typeof allClusterReaders>(cluster);
      if (facts === undefined) return notYet(nativeIdOfRef(cluster));
      return rulesOfVm(nativeIdOfRef(vm), facts['configurationEx.rule'], facts['configurationEx.group']);
    },
  };

  const make = (native: string, record: ObjectRecord): Entity | null => {
    missing = [];
    const entity = entityOf(record.ref, entityId(site, native), record.facts, lookup, asked);
    for (const what of missing) {
      const others = waiting.get(what);
      if (others === undefined) waiting.set(what, new Set([native]));
      else others.add(native);
    }
    return missing.length > 0 && !settled ? null : entity;
  };

  /** Whether anything the console keeps is different now. */
  const keep = (record: ObjectRecord, update: ObjectUpdate): boolean => {
    const readers = readersByType[record.ref.type] ?? {};
    const before = record.facts;
    // An object that enters is told whole: what it does not tell now, it has no longer.
    const facts: Record<string, unknown> = update.kind === 'enter' ? {} : { ...before };
    for (const [path, value] of update.properties) {
      const read = value === null ? undefined : readers[path]?.(value);
      if (read === undefined) delete facts[path];
      else facts[path] = read;
    }
    record.facts = facts;
    return !isDeepStrictEqual(before, facts);
  };

  /** Notes what others may need of an object. Returns the native ids of those that have to be made again. */
  const index = (native: string, { ref, facts }: ObjectRecord, before: Record<string, unknown>): readonly string[] => {
    const affected: string[] = [];
    const woken = (what: string): void => {
      affected.push(...(waiting.get(what) ?? []));
      waiting.delete(what);
    };
    woken(native);
    if (ref.type === 'DistributedVirtualPortgroup') {
      const { key } = facts as Facts<typeof portGroupReaders>;
      if (key !== undefined) {
        portGroupIds.set(key, entityId(site, native));
        woken(`key:${key}`);
      }
    } else if (ref.type === 'Task') {
      affected.push(...noteTask(native, facts, before));
    } else if (isCluster(ref)) {
      affected.push(...ruledBy(before), ...ruledBy(facts));
    }
    return affected;
  };

  const ruledBy = (facts: Facts<typeof allClusterReaders>): Iterable<string> =>
    vmsUnderRules(facts['configurationEx.rule'], facts['configurationEx.group']);

  const noteTask = (
    task: string,
    facts: Facts<typeof taskReaders>,
    before: Facts<typeof taskReaders>,
  ): readonly string[] => {
    const description = runningTask(facts);
    const held = new Set(description === null ? [] : vmsOfTask(facts).map(nativeIdOfRef));
    const affected = new Set([...held, ...vmsOfTask(before).map(nativeIdOfRef)]);
    for (const vm of affected) {
      const tasks = tasksOf.get(vm) ?? new Map<string, string>();
      if (description === null || !held.has(vm)) tasks.delete(task);
      else tasks.set(task, context.taskLabels[description] ?? description);
      if (tasks.size > 0) tasksOf.set(vm, tasks);
      else tasksOf.delete(vm);
    }
    return [...affected];
  };

  const entitiesOf = (natives: Iterable<string>): readonly Entity[] => {
    const made: Entity[] = [];
    for (const native of natives) {
      const record = records.get(native);
      const entity = record === undefined ? null : make(native, record);
      if (entity !== null) made.push(entity);
    }
    return made;
  };

  const apply = (updates: readonly ObjectUpdate[]): ModelChanges => {
    const touched = new Set<string>();
    const removals: EntityId[] = [];
    for (const update of updates) {
      const native = nativeIdOfRef(update.ref);
      const record = records.get(native) ?? { ref: update.ref, facts: {} };
      const before = record.facts;
      if (update.kind === 'leave') {
        records.delete(native);
        touched.delete(native);
        if (update.ref.type === 'Task') {
          for (const vm of noteTask(native, {}, before)) touched.add(vm);
        } else if (update.ref.type !== 'ComputeResource') removals.push(entityId(site, native));
        continue;
      }
      const isNew = !records.has(native);
      records.set(native, record);
      if (!keep(record, update) && !isNew) continue;
      touched.add(native);
      for (const affected of index(native, record, before)) touched.add(affected);
    }
    return { upserts: entitiesOf(touched), removals };
  };

  return {
    apply,
    applyToKnown: (updates) => apply(updates.filter(({ ref }) => records.has(nativeIdOfRef(ref)))),
    settle: () => {
      settled = true;
      const held = new Set([...waiting.values()].flatMap((natives) => [...natives]));
      return entitiesOf(held);
    },
  };
};
