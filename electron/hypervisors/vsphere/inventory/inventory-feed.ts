import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import type { InventoryBatch } from '../../port.ts';
import { createInventoryModel, type ModelChanges, type ModelContext } from './inventory-model.ts';
import type { ObjectUpdate, UpdateSet } from './object-updates.ts';

/** The most entities in one batch: what the main process takes in without a stop that can be felt. */
const batchSize = 200;

/** Turns the server's news, in their order, into what an iteration over the inventory tells. */
export interface InventoryFeed {
  news(set: UpdateSet): readonly InventoryBatch[];
  /** Figures the server does not announce by itself. Objects that are not in the inventory are passed over. */
  figures(updates: readonly ObjectUpdate[]): readonly InventoryBatch[];
}

/** How many objects pages tell in all is not known here: `total` is null. */
export const createInventoryFeed = (context: ModelContext): InventoryFeed => {
  const model = createInventoryModel(context);
  /** Ids told in the first reading; null when that is over. */
  let told: Set<EntityId> | null = new Set();
  /** What changed in the course of the first reading, to be told after it: a page tells an object once. */
  const later = new Map<EntityId, Entity | null>();

  const page = (changes: ModelChanges, before: Set<EntityId>): readonly InventoryBatch[] => {
    const fresh: Entity[] = [];
    for (const id of changes.removals) later.set(id, null);
    for (const entity of changes.upserts) {
      if (before.has(entity.id)) later.set(entity.id, entity);
      else {
        before.add(entity.id);
        later.delete(entity.id);
        fresh.push(entity);
      }
    }
    return inParts(fresh).map((entities) => ({ kind: 'page', entities, total: null }));
  };

  const changesOf = ({ upserts, removals }: ModelChanges): readonly InventoryBatch[] => {
    if (upserts.length + removals.length === 0) return [];
    const [first = [], ...rest] = inParts(upserts);
    const more = rest.map((some): InventoryBatch => ({ kind: 'change', upserts: some, removals: [] }));
    return [{ kind: 'change', upserts: first, removals }, ...more];
  };

  const finish = (before: Set<EntityId>): readonly InventoryBatch[] => {
    const held = page({ upserts: model.settle(), removals: [] }, before);
    told = null;
    const upserts = [...later.values()].filter((entity) => entity !== null);
    const removals = [...later].filter(([, entity]) => entity === null).map(([id]) => id);
    later.clear();
    return [...held, { kind: 'complete' }, ...changesOf({ upserts, removals })];
  };

  return {
    news: ({ updates, truncated }) => {
      const changes = model.apply(updates);
      if (told === null) return changesOf(changes);
      const pages = page(changes, told);
      return truncated ? pages : [...pages, ...finish(told)];
    },
    figures: (updates) => changesOf(model.applyToKnown(updates)),
  };
};

const inParts = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / batchSize) }, (_, part) =>
    values.slice(part * batchSize, (part + 1) * batchSize),
  );
