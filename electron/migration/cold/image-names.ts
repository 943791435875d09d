import { type TaskId, taskLabel } from '../../../shared/domain/ids.ts';

/** The longest name of a VM on vSphere (API reference of ManagedEntity.name). */
const longestName = 80;

/** What a source is called while it is parked: by its own name first, so that people find it. */
export const parkedNameOf = (vmName: string, task: TaskId): string => {
  const mark = ` (parked ${taskLabel(task)})`;
  const room = longestName - mark.length;
  return `${vmName.length > room ? vmName.slice(0, room).trimEnd() : vmName}${mark}`;
};

/** `parked` names as {@link parkedNameOf} makes them, also those of other consoles. */
export const isParkedName = (name: string): boolean => / \(parked T-\d+\)$/.test(name);
