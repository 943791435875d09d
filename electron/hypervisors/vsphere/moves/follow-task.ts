import type { PlatformTaskRef } from '../../../../shared/domain/task.ts';
import { hasCode, toWire } from '../../../../shared/errors/app-error.ts';
import type { PlatformTaskOutcome } from '../../port.ts';
import { asAppError } from '../fault-mapping.ts';
import { readProperties } from '../inventory/read-properties.ts';
import { type ManagedRef, nativeIdOfRef } from '../managed-ref.ts';
import { moveIntoResourcePool } from '../requests/move-requests.ts';
import type { SoapRequest } from '../requests/xml-writer.ts';
import { pauses, type Timing } from '../timing.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { VimFault } from '../transport/soap-fault.ts';
import { asRef } from '../xml/xml-values.ts';
import { moveOfRef, type RunningMove } from './platform-task-ref.ts';
import { readTask, type TaskInfo } from './task-info.ts';

export interface TaskWatching {
  readonly session: ApiSession;
  readonly address: string;
  readonly timing: Timing;
  readonly signal: AbortSignal;
}

/** Looks that may fail in a row before watching is given up: a short cut of the network is no reason. */
const patience = 3;

/**
 * Watches a move to its end, and does its second step when the first has succeeded.
 * @throws `connection-lost`, `server-timeout`, `session-expired`, `login-refused`, `cancelled`
 */
export const followTask = async (
  watching: TaskWatching,
  ref: PlatformTaskRef,
  onProgress: (percent: number | null) => void,
): Promise<PlatformTaskOutcome> => {
  const move = moveOfRef(ref);
  if (move === null) return { kind: 'unknown' };
  if (move.task === null) return { kind: 'succeeded' };
  const info = await untilEnded(watching, move.task, onProgress);
  if (info === null) return { kind: 'unknown' };
  if (info.state !== 'error')
    return move.afterwards === null ? { kind: 'succeeded' } : secondStep(watching, move.afterwards);
  return outcomeOf(info.error ?? new VimFault('TaskError', '', {}), 'RelocateVM_Task', watching.address);
};

/** The task when it has ended; null when the server does not know it. @throws as {@link followTask} */
export const untilEnded = async (
  watching: TaskWatching,
  task: ManagedRef,
  onProgress: (percent: number | null) => void,
): Promise<TaskInfo | null> => {
  const { timing, signal } = watching;
  const pause = pauses(timing);
  let told: number | null | undefined;
  for (;;) {
    const info = await patiently(watching, () => readTask(watching.session, task, signal));
    if (info === null) return null;
    if (info.state === 'success' || info.state === 'error') return info;
    if (info.percent !== told) {
      told = info.percent;
      onProgress(told);
    }
    await pause(signal);
  }
};

/**
 * Starts a task and waits until it has ended. The request is never repeated: it may have arrived.
 * @returns null when the server has forgotten the task: then what it was to do has to be looked at
 * @throws VimFault for what the task failed with; as {@link followTask}, and what calls throw
 */
export const runTask = async (watching: TaskWatching, request: SoapRequest): Promise<TaskInfo | null> => {
  const { session, signal } = watching;
  const task = asRef(await session.call(request, { signal, once: true }));
  if (task === undefined) throw new Error('the server named no task');
  const ended = await untilEnded(watching, task, () => undefined);
  if (ended?.state === 'error') throw ended.error ?? new VimFault('TaskError', '', {});
  return ended;
};

/** The same for what cannot be looked at afterwards. @throws as {@link runTask}; VimFault for a forgotten task, too */
export const carryOut = async (watching: TaskWatching, request: SoapRequest): Promise<TaskInfo> => {
  const ended = await runTask(watching, request);
  if (ended === null) throw new VimFault('ManagedObjectNotFound', 'The server has forgotten the task.', {});
  return ended;
};

const patiently = async <Value>({ timing, signal }: TaskWatching, look: () => Promise<Value>): Promise<Value> => {
  for (let failures = 1; ; failures += 1) {
    try {
      return await look();
    } catch (error) {
      const passing = hasCode(error, 'connection-lost') || hasCode(error, 'server-timeout');
      if (!passing || failures >= patience) throw error;
      await timing.wait(timing.longestTaskPollMs * failures, signal);
    }
  }
};

/** May be repeated after a restart of the console: a VM that is in its vApp already is left alone. */
const secondStep = async (
  { session, address, signal }: TaskWatching,
  { vm, into }: NonNullable<RunningMove['afterwards']>,
): Promise<PlatformTaskOutcome> => {
  const filter = {
    properties: [{ type: 'VirtualMachine', paths: ['resourcePool', 'parentVApp'] }],
    objects: [{ object: vm }],
  };
  try {
    const { properties = {} } = (await readProperties(session, filter, signal)).get(vm) ?? {};
    const isIn = [asRef(properties.resourcePool), asRef(properties.parentVApp)].some(
      (pool) => pool !== undefined && nativeIdOfRef(pool) === nativeIdOfRef(into),
    );
    if (!isIn) await session.call(moveIntoResourcePool(into, vm), { signal, once: true });
    return { kind: 'succeeded' };
  } catch (error) {
    if (error instanceof VimFault) return outcomeOf(error, 'MoveIntoResourcePool', address);
    throw error;
  }
};

const outcomeOf = (fault: VimFault, operation: string, address: string): PlatformTaskOutcome => {
  if (fault.fault === 'RequestCanceled') return { kind: 'cancelled' };
  const error = asAppError(fault, { address, operation });
  // The session is the console's own affair, not a failure of the move.
  if (hasCode(error, 'session-expired')) throw error;
  return { kind: 'failed', error: toWire(error) };
};
