import { type ErrorCode, toWire } from '../../shared/errors/app-error.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { attempt } from './attempt.ts';
import { checkStillAsPlanned, obstacleIn } from './check-move.ts';
import type { LiveTask, TaskTools } from './live-task.ts';

/** Says nothing of the VM or the move, only that the site cannot be asked at this moment. */
const outOfTouch: readonly ErrorCode[] = [
  'connection-lost',
  'server-timeout',
  'site-unreachable',
  'site-not-connected',
];

/** `offline`: the site could not be asked; nothing was started, and the task waits again. */
export type CheckEnd = 'may-start' | 'ended' | 'offline';

/**
 * The first step of every task: all precautions on facts read now. Unless the task may go on, what became of it is
 * written down, and nothing has happened to the VM.
 * @param reserve takes what else is needed before a start; runs when nothing speaks against it
 */
export const checkStep = async (
  task: LiveTask,
  session: HypervisorSession,
  tools: TaskTools,
  reserve: (signal: AbortSignal) => Promise<void> = async () => undefined,
): Promise<CheckEnd> => {
  const { log, stopping } = tools;
  const { header } = task;
  task.phase = 'checking';
  log.append(header.id, { kind: 'started' }, { kind: 'step-started', step: 'check' });
  const signal = AbortSignal.any([task.checking.signal, stopping]);
  const facts = await attempt(() => checkStillAsPlanned(header, session, tools.known, signal));
  const findings = facts.ok ? await attempt(() => tools.guard(header.move, signal, header.id)) : facts;
  const obstacle = findings.ok ? obstacleIn(findings.value, header) : findings.error;
  const reserved = findings.ok && obstacle === null ? await attempt(() => reserve(signal)) : null;
  const ended = (outcome: 'failed' | 'cancelled') => ({ kind: 'step-ended', step: 'check', outcome }) as const;

  if (task.cancelWanted) {
    log.append(header.id, ended('cancelled'), { kind: 'cancelled' });
    return 'ended';
  }
  if (stopping.aborted) {
    log.append(header.id, ended('cancelled'), { kind: 'interrupted' }, { kind: 'cancelled' });
    return 'ended';
  }
  if (findings.ok) log.append(header.id, { kind: 'checked', findings: findings.value });
  const problem = reserved !== null && !reserved.ok ? reserved.error : obstacle;
  if (problem === null) return 'may-start';
  const error = toWire(problem);
  if (outOfTouch.includes(error.code)) {
    log.append(header.id, ended('failed'));
    return 'offline';
  }
  log.append(header.id, ended('failed'), { kind: 'failed', error });
  return 'ended';
};
