import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldTask, withEvent } from '../../../shared/domain/fold-task.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import {
  hotSteps,
  isOpen,
  type StepName,
  type TaskEvent,
  type TaskEventBody,
  type TaskHeader,
  type TaskView,
} from '../../../shared/domain/task.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { aMove, idOf } from '../../support/inventory-builders.ts';
import { aHeader, originPlacement } from '../../support/task-samples.ts';

const header: TaskHeader = { ...aHeader('web-01'), id: taskId(1042) };
const lost: WireError = { code: 'connection-lost', data: { address: 'vc', reason: 'reset' } };

const eventsOf = (...bodies: readonly TaskEventBody[]): readonly TaskEvent[] =>
  bodies.map((body, index) => ({ task: header.id, sequence: index + 1, at: 100 + index, body }));
const fold = (...bodies: readonly TaskEventBody[]): TaskView => foldTask(header, eventsOf(...bodies));
const steps = (view: TaskView): string => view.steps.map((step) => `${step.name} ${step.state}`).join(', ');

const checkDone: readonly TaskEventBody[] = [
  { kind: 'created' },
  { kind: 'started' },
  { kind: 'step-started', step: 'check' },
  { kind: 'checked', findings: [] },
  { kind: 'step-ended', step: 'check', outcome: 'done' },
];
const moving: readonly TaskEventBody[] = [
  ...checkDone,
  { kind: 'step-started', step: 'relocate' },
  { kind: 'platform-task', step: 'relocate', ref: { id: 'task-7' } },
];

describe('a task folded from its events', () => {
  it('waits with all its steps before it, and says for what', () => {
    const reason = { kind: 'operation-limit', limit: 2 } as const;
    expect(fold({ kind: 'created' })).toMatchObject({ state: 'waiting', waitReason: null, startedAt: null });
    expect(steps(fold({ kind: 'created' }))).toBe('check pending, relocate pending, verify pending');
    expect(fold({ kind: 'created' }, { kind: 'waiting', reason }).waitReason).toEqual(reason);
  });

  it('completes', () => {
    const view = fold(
      ...moving,
      { kind: 'step-ended', step: 'relocate', outcome: 'done' },
      { kind: 'step-started', step: 'verify' },
      { kind: 'step-ended', step: 'verify', outcome: 'done' },
      { kind: 'placement', placement: originPlacement, placeName: 'pool-02' },
      { kind: 'completed' },
    );
    expect(view).toMatchObject({ state: 'completed', startedAt: 101, endedAt: 111, placeName: 'pool-02', error: null });
    expect(view.platformTask).toEqual({ id: 'task-7' });
    expect(view.steps[1]).toEqual({ name: 'relocate', state: 'done', startedAt: 105, endedAt: 107 });
    expect(steps(view)).toBe('check done, relocate done, verify done');
  });

  it('fails with the error of its step', () => {
    const view = fold(
      ...moving,
      { kind: 'step-ended', step: 'relocate', outcome: 'failed' },
      { kind: 'failed', error: { code: 'vm-gone', data: { vmName: 'web-01' } } },
    );
    expect(view).toMatchObject({ state: 'failed', error: { code: 'vm-gone' }, endedAt: 108 });
    expect(steps(view)).toBe('check done, relocate failed, verify pending');
  });

  it('is cancelling from the request to the end', () => {
    expect(fold(...moving, { kind: 'cancel-requested' }).state).toBe('cancelling');
    const ended = fold(
      ...moving,
      { kind: 'cancel-requested' },
      { kind: 'step-ended', step: 'relocate', outcome: 'cancelled' },
      { kind: 'cancelled' },
    );
    expect([ended.state, steps(ended)]).toEqual(['cancelled', 'check done, relocate cancelled, verify pending']);
  });

  it('is unknown after a lost answer, and a wish to cancel does not change what is known', () => {
    const view = fold(...moving, { kind: 'outcome-unknown', error: lost }, { kind: 'cancel-requested' });
    expect(view).toMatchObject({ state: 'unknown', error: lost, endedAt: null });
    expect(steps(view)).toBe('check done, relocate unknown, verify pending');
  });

  it('is interrupted after a crash, and runs again when it is found still running', () => {
    const interrupted = fold(...moving, { kind: 'interrupted' });
    expect([interrupted.state, steps(interrupted)]).toEqual([
      'interrupted',
      'check done, relocate unknown, verify pending',
    ]);
    const found = fold(...moving, { kind: 'interrupted' }, { kind: 'reconciled', found: 'still-running' });
    expect([found.state, steps(found)]).toEqual(['running', 'check done, relocate running, verify pending']);
  });

  it('shows a step that was not planned once it begins', () => {
    const cold: TaskHeader = { ...header, move: aMove(undefined, undefined, { method: 'cold-evacuate' }) };
    const view = foldTask(cold, eventsOf({ kind: 'created' }, { kind: 'step-started', step: 'checkpoint' }));
    expect(view.steps.at(-1)).toMatchObject({ name: 'checkpoint', state: 'running' });
    expect(view.steps[0]).toMatchObject({ name: 'check', state: 'pending' });
  });
});

