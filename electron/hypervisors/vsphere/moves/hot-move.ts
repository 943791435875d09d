import { nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import type { PlatformTaskRef } from '../../../../shared/domain/task.ts';
import { type ManagedRef, refOfNativeId } from '../managed-ref.ts';
import { moveIntoResourcePool, type RelocateSpec, relocateVm } from '../requests/move-requests.ts';
import type { SoapRequest } from '../requests/xml-writer.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { asRef } from '../xml/xml-values.ts';
import { adapterChanges } from './adapter-changes.ts';
import { type MoveObjects, readMoveFacts } from './move-facts.ts';
import { type MovePlan, planMove } from './move-plan.ts';
import { refOfMove } from './platform-task-ref.ts';

export interface PreparedMove {
  readonly vm: ManagedRef;
  readonly plan: MovePlan;
  readonly spec: RelocateSpec | null;
}

/**
 * Reads what the move needs and decides how it is done.
 * @throws `vm-gone`, `destination-gone`, `not-found`; VimFault, and what calls throw
 */
export const prepareMove = async (session: ApiSession, move: Move, signal: AbortSignal): Promise<PreparedMove> => {
  const objects = await readMoveFacts(session, move, signal);
  const plan = planMove(objects.facts, {
    host: move.host === null ? null : refOfNativeId(nativeIdOf(move.host)),
    datastore: move.datastore === null ? null : refOfNativeId(nativeIdOf(move.datastore)),
  });
  return withAdapters(session, move, objects, plan, signal);
};

const withAdapters = async (
  session: ApiSession,
  move: Move,
  { vm }: MoveObjects,
  plan: MovePlan,
  signal: AbortSignal,
): Promise<PreparedMove> => {
  const adapters = await adapterChanges(session, vm, move.networkMap, signal);
  const stay = { datastore: null, pool: null, host: asRef(vm.properties['runtime.host']) ?? null };
  // A change of pool cannot change adapters: then it takes a relocation, even one that goes nowhere.
  const relocate = plan.relocate ?? (adapters.length > 0 ? stay : null);
  return { vm: vm.ref, plan, spec: relocate === null ? null : { ...relocate, adapters } };
};

/** Starts the move. The request that starts it is never repeated: it may have arrived. */
export const startMove = async (session: ApiSession, move: Move, signal: AbortSignal): Promise<PlatformTaskRef> => {
  const { vm, plan, spec } = await prepareMove(session, move, signal);
  const afterwards = plan.thenInto === null ? null : { vm, into: plan.thenInto };
  const act = (request: SoapRequest): ReturnType<ApiSession['call']> => session.call(request, { signal, once: true });
  if (spec !== null) {
    const task = asRef(await act(relocateVm(vm, spec)));
    if (task === undefined) throw new Error('the server named no task');
    return refOfMove({ task, afterwards });
  }
  if (afterwards !== null) await act(moveIntoResourcePool(afterwards.into, vm));
  return refOfMove({ task: null, afterwards: null });
};
