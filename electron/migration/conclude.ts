import type { TaskEventBody, TaskView } from '../../shared/domain/task.ts';
import { type ErrorCode, toWire, type WireError } from '../../shared/errors/app-error.ts';
import type { HypervisorSession, PlatformTaskOutcome } from '../hypervisors/port.ts';
import { attempt } from './attempt.ts';
import type { LiveTask, TaskTools } from './live-task.ts';
import type { Look } from './look-for-vm.ts';

type Ending = Extract<TaskEventBody, { kind: 'completed' | 'cancelled' | 'failed' | 'needs-attention' }>;

/**
 * How a relocation ended, by the platform's word and by where the VM was found. The place has the last say: a VM at
 * its destination was moved, and a VM in a place nobody asked for needs a person, whatever the platform said.
 * `unknown` is the platform's answer when it cannot tell any more; nothing may be running then.
 */
export const endingOf = (view: TaskView, outcome: PlatformTaskOutcome, look: Look, cancelWanted: boolean): Ending => {
  const { vmName, destination } = view.header.move;
  switch (look.whereabouts) {
    case 'gone':
      return { kind: 'needs-attention', error: { code: 'vm-gone', data: { vmName } } };
    case 'elsewhere':
      return elsewhere(vmName, destination.name, look.placeName);
    case 'at-destination':
      // Failed, and there all the same: half of it may be missing. A person has to look.
      return outcome.kind === 'failed' ? { kind: 'needs-attention', error: outcome.error } : { kind: 'completed' };
    case 'at-origin':
      break;
    default:
      return look.whereabouts satisfies never;
  }
  switch (outcome.kind) {
    case 'succeeded':
      return elsewhere(vmName, destination.name, look.placeName);
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', error: outcome.error };
    case 'unknown':
      return cancelWanted ? { kind: 'cancelled' } : { kind: 'failed', error: view.error ?? notPerformed(vmName) };
    default:
      return outcome satisfies never;
  }
};

const elsewhere = (vmName: string, expected: string, found: string): Ending => ({
  kind: 'needs-attention',
  error: { code: 'moved-elsewhere', data: { vmName, expected, found } },
});

const notPerformed = (vmName: string): WireError => ({
  code: 'outcome-unknown',
  data: { vmName, reason: 'console-stopped' },
});

/**
 * Writes down how a relocation ended. A stopped VM that was moved is powered on first: a VM that will not start is at its
 * destination all the same, and a person has to look.
 * @throws what the session throws when it cannot be found out whether the VM is on; and faults of the log
 */
export const conclude = async (
  task: LiveTask,
  outcome: PlatformTaskOutcome,
  look: Look,
  session: HypervisorSession,
  tools: TaskTools,
  first: readonly TaskEventBody[] = [],
): Promise<void> => {
  const { log } = tools;
  const { id, move } = task.header;
  const view = log.view(id);
  if (view === null) return;
  const events = concludingEvents(view, outcome, look, task.cancelWanted);
  if (move.method !== 'cold-direct' || events.at(-1)?.kind !== 'completed') {
    log.append(id, ...first, ...events);
    return;
  }
  log.append(id, ...first, ...events.slice(0, -1), { kind: 'step-started', step: 'power-on' });
  const powered = await attempt(() => session.powerOnVm(move.vm, tools.stopping));
  if (powered.ok) {
    log.append(id, { kind: 'step-ended', step: 'power-on', outcome: 'done' }, { kind: 'completed' });
    return;
  }
  const error = toWire(powered.error);
  // Found out later, when the site can be asked again.
  if (leavesOpen.includes(error.code)) throw powered.error;
  log.append(id, { kind: 'step-ended', step: 'power-on', outcome: 'failed' }, { kind: 'needs-attention', error });
};

/** Errors after which the VM may be on all the same. */
const leavesOpen: readonly ErrorCode[] = [
  'connection-lost',
  'server-timeout',
  'session-expired',
  'site-not-connected',
  'site-unreachable',
  'unexpected-answer',
  'cancelled',
  'internal',
];

/** The events that end a relocation: its step, the look at the VM's place, and the task's own end. */
export const concludingEvents = (
  view: TaskView,
  outcome: PlatformTaskOutcome,
  look: Look,
  cancelWanted: boolean,
): readonly TaskEventBody[] => {
  const ending = endingOf(view, outcome, look, cancelWanted);
  const stateOf = (name: string): string | undefined => view.steps.find((step) => step.name === name)?.state;
  const moved = outcome.kind === 'succeeded' || ending.kind === 'completed';
  const events: TaskEventBody[] = [];
  if (stateOf('relocate') !== 'done') {
    const stopped = ending.kind === 'cancelled' ? 'cancelled' : 'failed';
    events.push({ kind: 'step-ended', step: 'relocate', outcome: moved ? 'done' : stopped });
  }
  if (moved) {
    if (stateOf('verify') !== 'running') events.push({ kind: 'step-started', step: 'verify' });
    events.push({ kind: 'step-ended', step: 'verify', outcome: ending.kind === 'completed' ? 'done' : 'failed' });
  }
  if (look.placement) events.push({ kind: 'placement', placement: look.placement, placeName: look.placeName });
  return [...events, ending];
};
