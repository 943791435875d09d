import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { TaskDetailsDialog } from '../../../renderer/features/tasks/task-details-dialog.tsx';
import { TaskPanel } from '../../../renderer/features/tasks/task-panel.tsx';
import { Notices } from '../../../renderer/shell/notices.tsx';
import { useAnnouncements } from '../../../renderer/stores/announcements.ts';
import { openDialog, useDialogs } from '../../../renderer/stores/dialogs.ts';
import { openTasks } from '../../../renderer/stores/tasks.ts';
import type { EvacuationPart } from '../../../shared/domain/evacuation.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { Move } from '../../../shared/domain/migration.ts';
import type { FileProgress, TaskProgress, TaskView } from '../../../shared/domain/task.ts';
import { GIB } from '../../support/inventory-builders.ts';
import { aColdMove, aColdTask, aTaskToRecover, sealedImage } from '../../support/recovery-samples.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';

let stop: (() => void) | null = null;
afterEach(() => stop?.());

const open = async (...views: readonly TaskView[]) => {
  const bridge = prepareWindow({ answers: { 'tasks.list': () => views } });
  show(
    <>
      <TaskPanel />
      <Notices />
    </>,
  );
  stop = await openTasks();
  return bridge;
};

const exporting = () =>
  aColdTask({
    state: 'running',
    startedAt: Date.now() - 60_000,
    steps: { check: { state: 'done' }, export: { state: 'running', startedAt: Date.now() - 50_000 } },
  });

const progressOf = (files: readonly FileProgress[], facts: Partial<TaskProgress> = {}): TaskProgress => ({
  task: taskId(12),
  percent: 40,
  step: 'export',
  files,
  ...facts,
});

const twoDisks: readonly FileProgress[] = [
  { label: 'Hard disk 1', doneBytes: 60 * GIB, totalBytes: 60 * GIB },
  { label: 'Hard disk 2', doneBytes: 86 * GIB, totalBytes: 200 * GIB },
];

describe('a cold migration that runs', () => {
  test('tells all bytes in its row, and each disk when it is opened', async () => {
    const bridge = await open(exporting());
    bridge.emit('tasks.progress', [progressOf(twoDisks, { percent: 56, bytesPerSecond: GIB })]);
    const told = await screen.findByText('Export · 56 %');
    expect(told.textContent).toBe('Export · 146 GB of 260 GB · 56 %');
    await userEvent.click(screen.getByRole('button', { name: /Running/, expanded: false }));
    const bars = within(screen.getByRole('region', { name: 'T-12 crm-db-01' })).getAllByRole('progressbar');
    expect(bars.map((bar) => [bar.getAttribute('aria-label'), bar.getAttribute('aria-valuenow')])).toEqual([
      ['T-12, Hard disk 1', '100'],
      ['T-12, Hard disk 2', '43'],
    ]);
    const [first, second] = bars.map((bar) => bar.closest('li')?.textContent);
    expect(first).toMatch(/60 GB of 60 GB.*Done/);
    expect(second).toMatch(/86 GB of 200 GB.*1 GB\/s.*about 1 min 54 s left/);
    expect(screen.getByText(/copied into the evacuation image/)).toBeTruthy();
  });

  test('gives no disk a rate of its own while several are copied', async () => {
    const bridge = await open(exporting());
    const both = twoDisks.map((file) => ({ ...file, doneBytes: GIB }));
    bridge.emit('tasks.progress', [progressOf(both, { bytesPerSecond: GIB })]);
    await userEvent.click(await screen.findByRole('button', { name: /Running/, expanded: false }));
    const disk = screen.getByRole('progressbar', { name: 'T-12, Hard disk 1' }).closest('li');
    expect(disk?.textContent).toContain('1 GB of 60 GB');
    expect(disk?.textContent).not.toContain('left');
  });

  test('promises nothing of a disk whose size is not known', async () => {
    const bridge = await open(exporting());
    const files = [{ label: 'Hard disk 1', doneBytes: 3 * GIB, totalBytes: null }];
    bridge.emit('tasks.progress', [progressOf(files, { bytesPerSecond: GIB })]);
    expect(await screen.findByText('Export · 40 %')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /Running/, expanded: false }));
    const disk = screen.getByRole('progressbar', { name: 'T-12, Hard disk 1' });
    expect(disk.getAttribute('aria-valuenow')).toBeNull();
    expect(disk.closest('li')?.textContent).toMatch(/3 GB so far/);
    expect(disk.closest('li')?.textContent).not.toMatch(/left|%/);
  });

  test.each([
    ['as long as the source is there', {}, {}, 'Cancelling: putting crm-db-01 back'],
    [
      'after the source was deleted',
      { sourceDeleted: true },
      {},
      'Cancelling: restoring crm-db-01 to its original place',
    ],
    ['of a restore alone', {}, { part: 'restore' }, /removing what was made of crm-db-01; its image stays/],
  ] as const)('says what a cancel does %s', async (_, cold, plan, words) => {
    const { evacuation } = aColdMove('crm-db-01');
    if (evacuation === undefined) throw new Error('no plan');
    const move = aColdMove('crm-db-01', { evacuation: { ...evacuation, ...plan } });
    await open(aColdTask({ move, cold, state: 'cancelling', startedAt: 1, steps: { export: { state: 'running' } } }));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel T-12' })).toBeNull();
  });

  test('cannot be cancelled once only the cleaning up is left, and says why', async () => {
    const bridge = await open(aColdTask({ state: 'running', startedAt: 1, steps: { finish: { state: 'running' } } }));
    const cancel = await screen.findByRole('button', { name: 'Cancel T-12' });
    expect(cancel.title).toBe('Too late to cancel: crm-db-01 is complete at its destination');
    await userEvent.click(cancel);
    expect(bridge.asked.map(({ name }) => name)).not.toContain('tasks.cancel');
  });
});

