import { describe, expect, it } from 'vitest';
import type { PlatformTaskOutcome } from '../../../electron/hypervisors/port.ts';
import { concludingEvents, endingOf } from '../../../electron/migration/conclude.ts';
import type { Whereabouts } from '../../../electron/migration/whereabouts.ts';
import { newTaskView } from '../../../shared/domain/fold-task.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { describeEvent } from '../../support/describe-event.ts';
import { platformFault } from '../../support/scripted-session.ts';
import { aHeader, originPlacement } from '../../support/task-samples.ts';

const view: TaskView = newTaskView({ ...aHeader('web-01'), id: taskId(1) });
const lookAt = (whereabouts: Whereabouts) => ({
  whereabouts,
  placement: whereabouts === 'gone' ? null : originPlacement,
  placeName: whereabouts,
  busyWith: null,
});
const outcomes: Readonly<Record<string, PlatformTaskOutcome>> = {
  succeeded: { kind: 'succeeded' },
  cancelled: { kind: 'cancelled' },
  failed: { kind: 'failed', error: platformFault },
  unknown: { kind: 'unknown' },
};

describe('how a task ends', () => {
  it.each<[string, Whereabouts, string]>([
    ['succeeded', 'at-destination', 'completed'],
    ['succeeded', 'at-origin', 'needs-attention moved-elsewhere'],
    ['succeeded', 'elsewhere', 'needs-attention moved-elsewhere'],
    ['succeeded', 'gone', 'needs-attention vm-gone'],
    ['cancelled', 'at-destination', 'completed'],
    ['cancelled', 'at-origin', 'cancelled'],
    ['cancelled', 'elsewhere', 'needs-attention moved-elsewhere'],
    ['cancelled', 'gone', 'needs-attention vm-gone'],
    ['failed', 'at-destination', 'needs-attention platform-fault'],
    ['failed', 'at-origin', 'failed platform-fault'],
    ['failed', 'elsewhere', 'needs-attention moved-elsewhere'],
    ['failed', 'gone', 'needs-attention vm-gone'],
    ['unknown', 'at-destination', 'completed'],
    ['unknown', 'at-origin', 'failed outcome-unknown'],
    ['unknown', 'elsewhere', 'needs-attention moved-elsewhere'],
    ['unknown', 'gone', 'needs-attention vm-gone'],
  ])('when the platform says %s and the VM is %s: %s', (outcome, whereabouts, ending) => {
    const said = outcomes[outcome] ?? { kind: 'unknown' };
    expect(describeEvent(endingOf(view, said, lookAt(whereabouts), false))).toBe(ending);
  });

  it('a VM that stayed, of which nobody knows more, is cancelled when somebody wanted that', () => {
    expect(endingOf(view, { kind: 'unknown' }, lookAt('at-origin'), true)).toEqual({ kind: 'cancelled' });
  });

  it('fails with the error that made it unknown, when there was one', () => {
    const lost: TaskView = { ...view, error: { code: 'session-expired', data: { address: 'vc' } } };
    expect(endingOf(lost, { kind: 'unknown' }, lookAt('at-origin'), false)).toEqual({
      kind: 'failed',
      error: lost.error,
    });
  });

  it('writes no step twice', () => {
    const verifying: TaskView = {
      ...view,
      steps: view.steps.map((step) => ({ ...step, state: step.name === 'verify' ? 'running' : 'done' })),
    };
    const events = concludingEvents(verifying, { kind: 'succeeded' }, lookAt('at-destination'), false);
    expect(events.map(describeEvent)).toEqual(['verify done', 'in at-destination', 'completed']);
  });

  it('tells no place for a VM that is gone', () => {
    const events = concludingEvents(view, { kind: 'succeeded' }, lookAt('gone'), false);
    expect(events.map(describeEvent)).toEqual([
      'relocate done',
      'verify started',
      'verify failed',
      'needs-attention vm-gone',
    ]);
  });
});
