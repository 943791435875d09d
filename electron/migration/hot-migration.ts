import { AppError, type ErrorCode, toWire } from '../../shared/errors/app-error.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { askToCancel } from './ask-to-cancel.ts';
import { attempt } from './attempt.ts';
import { checkStep } from './check-step.ts';
import { conclude } from './conclude.ts';
import { endOfRunningStep, type LiveTask, type TaskTools } from './live-task.ts';
import { lookForVm } from './look-for-vm.ts';

/**
 * `adrift`: the relocation may have been started, and what became of it has to be found out.
 * `offline`: the check could not reach the site; nothing was started, and the task waits again.
 */
export type HotMigrationEnd = 'ended' | 'adrift' | 'offline';

/**
 * Answers to a start that mean "it was not done". Any other one (a cut connection, a time-out, an answer nobody
 * understands) leaves open whether the platform has begun.
 */
const refusals: readonly ErrorCode[] = [
  'vm-gone',
  'vm-changed',
  'destination-gone',
  'platform-fault',
  'no-privilege',
  'session-expired',
  'login-refused',
  'method-unavailable',
  'invalid-input',
  'not-found',
];

/**
 * The steps of a migration that the platform carries out itself, of a running VM or (cold-direct) a stopped one: check,
 * relocate, verify, and power on what was stopped; each written down before it begins and after it ended.
 * Errors of the platform end up in the log; what is thrown is a fault of the log itself.
 */
export const runHotMigration = async (
  task: LiveTask,
  session: HypervisorSession,
  tools: TaskTools,
): Promise<HotMigrationEnd> => {
  const { log } = tools;
  const { id, move } = task.header;

  const checked = await checkStep(task, session, tools);
  if (checked !== 'may-start') return checked;

  task.phase = 'starting';
  log.append(id, { kind: 'step-ended', step: 'check', outcome: 'done' }, { kind: 'step-started', step: 'relocate' });
  const start = await attempt(() => session.startRelocation(move, tools.stopping));
  if (!start.ok) {
    const error = toWire(start.error);
    if (!refusals.includes(error.code)) return goAdrift(task, tools, start.error);
    log.append(id, { kind: 'step-ended', step: 'relocate', outcome: 'failed' }, { kind: 'failed', error });
    return 'ended';
  }

  const ref = start.value;
  task.platformTask = ref;
  task.phase = 'moving';
  log.append(id, { kind: 'platform-task', step: 'relocate', ref });
  // Somebody cancelled while the start was on its way. Whether the platform obeys is seen by following it.
  if (task.cancelWanted) await askToCancel(task, ref, session, tools);

  const end = await attempt(() =>
    session.followTask(ref, (percent) => tools.onProgress({ task: id, percent, step: 'relocate' }), tools.stopping),
  );
  if (!end.ok) return goAdrift(task, tools, end.error);
  const outcome = end.value;
  if (outcome.kind === 'unknown') {
    return goAdrift(task, tools, new AppError('outcome-unknown', { vmName: move.vmName, reason: 'platform-forgot' }));
  }

  task.phase = 'verifying';
  if (outcome.kind === 'succeeded') {
    log.append(id, { kind: 'step-ended', step: 'relocate', outcome: 'done' }, { kind: 'step-started', step: 'verify' });
  }
  const look = await attempt(() => lookForVm(task.header, session, tools.known, tools.stopping));
  if (!look.ok) return goAdrift(task, tools, look.error);
  const concluded = await attempt(() => conclude(task, outcome, look.value, session, tools));
  return concluded.ok ? 'ended' : goAdrift(task, tools, concluded.error);
};

/** Writes down that nobody knows what became of the relocation, or that the console stopped watching it. */
export const goAdrift = (task: LiveTask, tools: TaskTools, error: unknown): 'adrift' => {
  task.phase = 'adrift';
  if (tools.stopping.aborted) {
    tools.log.append(task.header.id, { kind: 'interrupted' });
    return 'adrift';
  }
  const running = endOfRunningStep(tools.log.view(task.header.id), 'unknown');
  tools.log.append(task.header.id, ...running, { kind: 'outcome-unknown', error: toWire(error) });
  return 'adrift';
};
