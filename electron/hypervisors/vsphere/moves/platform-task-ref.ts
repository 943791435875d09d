import type { PlatformTaskRef } from '../../../../shared/domain/task.ts';
import { type ManagedRef, nativeIdOfRef, refOfNativeId } from '../managed-ref.ts';

/** What became of the start of a move: a task of the server, and perhaps a change of pool when that is done. */
export interface RunningMove {
  /** Null when the move was done at once, without a task. */
  readonly task: ManagedRef | null;
  readonly afterwards: { readonly vm: ManagedRef; readonly into: ManagedRef } | null;
}

const separator = ' then ';
const into = ' into ';

/** Text that survives in the task log: with it, a move is found again, and finished, after a restart. */
export const refOfMove = ({ task, afterwards }: RunningMove): PlatformTaskRef => {
  const parts = [task === null ? 'done' : nativeIdOfRef(task)];
  if (afterwards !== null) parts.push(`${nativeIdOfRef(afterwards.vm)}${into}${nativeIdOfRef(afterwards.into)}`);
  return { id: parts.join(separator) };
};

/** Back from {@link refOfMove}; null for text that names no move. */
export const moveOfRef = ({ id }: PlatformTaskRef): RunningMove | null => {
  const [first = '', second, ...more] = id.split(separator);
  const task = first === 'done' ? null : refOfNativeId(first);
  if (more.length > 0 || (task === null && first !== 'done') || (task !== null && task.type !== 'Task')) return null;
  if (second === undefined) return { task, afterwards: null };
  const [vm, pool, ...rest] = second.split(into).map(refOfNativeId);
  return vm && pool && rest.length === 0 ? { task, afterwards: { vm, into: pool } } : null;
};
