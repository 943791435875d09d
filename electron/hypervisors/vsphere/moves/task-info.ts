import { readProperties } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { localizedFault, type VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asFlag, asNumber, at, textAt } from '../xml/xml-values.ts';

/** A task of the server (TaskInfo). */
export interface TaskInfo {
  readonly state: 'queued' | 'running' | 'success' | 'error';
  /** 0-100; null when not told. */
  readonly percent: number | null;
  readonly cancelable: boolean;
  readonly error: VimFault | null;
  readonly result: XmlValue | undefined;
}

/** Null when the server does not know the task (any more: it forgets ended ones after some minutes). */
export const readTask = async (
  session: ApiSession,
  task: ManagedRef,
  signal: AbortSignal,
): Promise<TaskInfo | null> => {
  const filter = {
    properties: [{ type: 'Task', paths: ['info'] }],
    objects: [{ object: task }],
    ignoreMissing: true,
  };
  const info = (await readProperties(session, filter, signal)).get(task)?.properties.info;
  if (info === undefined) return null;
  const state = textAt(info, 'state');
  const percent = asNumber(at(info, 'progress'));
  const error = at(info, 'error');
  return {
    state: state === 'success' || state === 'error' || state === 'queued' ? state : 'running',
    percent: percent === undefined ? null : Math.min(100, Math.max(0, percent)),
    cancelable: asFlag(at(info, 'cancelable')) ?? false,
    error: error === undefined ? null : localizedFault(error),
    result: at(info, 'result'),
  };
};
