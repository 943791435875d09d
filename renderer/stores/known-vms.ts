import type { EntityId } from '../../shared/domain/ids.ts';
import { call } from '../api/call.ts';
import type { KnownVm, KnownVms } from './precaution-context.ts';

/** The contract answers for at most this many VMs at once. */
const perCall = 2_000;

/**
 * Reads everything the cache knows of these VMs; those nobody knows are not in the answer.
 * @throws AppError as `inventory.facts` does; `cancelled` when the signal aborts
 */
export const readKnownVms = async (ids: readonly EntityId[], signal: AbortSignal): Promise<KnownVms> => {
  const found = new Map<EntityId, KnownVm>();
  for (let from = 0; from < ids.length; from += perCall) {
    const part = await call('inventory.facts', { ids: ids.slice(from, from + perCall) }, { signal });
    for (const known of part) found.set(known.vm.id, known);
  }
  return found;
};
