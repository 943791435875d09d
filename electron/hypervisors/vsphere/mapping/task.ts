import type { ManagedRef } from '../managed-ref.ts';
import { type Facts, type Readers, ref, text } from './readers.ts';

/** Tasks are no entities; they say what a VM is busy with. Not `info` whole: it changes with every per cent. */
export const taskReaders = {
  'info.state': text,
  'info.entity': ref,
  'info.descriptionId': text,
} satisfies Readers;

export interface TaskOnObject {
  readonly entity: ManagedRef;
  /** The server's id for what is done: `VirtualMachine.relocate`. */
  readonly descriptionId: string;
}

/** What a task that waits or runs does to which object; null for one that has ended. */
export const runningTask = (facts: Facts<typeof taskReaders>): TaskOnObject | null => {
  const state = facts['info.state'];
  const entity = facts['info.entity'];
  if (entity === undefined || (state !== 'running' && state !== 'queued')) return null;
  return { entity, descriptionId: facts['info.descriptionId'] ?? 'task' };
};
