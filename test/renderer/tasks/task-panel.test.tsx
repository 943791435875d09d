import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { TaskPanel } from '../../../renderer/features/tasks/task-panel.tsx';
import { useAnnouncements } from '../../../renderer/stores/announcements.ts';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { openTasks } from '../../../renderer/stores/tasks.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { aTaskView, type TaskViewFacts } from '../../support/task-views.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';

let stop: (() => void) | null = null;
afterEach(() => stop?.());

const open = async (views: readonly TaskView[], answers: FakeBridgeOptions['answers'] = {}) => {
  const bridge = prepareWindow({ answers: { 'tasks.list': () => views, ...answers } });
  show(<TaskPanel />);
  stop = await openTasks();
  return bridge;
};

const running = (facts: TaskViewFacts = {}): TaskView =>
  aTaskView({
    state: 'running',
    startedAt: Date.now() - 20_000,
    steps: {
      check: { state: 'done', startedAt: 0, endedAt: 1 },
      relocate: { state: 'running', startedAt: Date.now() - 20_000 },
    },
    ...facts,
  });

const failed = (facts: TaskViewFacts = {}): TaskView =>
  aTaskView({
    state: 'failed',
    startedAt: 1_000,
    endedAt: 2_000,
    error: {
      code: 'platform-fault',
      data: { fault: 'VendorFault', message: 'Not enough memory.', operation: 'RelocateVM_Task' },
    },
    steps: { check: { state: 'done' }, relocate: { state: 'failed' } },
    ...facts,
  });

const rows = () => screen.getAllByRole('listitem').filter((item) => item.className === 'task-item');

describe('rows', () => {
  test('newest first, each with state, number, VM and destination', async () => {
    await open([running({ number: 2, vmName: 'web-02' }), aTaskView({ number: 1 })]);
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(rows()[0]?.textContent).toMatch(/Running.*T-2 Hot web-02 → pool-02/);
    expect(rows()[1]?.textContent).toMatch(/Waiting.*T-1 Hot web-01 → pool-02/);
  });

  test.each([
    [{ kind: 'operation-limit', limit: 2 }, 'Waits: 2 VMs of this operation at a time'],
    [
      { kind: 'host-limit', host: idOf('host', 'esx-12'), hostName: 'esx-12', limit: 1 },
      'Waits for esx-12: 1 task at a time',
    ],
    [
      { kind: 'vm-held', atMostMs: 360_000 },
      'Waits for the VM: an earlier task of the platform still holds it, for 6 min at most',
    ],
    [{ kind: 'site-offline', siteName: 'vc-tokyo' }, 'Waits for vc-tokyo to be connected'],
  ] as const)('say what a task waits for: %s', async (waitReason, words) => {
    await open([aTaskView({ waitReason })]);
    expect(await screen.findByText(words)).toBeTruthy();
  });

  test('tell percent, rate and, when its own pace allows it, the time left', async () => {
    const bridge = await open([running()]);
    bridge.emit('tasks.progress', [
      { task: taskId(1), percent: 50, step: 'relocate', bytesPerSecond: 182 * 1024 ** 2 },
    ]);
    const bar = await screen.findByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('50');
    expect(screen.getByText('Move · 50 %')).toBeTruthy();
    expect(rows()[0]?.textContent).toContain('182');
    expect(rows()[0]?.textContent).toMatch(/about (19|20|21) s left/);
  });

  test('promise no time left when the platform has told no percent', async () => {
    await open([running()]);
    const bar = await screen.findByRole('progressbar');
    expect(bar.getAttribute('aria-valuetext')).toMatch(/has not told/);
    expect(rows()[0]?.textContent).toMatch(/for 20 s/);
    expect(rows()[0]?.textContent).not.toContain('left');
  });

  test('of a failed task say the step and the cause, and opened the remedy', async () => {
    await open([failed()]);
    const row = (await screen.findByText(/Not enough memory/)).closest('li');
    expect(row?.textContent).toMatch(/Move: .*Not enough memory/);
    await userEvent.click(screen.getByRole('button', { name: /Failed/, expanded: false }));
    expect(within(row as HTMLElement).getByRole('region', { name: 'T-1 web-01' }).textContent).toMatch(
      /Check.*Move.*Verify/,
    );
  });

  test('of a completed task say how long it took and where the VM is', async () => {
    await open([aTaskView({ state: 'completed', startedAt: 1_000, endedAt: 39_000, placeName: 'rp-web' })]);
    expect(await screen.findByText('38 s · now in rp-web')).toBeTruthy();
  });

  test('of a task whose outcome is lost promise nothing', async () => {
    await open([aTaskView({ state: 'unknown', startedAt: 1_000 })]);
    expect(await screen.findByText(/nothing is assumed/)).toBeTruthy();
  });
});

