import type { TaskView } from '../../shared/domain/task.ts';
import type { HypervisorSession, PlatformTaskOutcome } from '../hypervisors/port.ts';
import { askToCancel } from './ask-to-cancel.ts';
import { conclude } from './conclude.ts';
import type { LiveTask, TaskTools } from './live-task.ts';
import { type Look, lookForVm } from './look-for-vm.ts';

/** How long to wait before looking again at a VM that the platform is busy with, ms. */
const busyPollMs = 5_000;

/**
 * Finds out what became of a relocation that may have been started, and writes down how it ended. Never starts one.
 * With the platform's task at hand that task is followed; without it, or when the platform has forgotten it, the VM's
 * place decides, once nothing holds the VM any more.
 * @throws when it cannot be found out now: whatever the session throws, and faults of the log
 */
export const reconcile = async (task: LiveTask, session: HypervisorSession, tools: TaskTools): Promise<void> => {
  const { log } = tools;
  const { id } = task.header;
  const before = log.view(id);
  if (!before) return;
  if (task.platformTask && before.platformTask === null) {
    log.append(id, { kind: 'platform-task', step: 'relocate', ref: task.platformTask });
  }
  const outcome = await outcomeOf(task, before, session, tools);
  const look =
    outcome.kind === 'unknown'
      ? await lookUntilCalm(task, session, tools)
      : await lookForVm(task.header, session, tools.known, tools.stopping);
  await conclude(task, outcome, look, session, tools, [{ kind: 'reconciled', found: look.whereabouts }]);
};

const outcomeOf = async (
  task: LiveTask,
  view: TaskView,
  session: HypervisorSession,
  tools: TaskTools,
): Promise<PlatformTaskOutcome> => {
  // The platform said so before, and it was written down: only the look at the VM's place is missing.
  if (view.steps.some((step) => step.name === 'relocate' && step.state === 'done')) return { kind: 'succeeded' };
  const ref = task.platformTask;
  if (!ref) return { kind: 'unknown' };
  if (task.cancelWanted) await askToCancel(task, ref, session, tools);
  return session.followTask(
    ref,
    (percent) => {
      if (percent !== 100) noteStillRunning(task, tools);
      tools.onProgress({ task: task.header.id, percent, step: 'relocate' });
    },
    tools.stopping,
  );
};

/** Two looks must agree that the VM stayed: a start whose answer was lost may reach the platform late. */
const lookUntilCalm = async (task: LiveTask, session: HypervisorSession, tools: TaskTools): Promise<Look> => {
  let calmBefore: Look['whereabouts'] | null = null;
  for (;;) {
    const look = await lookForVm(task.header, session, tools.known, tools.stopping);
    if (look.busyWith === null) {
      if (look.whereabouts === 'at-destination' || look.whereabouts === calmBefore) return look;
      calmBefore = look.whereabouts;
      await tools.clock.delay(tools.settleMs, tools.stopping);
    } else {
      calmBefore = null;
      noteStillRunning(task, tools);
      await tools.clock.delay(busyPollMs, tools.stopping);
    }
  }
};

const noteStillRunning = (task: LiveTask, tools: TaskTools): void => {
  const state = tools.log.view(task.header.id)?.state;
  if (state !== 'unknown' && state !== 'interrupted') return;
  try {
    tools.log.append(task.header.id, { kind: 'reconciled', found: 'still-running' });
  } catch {
    // Only good to know. A log that cannot be written is met again, and dealt with, at the task's end.
  }
};
