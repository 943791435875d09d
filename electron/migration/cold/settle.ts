import { AppError, type ErrorCode, hasCode, toWire } from '../../../shared/errors/app-error.ts';
import { backOffMs } from '../../sites/back-off.ts';
import { attempt } from '../attempt.ts';
import { append, type ColdRun, viewOf, vmNameOf } from './cold-run.ts';

/** After these the platform may have done what it was asked. */
const answerLost: readonly ErrorCode[] = [
  'connection-lost',
  'server-timeout',
  'session-expired',
  'site-unreachable',
  'site-not-connected',
  'unexpected-answer',
  'internal',
];

export const isAnswerLost = (error: unknown): boolean => answerLost.includes(toWire(error).code);

/** How vSphere and SCVMM say that another task of theirs holds the VM. */
const heldFaults: readonly string[] = ['TaskInProgress', 'VMBusy'];

/** The platform's other tasks let go of a VM sooner or later: a lease that nobody keeps alive ends in some minutes. */
const isHeldByATask = (error: unknown): boolean =>
  hasCode(error, 'platform-fault') && heldFaults.includes(error.data.fault);

const tries = 5;
/** How long a lease may outlive the process that held it, ms: vCenter gives 5 minutes. */
const leaseOutlivesMs = 6 * 60_000;
const heldPollMs = 5_000;

/**
 * Asks for something again for as long as another task of the platform holds the VM: an earlier console's lease, say.
 * Meanwhile the task waits, and says for what.
 * @throws what the platform answers; that the VM is held only when no lease could hold it any more
 */
export const whenLetGo = async <Answer>(
  run: ColdRun,
  act: (signal: AbortSignal) => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> => {
  for (let heldForMs = 0; ; heldForMs += heldPollMs) {
    const acted = await attempt(() => act(signal));
    if (!acted.ok && isHeldByATask(acted.error) && heldForMs < leaseOutlivesMs) {
      tellHeld(run);
      await run.tools.clock.delay(heldPollMs, signal);
      continue;
    }
    tellGoesOn(run);
    if (!acted.ok) throw acted.error;
    return acted.value;
  }
};

/** Not of a task that is being cancelled: it says already what it is doing. */
const tellHeld = (run: ColdRun): void => {
  if (viewOf(run).state !== 'running') return;
  append(run, { kind: 'waiting', reason: { kind: 'vm-held', atMostMs: leaseOutlivesMs } });
};

const tellGoesOn = (run: ColdRun): void => {
  if (viewOf(run).waitReason?.kind === 'vm-held') append(run, { kind: 'started' });
};

/**
 * Asks the platform for something and makes sure that it is done: an answer that was lost is found out by looking, and
 * only what is certainly not done is asked for again.
 * @param look what is there now when it is done; null while it is not
 * @throws what the platform answers; `outcome-unknown` when it cannot be found out
 */
export const settle = async <Found>(
  run: ColdRun,
  act: (signal: AbortSignal) => Promise<void>,
  look: (signal: AbortSignal) => Promise<Found | null>,
): Promise<Found> => {
  const { stopping, clock } = run.tools;
  for (let failures = 1; failures <= tries; failures += 1) {
    const acted = await attempt(() => whenLetGo(run, act, stopping));
    if (!acted.ok && !isAnswerLost(acted.error)) throw acted.error;
    const seen = await attempt(() => look(stopping));
    if (seen.ok && seen.value !== null) return seen.value;
    if (seen.ok && acted.ok) await clock.delay(heldPollMs, stopping);
    else await clock.delay(backOffMs(failures), stopping);
    // The answer that came late may have been the last word.
    const again = await attempt(() => look(stopping));
    if (again.ok && again.value !== null) return again.value;
    if (!again.ok && !isAnswerLost(again.error)) throw again.error;
  }
  throw new AppError('outcome-unknown', { vmName: vmNameOf(run), reason: 'no-answer' });
};
