import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import type { InventoryBatch } from '../port.ts';
import type { LabWorld, WorldChange } from './lab-world.ts';
import type { SessionGate } from './session-gate.ts';

const pageSize = 50;

/** Changes that nobody has taken yet, put together: of each object only its last state counts. */
interface PendingChanges {
  add(change: WorldChange): void;
  /** Null when there are none. */
  take(): InventoryBatch | null;
}

const createPendingChanges = (): PendingChanges => {
  const upserts = new Map<EntityId, Entity>();
  const removals = new Set<EntityId>();
  return {
    add: (change) => {
      for (const entity of change.upserts) {
        upserts.set(entity.id, entity);
        removals.delete(entity.id);
      }
      for (const id of change.removals) {
        upserts.delete(id);
        removals.add(id);
      }
    },
    take: () => {
      if (upserts.size === 0 && removals.size === 0) return null;
      const batch: InventoryBatch = { kind: 'change', upserts: [...upserts.values()], removals: [...removals] };
      upserts.clear();
      removals.clear();
      return batch;
    },
  };
};

/** First the world in pages, then its changes, until something breaks it off. @throws as the gate does */
export async function* watchWorld(
  world: LabWorld,
  gate: SessionGate,
  signal: AbortSignal,
): AsyncGenerator<InventoryBatch, void, undefined> {
  gate.pass(signal);
  const pending = createPendingChanges();
  let broken: AppError | null = null;
  let wake: () => void = () => undefined;
  const stopListening = world.subscribe((change) => {
    pending.add(change);
    wake();
  });
  const stopInterruption = gate.onInterruption(signal, true, (error) => {
    broken ??= error;
    wake();
  });
  const check = (): void => {
    if (broken !== null) throw broken;
  };

  try {
    const ids = [...world.entities()].map(({ id }) => id);
    for (let from = 0; from < ids.length; from += pageSize) {
      const page = await gate.call('watchInventory', signal, () =>
        ids.slice(from, from + pageSize).flatMap((id) => world.get(id) ?? []),
      );
      check();
      yield { kind: 'page', entities: page, total: ids.length };
    }
    check();
    yield { kind: 'complete' };
    while (true) {
      check();
      const change = pending.take();
      if (change !== null) yield change;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    stopListening();
    stopInterruption();
  }
}
