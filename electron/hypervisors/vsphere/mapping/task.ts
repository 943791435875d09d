import type { ManagedRef } from '../managed-ref.ts';
import { type Facts, type Readers, ref, refs, text } from './readers.ts';

/** Tasks are no entities; they say what a VM is busy with. Not `info` whole: it changes with every per cent. */
export const taskReaders = {
  'info.state': text,
  'info.entity': ref,
  // A VM that is being imported is held by a task on its pool.
  'info.locked': refs,
  'info.descriptionId': text,
} satisfies Readers;

type TaskFacts = Facts<typeof taskReaders>;

/** The server's id for what a task that waits or runs does: `VirtualMachine.relocate`. Null for one that has ended. */
export const runningTask = (facts: TaskFacts): string | null => {
  const state = facts['info.state'];
  return state === 'running' || state === 'queued' ? (facts['info.descriptionId'] ?? 'task') : null;
};

/** The VMs a task is about or holds. */
export const vmsOfTask = (facts: TaskFacts): readonly ManagedRef[] => {
  const { 'info.entity': entity, 'info.locked': locked = [] } = facts;
  return [...(entity === undefined ? [] : [entity]), ...locked].filter(({ type }) => type === 'VirtualMachine');
};
