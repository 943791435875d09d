import type { ApiSession } from '../transport/api-session.ts';
import { listAt, textAt } from '../xml/xml-values.ts';
import { readProperties } from './read-properties.ts';

/** The server's words for what a task does, by the id a task names it with: `VirtualMachine.relocate`. */
export type TaskLabels = Readonly<Record<string, string>>;

/**
 * Reads them once and remembers them. Without them (a server that does not tell, or not now) tasks are told by their
 * ids, so nothing fails for want of words.
 */
export const createTaskLabels = (session: ApiSession): ((signal: AbortSignal) => Promise<TaskLabels>) => {
  let known: TaskLabels | null = null;
  return async (signal) => {
    known ??= await readTaskLabels(session, signal).catch(() => null);
    return known ?? {};
  };
};

const path = 'description.methodInfo';

const readTaskLabels = async (session: ApiSession, signal: AbortSignal): Promise<TaskLabels> => {
  const { taskManager } = session.content;
  if (taskManager === null) return {};
  const filter = { properties: [{ type: 'TaskManager', paths: [path] }], objects: [{ object: taskManager }] };
  const found = (await readProperties(session, filter, signal)).get(taskManager);
  const labels = listAt(found?.properties[path]).map((each) => [
    textAt(each, 'key') ?? '',
    textAt(each, 'label') ?? '',
  ]);
  return Object.fromEntries(labels.filter(([, label]) => label !== ''));
};