const anyStep = fc.constantFrom<StepName>(...hotSteps);
const anyBody: fc.Arbitrary<TaskEventBody> = fc.oneof(
  fc.constantFrom<TaskEventBody>(
    { kind: 'created' },
    { kind: 'started' },
    { kind: 'checked', findings: [] },
    { kind: 'cancel-requested' },
    { kind: 'placement', placement: originPlacement, placeName: 'pool-01' },
    { kind: 'interrupted' },
    { kind: 'outcome-unknown', error: lost },
    { kind: 'completed' },
    { kind: 'cancelled' },
    { kind: 'failed', error: lost },
    { kind: 'needs-attention', error: lost },
    {
      kind: 'waiting',
      reason: { kind: 'host-limit', host: idOf('host', 'esx-01'), hostName: 'esx-01', limit: 4 },
    },
  ),
  fc.record({ kind: fc.constant('step-started' as const), step: anyStep }),
  fc.record({
    kind: fc.constant('step-ended' as const),
    step: anyStep,
    outcome: fc.constantFrom('done' as const, 'failed' as const, 'cancelled' as const, 'unknown' as const),
  }),
  fc.record({ kind: fc.constant('platform-task' as const), step: anyStep, ref: fc.record({ id: fc.string() }) }),
  fc.record({
    kind: fc.constant('reconciled' as const),
    found: fc.constantFrom(
      'at-destination' as const,
      'at-origin' as const,
      'elsewhere' as const,
      'still-running' as const,
      'gone' as const,
    ),
  }),
);
const anyLoss = fc.constantFrom<TaskEventBody>({ kind: 'interrupted' }, { kind: 'outcome-unknown', error: lost });
const anyHistory = fc.array(anyBody, { maxLength: 40 }).map((bodies) => eventsOf(...bodies));

describe('whatever the events', () => {
  it('an end time is there exactly when the task is not open any more', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const view = foldTask(header, events);
        expect(view.endedAt === null).toBe(isOpen(view.state));
      }),
    );
  });

  it('a reason to wait is there only while it waits, an error never when it completed or was cancelled', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        const view = foldTask(header, events);
        if (view.state !== 'waiting') expect(view.waitReason).toBeNull();
        if (view.state === 'completed' || view.state === 'cancelled') expect(view.error).toBeNull();
        if (view.state === 'failed' || view.state === 'needs-attention') expect(view.error).not.toBeNull();
      }),
    );
  });

  it('no step is called running when nobody knows what the platform does', () => {
    fc.assert(
      fc.property(anyHistory, anyLoss, (events, last) => {
        const view = foldTask(header, [...events, ...eventsOf(last)]);
        expect(view.steps.map((step) => step.state)).not.toContain('running');
      }),
    );
  });

  it('folding on from a view equals folding everything, and changes nothing it was given', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(40), (events, cut) => {
        const before = JSON.stringify(events);
        const whole = foldTask(header, events);
        const half = foldTask(header, events.slice(0, cut));
        expect(events.slice(cut).reduce(withEvent, half)).toEqual(whole);
        expect(JSON.stringify(events)).toBe(before);
        expect(whole.header).toBe(header);
      }),
    );
  });
});
