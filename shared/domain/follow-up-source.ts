import { fixLabel } from './fix.ts';
import { type TaskId, taskLabel } from './ids.ts';

/** Where something that is left to people comes from: something the console took out of a VM, or a task. */
export type FollowUpSource =
  | { readonly kind: 'fix'; readonly number: number }
  | { readonly kind: 'task'; readonly task: TaskId };

/** What people call it: `F-3`, `T-12`. */
export const followUpLabel = (source: FollowUpSource): string =>
  source.kind === 'fix' ? fixLabel(source.number) : taskLabel(source.task);
