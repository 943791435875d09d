import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { TaskDetailsDialog } from '../../../renderer/features/tasks/task-details-dialog.tsx';
import { openDialog } from '../../../renderer/stores/dialogs.ts';
import { addTasks } from '../../../renderer/stores/tasks.ts';
import { finding } from '../../../shared/domain/finding.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { TaskEvent, TaskEventBody, TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { originPlacement } from '../../support/task-samples.ts';
import { aTaskView } from '../../support/task-views.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';

const fault = {
  code: 'platform-fault',
  data: { fault: 'VendorFault', message: 'Not enough memory.', operation: 'RelocateVM_Task' },
} as const;

const warning = finding(
  { ruleId: 'X20', severity: 'warning', vm: idOf('vm', 'web-01'), destination: null, factReadAt: null },
  'X20',
  { vm: 'web-01', fault: 'RuleViolation', message: 'A DRS rule is lost', host: null },
);

const failed = aTaskView({
  number: 7,
  state: 'failed',
  startedAt: 1_000,
  endedAt: 61_000,
  error: fault,
  findings: [warning],
  acknowledgements: [{ vm: idOf('vm', 'web-01'), ruleId: 'X20', reason: 'agreed in CHG-1' }],
  platformTask: { id: 'task-42' },
  steps: {
    check: { state: 'done', startedAt: 1_000, endedAt: 2_000 },
    relocate: { state: 'failed', startedAt: 2_000, endedAt: 61_000 },
  },
});

const bodies: readonly TaskEventBody[] = [
  { kind: 'created' },
  { kind: 'waiting', reason: { kind: 'operation-limit', limit: 2 } },
  { kind: 'started' },
  { kind: 'step-started', step: 'relocate' },
  { kind: 'checked', findings: [warning] },
  { kind: 'platform-task', step: 'relocate', ref: { id: 'task-42' } },
  { kind: 'cancel-requested' },
  { kind: 'interrupted' },
  { kind: 'outcome-unknown', error: { code: 'connection-lost', data: { address: 'vc-tokyo', reason: 'reset' } } },
  { kind: 'reconciled', found: 'at-origin' },
  { kind: 'placement', placement: originPlacement, placeName: 'pool-01' },
  { kind: 'step-ended', step: 'relocate', outcome: 'failed' },
  { kind: 'completed' },
  { kind: 'cancelled' },
  { kind: 'needs-attention', error: fault },
  { kind: 'failed', error: fault },
];
const events: readonly TaskEvent[] = bodies.map((body, at) => ({
  task: taskId(7),
  sequence: at + 1,
  at: 1_000 + at,
  body,
}));

const open = (view: TaskView, answers: FakeBridgeOptions['answers'] = {}) => {
  const bridge = prepareWindow({ answers: { 'tasks.details': () => ({ view, events }), ...answers } });
  openDialog({ kind: 'task', task: view.header.id });
  show(<TaskDetailsDialog />);
  return bridge;
};

describe('the story of a task', () => {
  test('holds what was asked for, the steps, the error, the reasons and the whole journal in words', async () => {
    open(failed);
    expect(await screen.findByRole('heading', { name: 'T-7: web-01' })).toBeTruthy();
    expect(screen.getByText('task-42')).toBeTruthy();
    expect(screen.getByText('1 min')).toBeTruthy();
    expect(screen.getByText('“agreed in CHG-1”')).toBeTruthy();
    expect(screen.getByText('What went wrong')).toBeTruthy();
    const journal = [...document.querySelectorAll('.journal-line')].map((line) => line.lastElementChild?.textContent);
    expect(journal).toHaveLength(bodies.length);
    expect(journal).toContain('Waits: 2 VMs of this operation at a time');
    expect(journal).toContain('The platform runs it as task-42');
    expect(journal).toContain('Found out later: the VM is where it was');
    expect(journal.at(-1)).toMatch(/^Failed: .*Not enough memory/);
  });

  test('says of a task that never ran that it was neither checked nor started', async () => {
    open(aTaskView({ state: 'cancelled', endedAt: 5_000 }));
    expect(await screen.findByText('It was not checked: it did not get that far.')).toBeTruthy();
    expect(screen.getByText('never')).toBeTruthy();
    expect(screen.getAllByText('not run')).toHaveLength(3);
  });

  test('is read anew when the task goes on', async () => {
    const bridge = open(failed);
    await screen.findByText('task-42');
    addTasks([{ ...failed, state: 'completed' }]);
    await waitFor(() => expect(bridge.asked.filter((one) => one.name === 'tasks.details')).toHaveLength(2));
  });

  test('that cannot be read says why and can be tried again', async () => {
    let broken = true;
    open(failed, {
      'tasks.details': () => {
        if (broken) throw new AppError('storage-locked', { file: 'journal.sqlite' });
        return { view: failed, events };
      },
    });
    expect(await screen.findByText('The journal of this task could not be read')).toBeTruthy();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('task-42')).toBeTruthy();
  });
});

describe('copying', () => {
  const withClipboard = (writeText: (text: string) => Promise<void>) => {
    const user = userEvent.setup();
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    return user;
  };

  test('gives the whole story as plain text', async () => {
    let copied = '';
    const user = withClipboard(async (text) => {
      copied = text;
    });
    open(failed);
    await screen.findByText('task-42');
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(copied).toContain('T-7: web-01 (Failed)');
    expect(copied).toContain('[X20] Warning: The platform objects to this move. A DRS rule is lost');
    expect(copied).toContain('Acknowledged: “agreed in CHG-1”');
    expect(copied).toContain('platform-fault {"fault":"VendorFault"');
    expect(copied).toMatch(/16\. .* Failed: .*Not enough memory/);
  });

  test('that the system refuses is said', async () => {
    const user = withClipboard(() => Promise.reject(new Error('denied')));
    open(failed);
    await screen.findByText('task-42');
    await user.click(screen.getByRole('button', { name: 'Copy as text' }));
    expect(await screen.findByText('Could not copy')).toBeTruthy();
  });
});