describe('live', () => {
  test('a task that begins elsewhere appears, and one that ends loses its bar', async () => {
    const bridge = await open([running()]);
    bridge.emit('tasks.changed', [aTaskView({ number: 2, vmName: 'db-01' })]);
    await waitFor(() => expect(rows()).toHaveLength(2));
    bridge.emit('tasks.progress', [{ task: taskId(1), percent: 90, step: 'relocate' }]);
    bridge.emit('tasks.changed', [aTaskView({ state: 'completed', startedAt: 0, endedAt: 5_000 })]);
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    expect(screen.getByRole('button', { name: 'Completed 1' })).toBeTruthy();
  });

  test('screen readers hear quarters politely and failures at once', async () => {
    const bridge = await open([running()]);
    bridge.emit('tasks.progress', [{ task: taskId(1), percent: 24, step: 'relocate' }]);
    expect(useAnnouncements.getState().polite.text).toBe('');
    bridge.emit('tasks.progress', [{ task: taskId(1), percent: 26, step: 'relocate' }]);
    expect(useAnnouncements.getState().polite.text).toBe('T-1, web-01: 25 percent.');
    bridge.emit('tasks.progress', [{ task: taskId(1), percent: 30, step: 'relocate' }]);
    expect(useAnnouncements.getState().polite.count).toBe(1);
    bridge.emit('tasks.changed', [failed()]);
    expect(useAnnouncements.getState().assertive.text).toMatch(/^T-1 failed: web-01\. .*Not enough memory/);
    expect(useAnnouncements.getState().polite.count).toBe(1);
  });

  test('a task that ends well is told politely', async () => {
    const bridge = await open([running()]);
    bridge.emit('tasks.changed', [aTaskView({ state: 'completed', startedAt: 0, endedAt: 5_000 })]);
    expect(useAnnouncements.getState().polite.text).toBe('T-1 completed: web-01 is in pool-02.');
  });
});

describe('commands', () => {
  test('cancel asks the main process; the row then says what is being cancelled', async () => {
    const bridge = await open([running()]);
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel T-1' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'tasks.cancel', payload: { task: 1 } });
    bridge.emit('tasks.changed', [running({ state: 'cancelling' })]);
    expect(await screen.findByText('Cancelling during: Move')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel T-1' })).toBeNull();
  });

  test('a cancel that is refused says why', async () => {
    await open([running()], {
      'tasks.cancel': () => {
        throw new AppError('not-cancellable', { vmName: 'web-01' });
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel T-1' }));
    await waitFor(() =>
      expect(useNotices.getState().notices.map((one) => one.error.code)).toEqual(['not-cancellable']),
    );
  });

  test('a failed task is run again as a task of its own', async () => {
    const bridge = await open([failed()], {
      'tasks.rerun': () => aTaskView({ number: 2, rerunOf: taskId(1) }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Run T-1 again' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'tasks.rerun', payload: { task: 1 } });
    expect(await screen.findByText(/repeats T-1/)).toBeTruthy();
  });

  test('the menu of a row cancels the whole operation and opens the details', async () => {
    const bridge = await open([running()]);
    await userEvent.click(await screen.findByRole('button', { name: 'More for T-1' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Cancel all of this operation' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'tasks.cancelOperation', payload: { operation: 'op-1' } });
    await userEvent.click(screen.getByRole('button', { name: 'Details of T-1' }));
    expect(useDialogs.getState().open).toEqual({ kind: 'task', task: 1 });
  });

  test('the log is exported, and where to is said', async () => {
    await open([failed()], { 'tasks.export': ({ format }) => ({ file: `/home/k/tasks.${format}` }) });
    await userEvent.click(screen.getByRole('button', { name: 'Export the task log' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Export as CSV…' }));
    expect(await screen.findByText('Task log saved to /home/k/tasks.csv')).toBeTruthy();
  });

  test('an export the person cancelled says nothing', async () => {
    await open([failed()], { 'tasks.export': () => ({ file: null }) });
    await userEvent.click(screen.getByRole('button', { name: 'Export the task log' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Export as JSON…' }));
    expect(screen.queryByText(/Task log saved/)).toBeNull();
    expect(useNotices.getState().notices).toEqual([]);
  });
});

describe('the panel', () => {
  test('counts and filters by state', async () => {
    await open([running({ number: 3 }), failed({ number: 2 }), aTaskView({ number: 1 })]);
    await userEvent.click(await screen.findByRole('button', { name: 'Failed 1' }));
    expect(rows()).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Completed 0' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show all tasks' }));
    expect(rows()).toHaveLength(3);
  });

  test('collapses to its head, which keeps the counts', async () => {
    await open([running()]);
    await userEvent.click(await screen.findByRole('button', { name: 'Collapse the task panel' }));
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.getByRole('button', { name: 'Running 1' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Open the task panel' }));
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  test('says what would be here while there are no tasks', async () => {
    await open([]);
    expect(await screen.findByText('No tasks yet')).toBeTruthy();
  });

  test('says when the log cannot be read, and reads it again', async () => {
    let broken = true;
    await open([], {
      'tasks.list': () => {
        if (broken) throw new AppError('storage-failed', { file: 'journal.sqlite', reason: 'disk I/O error' });
        return [aTaskView()];
      },
    });
    expect(await screen.findByText('The task log could not be read')).toBeTruthy();
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.queryByText('The task log could not be read')).toBeNull();
  });

  test('reads older pages as the end comes near, until there is none', async () => {
    const all = Array.from({ length: 130 }, (_nothing, at) => aTaskView({ number: 130 - at, state: 'completed' }));
    const bridge = await open([], {
      'tasks.list': ({ limit, before }) =>
        all.filter((view) => before === null || view.header.id < before).slice(0, limit),
    });
    await screen.findByRole('button', { name: 'All 100' });
    const scroller = document.querySelector('.task-scroller');
    if (scroller === null) throw new Error('no rows');
    scroller.scrollTop = 100 * 32;
    scroller.dispatchEvent(new Event('scroll'));
    await screen.findByRole('button', { name: 'All 130' });
    expect(bridge.asked.filter((one) => one.name === 'tasks.list').map((one) => one.payload)).toEqual([
      { limit: 100, before: null },
      { limit: 100, before: 31 },
    ]);
  });
});
