import { foldCold, nothingColdYet, startsRestoreAnew } from './fold-cold.ts';
import type { Move } from './migration.ts';
import {
  hotSteps,
  isColdEvent,
  type StepName,
  type TaskEvent,
  type TaskHeader,
  type TaskStep,
  type TaskView,
} from './task.ts';

const evacuationSteps: readonly StepName[] = ['check', 'export', 'seal', 'park'];
const restoreSteps: readonly StepName[] = ['restore', 'verify', 'power-on', 'finish'];

/** The steps people see before any has begun. A step that is not among them appears when it begins. */
export const plannedSteps = ({ method, evacuation }: Move): readonly StepName[] => {
  switch (method) {
    case 'hot':
      return hotSteps;
    case 'cold-direct':
      return ['check', 'relocate', 'verify', 'power-on'];
    case 'cold-evacuate': {
      const part = evacuation?.part ?? 'whole';
      const steps = [
        ...(part === 'restore' ? (['check'] as const) : evacuationSteps),
        ...(part === 'evacuate' ? [] : restoreSteps),
      ];
      return evacuation?.powerOn === false ? steps.filter((step) => step !== 'power-on') : steps;
    }
    default:
      return method satisfies never;
  }
};

/** A task of which nothing is known but that it was made. */
export const newTaskView = (header: TaskHeader): TaskView => ({
  header,
  state: 'waiting',
  steps: plannedSteps(header.move).map((name) => ({ name, state: 'pending', startedAt: null, endedAt: null })),
  waitReason: null,
  startedAt: null,
  endedAt: null,
  error: null,
  platformTask: null,
  findings: [],
  placeName: null,
  cold: nothingColdYet,
});

/** The state a task has after its events, in their order. The only way a task's state is ever found. */
export const foldTask = (header: TaskHeader, events: readonly TaskEvent[]): TaskView =>
  events.reduce(withEvent, newTaskView(header));

/** The view after one more event. */
export const withEvent = (view: TaskView, event: TaskEvent): TaskView => {
  const cold = foldCold(view.cold, event.body, event.at);
  return withBody(cold === view.cold ? view : { ...view, cold }, event);
};

const withBody = (view: TaskView, { at, body }: TaskEvent): TaskView => {
  if (isColdEvent(body)) return view;
  switch (body.kind) {
    case 'created':
      return view;
    case 'waiting':
      return { ...view, state: 'waiting', waitReason: body.reason, endedAt: null };
    case 'started':
      return { ...inState(view, 'running'), startedAt: view.startedAt ?? at, error: null };
    case 'step-started':
      return {
        ...inState(view, view.state === 'cancelling' ? 'cancelling' : 'running'),
        startedAt: view.startedAt ?? at,
        steps: withStep(view.steps, { name: body.step, state: 'running', startedAt: at, endedAt: null }),
      };
    case 'checked':
      return { ...view, findings: body.findings };
    case 'platform-task':
      return { ...view, platformTask: body.ref };
    case 'step-ended':
      return { ...view, steps: withStepEnded(view.steps, body.step, body.outcome, at) };
    case 'cancel-requested':
      // Where the outcome is not known, the wish is kept, but what is known of the task stays what it is.
      return view.state === 'waiting' || view.state === 'running' ? inState(view, 'cancelling') : view;
    case 'placement':
      return { ...view, placeName: body.placeName };
    case 'interrupted':
      return { ...inState(view, 'interrupted'), steps: changeSteps(view.steps, 'running', 'unknown') };
    case 'outcome-unknown':
      return { ...inState(view, 'unknown'), error: body.error, steps: changeSteps(view.steps, 'running', 'unknown') };
    case 'reconciled':
      return body.found === 'still-running'
        ? { ...inState(view, 'running'), error: null, steps: changeSteps(view.steps, 'unknown', 'running') }
        : view;
    case 'decision-needed':
      return {
        ...view,
        state: 'needs-attention',
        waitReason: null,
        endedAt: null,
        error: body.error,
        steps: changeSteps(view.steps, 'running', 'failed'),
      };
    case 'recovery-chosen':
      return {
        ...inState(view, 'running'),
        // Whoever keeps the image alone ends the task with what went wrong.
        error: body.choice.action === 'keep-image' ? view.error : null,
        steps: startsRestoreAnew(body.choice) ? view.steps.map(asPendingRestore) : view.steps,
      };
    case 'completed':
    case 'cancelled':
      return { ...view, state: body.kind, waitReason: null, endedAt: at, error: null };
    case 'failed':
    case 'needs-attention':
      return { ...view, state: body.kind, waitReason: null, endedAt: at, error: body.error };
    default:
      return body satisfies never;
  }
};

const asPendingRestore = (step: TaskStep): TaskStep =>
  restoreSteps.includes(step.name) ? { name: step.name, state: 'pending', startedAt: null, endedAt: null } : step;

const inState = (view: TaskView, state: 'running' | 'cancelling' | 'interrupted' | 'unknown'): TaskView => ({
  ...view,
  state,
  waitReason: null,
  endedAt: null,
});

const withStep = (steps: readonly TaskStep[], step: TaskStep): readonly TaskStep[] =>
  steps.some(({ name }) => name === step.name)
    ? steps.map((old) => (old.name === step.name ? step : old))
    : [...steps, step];

const withStepEnded = (
  steps: readonly TaskStep[],
  name: StepName,
  state: TaskStep['state'],
  at: number,
): readonly TaskStep[] => {
  const begun = steps.find((step) => step.name === name);
  return withStep(steps, { name, state, startedAt: begun?.startedAt ?? at, endedAt: at });
};

const changeSteps = (
  steps: readonly TaskStep[],
  from: TaskStep['state'],
  to: 'running' | 'unknown' | 'failed',
): readonly TaskStep[] => steps.map((step) => (step.state === from ? { ...step, state: to, endedAt: null } : step));
