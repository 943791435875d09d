import type { HypervisorSession, InventoryBatch } from '../../electron/hypervisors/port.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';

export type EntityMap = ReadonlyMap<EntityId, Entity>;

/** The state after these batches. Applying is what a cache does: insert or replace, remove. */
export const applied = (batches: readonly InventoryBatch[]): EntityMap => {
  const entities = new Map<EntityId, Entity>();
  for (const batch of batches) {
    switch (batch.kind) {
      case 'page':
        for (const entity of batch.entities) entities.set(entity.id, entity);
        break;
      case 'change':
        for (const entity of batch.upserts) entities.set(entity.id, entity);
        for (const id of batch.removals) entities.delete(id);
        break;
      case 'complete':
        break;
      default:
        return batch satisfies never;
    }
  }
  return entities;
};

/** Reads a session's inventory in the background, as the console does, and lets a test wait for what it shows. */
export interface InventoryWatch {
  readonly batches: readonly InventoryBatch[];
  entities(): EntityMap;
  vm(id: EntityId): VirtualMachine | undefined;
  /** Resolves at the first `complete`. */
  readonly synced: Promise<void>;
  /** Resolves when the state shows it; rejects when the iteration ends before. */
  until(condition: (entities: EntityMap) => boolean): Promise<void>;
  /** Settles as the iteration does. */
  readonly ended: Promise<void>;
  /** Aborts, and waits for the end. */
  stop(): Promise<void>;
}

export const watchInventory = (session: HypervisorSession): InventoryWatch => {
  const abort = new AbortController();
  const batches: InventoryBatch[] = [];
  const waiting = new Set<() => void>();
  let end: { readonly error?: unknown } | null = null;
  const wake = (): void => {
    for (const look of [...waiting]) look();
  };

  const until = (reached: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!reached() && end === null) return;
        waiting.delete(look);
        if (reached()) resolve();
        else reject(end?.error ?? new Error('the inventory ended before it showed what was waited for'));
      };
      waiting.add(look);
      look();
    });

  const read = async (): Promise<void> => {
    try {
      for await (const batch of session.watchInventory(abort.signal)) {
        batches.push(batch);
        wake();
      }
      end = {};
    } catch (error) {
      end = { error };
      throw error;
    } finally {
      wake();
    }
  };

  const ended = read();
  const synced = until(() => batches.some((batch) => batch.kind === 'complete'));
  // A test that looks at one of the two promises must not be failed by the other.
  for (const promise of [ended, synced]) promise.catch(() => undefined);

  return {
    batches,
    entities: () => applied(batches),
    vm: (id) => {
      const entity = applied(batches).get(id);
      return entity?.kind === 'virtual-machine' ? entity : undefined;
    },
    synced,
    until: (condition) => until(() => condition(applied(batches))),
    ended,
    stop: async () => {
      abort.abort();
      await ended.catch(() => undefined);
    },
  };
};
