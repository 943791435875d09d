import type { HypervisorSession } from '../hypervisors/port.ts';
import { backOffMs } from '../sites/back-off.ts';
import { goAdrift } from './hot-migration.ts';
import { type LiveTask, mayHaveStarted, type TaskTools } from './live-task.ts';
import { reconcile } from './reconcile.ts';

/**
 * Looks into an adrift task until its end is written, with growing waits between the tries.
 * @param session the present session of the task's site; null while it is not connected
 * @returns `parked` when the site is not connected (or the console closes): look again on reconnect
 */
export const pursue = async (
  task: LiveTask,
  session: () => HypervisorSession | null,
  tools: TaskTools,
): Promise<'ended' | 'parked'> => {
  for (let failures = 1; !tools.stopping.aborted; failures += 1) {
    // One for the whole round: a reconnect in the middle of a try means that the next one follows at once.
    const nudge = new AbortController();
    task.nudge = nudge;
    const end = await tryOnce(task, session, tools);
    if (end !== 'try-again') return end;
    const waiting = AbortSignal.any([nudge.signal, tools.stopping]);
    await tools.clock.delay(backOffMs(failures), waiting).catch(() => undefined);
  }
  return 'parked';
};

const tryOnce = async (
  task: LiveTask,
  session: () => HypervisorSession | null,
  tools: TaskTools,
): Promise<'ended' | 'parked' | 'try-again'> => {
  try {
    if (endedWithoutStart(task, tools)) return 'ended';
    const live = session();
    if (!live) return 'parked';
    await reconcile(task, live, tools);
    return 'ended';
  } catch (error) {
    noteLost(task, tools, error);
    return 'try-again';
  }
};

/**
 * Ends a task whose relocation was certainly never asked for. It is not begun by itself: hours may have passed since a
 * person wanted it. It can be run again.
 */
export const endedWithoutStart = (task: LiveTask, tools: TaskTools): boolean => {
  const { id } = task.header;
  const view = tools.log.view(id);
  if (!view || mayHaveStarted(view)) return false;
  tools.log.append(id, { kind: 'interrupted' }, { kind: 'cancelled' });
  return true;
};

/** The task reads as unknown again; an error that repeats is not written down once more. */
const noteLost = (task: LiveTask, tools: TaskTools, error: unknown): void => {
  const { id } = task.header;
  try {
    const state = tools.log.view(id)?.state;
    if (state === 'running' || state === 'cancelling') goAdrift(task, tools, error);
  } catch (unwritable) {
    tools.log.tellUnwritable(id, unwritable);
  }
};