describe('a task that waits for a person', () => {
  test.each([
    ['parked, with an image', {}, 'safe: parked source and sealed image'],
    ['not parked yet', { parkedName: null }, 'safe: source untouched and sealed image'],
    ['with no image yet', { parkedName: null, image: null }, 'safe: source untouched'],
    ['without its source', { parkedName: null, sourceDeleted: true }, 'safe: sealed image'],
  ])('%s: says where the VM is safe', async (_, cold, words) => {
    await open(aTaskToRecover({ cold }));
    const row = (await screen.findByText(/crm-db-01/, { selector: '.task-name .strong' })).closest('li');
    expect(row?.querySelector('.task-outcome')?.textContent).toContain(`${words} `);
  });

  test('offers Recover and never Run again', async () => {
    await open(aTaskToRecover());
    await userEvent.click((await screen.findAllByRole('button', { name: 'Recover T-12' }))[0] as HTMLElement);
    expect(useDialogs.getState().open).toEqual({ kind: 'recover', task: 12 });
    expect(screen.queryByRole('button', { name: 'Run T-12 again' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'More for T-12' }));
    expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual(['Details', 'Recover…']);
  });

  test('after a crash of the console as well', async () => {
    await open(aTaskToRecover({ state: 'interrupted', error: null, cold: { awaitsDecision: false } }));
    expect(await screen.findByText('The console stopped while it ran: choose how to go on.')).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'Recover T-12' })).not.toHaveLength(0);
  });

  test('is told at once, with a notice that leads to the choice and goes when the choice is made', async () => {
    const bridge = await open(exporting());
    expect(screen.queryByRole('region', { name: 'Messages' })).toBeNull();
    bridge.emit('tasks.changed', [aTaskToRecover()]);
    expect(useAnnouncements.getState().assertive.text).toMatch(/^T-12 needs attention: crm-db-01/);
    const notice = await screen.findByRole('region', { name: 'Messages' });
    expect(notice.textContent).toContain('T-12 waits for your decision: crm-db-01');
    expect(notice.textContent).toContain('safe: parked source and sealed image');
    await userEvent.click(within(notice).getByRole('button', { name: 'Recover T-12' }));
    expect(useDialogs.getState().open).toEqual({ kind: 'recover', task: 12 });
    bridge.emit('tasks.changed', [exporting()]);
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Messages' })).toBeNull());
  });

  test('found so at the start has its notice, too; closed, it stays in the task log', async () => {
    await open(aTaskToRecover({ state: 'interrupted', cold: { awaitsDecision: false } }));
    await userEvent.click(await screen.findByRole('button', { name: 'Close this message' }));
    expect(screen.queryByRole('region', { name: 'Messages' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Recover T-12' })).toBeTruthy();
  });
});

describe('what is left to do', () => {
  const done = () =>
    aColdTask({
      state: 'completed',
      startedAt: 1_000,
      endedAt: 61_000,
      cold: {
        image: { ...sealedImage, state: 'removed' },
        followUps: [
          { kind: 'mount-iso', drive: 'CD/DVD drive 1', fileName: '[iso] rhel.iso' },
          { kind: 'delete-checkpoint', name: 'T-12' },
        ],
      },
    });

  test('is counted in the row, and listed in the details', async () => {
    const bridge = prepareWindow({
      answers: { 'tasks.list': () => [done()], 'tasks.details': () => ({ view: done(), events: [] }) },
    });
    show(
      <>
        <TaskPanel />
        <TaskDetailsDialog />
      </>,
    );
    stop = await openTasks();
    await userEvent.click(await screen.findByRole('button', { name: '2 things to do' }));
    const list = await screen.findByRole('region', { name: 'Left to do' });
    expect(
      within(list)
        .getAllByRole('listitem')
        .map((item) => item.textContent),
    ).toEqual(['Mount [iso] rhel.iso again in CD/DVD drive 1', 'Delete the checkpoint “T-12” if it is not needed']);
    expect(screen.getByText('crm-db-01 T-12 (removed, 94 GB)')).toBeTruthy();
    expect(bridge.asked.at(-1)?.name).toBe('tasks.details');
  });
});

test('the details of a task that waits lead to the choice', async () => {
  prepareWindow({ answers: { 'tasks.details': () => ({ view: aTaskToRecover(), events: [] }) } });
  show(<TaskDetailsDialog />);
  openDialog({ kind: 'task', task: taskId(12) });
  expect(await screen.findByText('safe: parked source and sealed image')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Recover…' }));
  expect(useDialogs.getState().open).toEqual({ kind: 'recover', task: 12 });
});

describe('one half of a cold migration', () => {
  const half = (part: EvacuationPart): Move => {
    const { evacuation, ...move } = aColdMove('report-01');
    return evacuation === undefined ? move : { ...move, evacuation: { ...evacuation, part } };
  };
  const evacuated = () =>
    aColdTask({
      vmName: 'report-01',
      move: half('evacuate'),
      state: 'completed',
      startedAt: 1_000,
      endedAt: 3_000,
      cold: { image: sealedImage },
    });

  test('an evacuation alone goes into its folder, and its VM is in the image then', async () => {
    await open(evacuated());
    const row = await screen.findByRole('button', { name: 'Details of T-12' });
    expect(row.textContent).toBe('T-12 Evacuate report-01 → /evac-01');
    expect(screen.getByText(`2 s · evacuated into the image ${sealedImage.name}`)).toBeTruthy();
  });

  test('the details of it name no pool', async () => {
    const view = evacuated();
    prepareWindow({ answers: { 'tasks.list': () => [view], 'tasks.details': () => ({ view, events: [] }) } });
    show(<TaskDetailsDialog />);
    openDialog({ kind: 'task', task: view.header.id });
    await screen.findByText('Image folder');
    expect(screen.queryByText('To')).toBeNull();
    expect(screen.queryByText('Datastore')).toBeNull();
  });

  test('a restore alone says so', async () => {
    const move = half('restore');
    await open(aColdTask({ vmName: 'report-01', move }));
    const row = await screen.findByRole('button', { name: 'Details of T-12' });
    expect(row.textContent).toBe(`T-12 Restore report-01 → ${move.destination.name}`);
  });
});
