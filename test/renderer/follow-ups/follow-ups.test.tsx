import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { VmFollowUps } from '../../../renderer/features/follow-ups/vm-follow-ups.tsx';
import { TaskPanel } from '../../../renderer/features/tasks/task-panel.tsx';
import { useAnnouncements } from '../../../renderer/stores/announcements.ts';
import { openFixes } from '../../../renderer/stores/fixes.ts';
import { setTaskPanelOpen } from '../../../renderer/stores/layout.ts';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { useSelection } from '../../../renderer/stores/selection.ts';
import { openTaskFollowUps } from '../../../renderer/stores/task-follow-ups.ts';
import { useTasks } from '../../../renderer/stores/tasks.ts';
import type { FixRecord } from '../../../shared/domain/fix.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { ColdProgress, TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { FakeBridge, FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { idOf } from '../../support/inventory-builders.ts';
import { aColdMove, aColdTask } from '../../support/recovery-samples.ts';
import { prepareWindow, promised, show, type WindowOptions } from '../../support/window-harness.tsx';
import { infrastructure, vms, web1, web2 } from '../inventory-tree/sample-site.ts';

const ejected = (
  number: number,
  vm: { readonly id: FixRecord['fix']['vm']; readonly name: string },
  facts: Partial<FixRecord> = {},
): FixRecord => ({
  number,
  fix: { kind: 'eject-iso', vm: vm.id, vmName: vm.name, deviceKeys: ['3000'] },
  by: 'sato',
  at: number * 1_000,
  before: [{ key: '3000', label: 'CD/DVD drive 1', medium: '[lib] x.iso' }],
  state: 'applied',
  error: null,
  done: null,
  ...facts,
});
const done: Partial<FixRecord> = { state: 'done', done: { by: 'tanaka', at: 5_000 } };
const lost: Partial<FixRecord> = {
  state: 'unknown',
  error: { code: 'connection-lost', data: { address: 'vc', reason: 'reset' } },
};
const refused: Partial<FixRecord> = {
  state: 'failed',
  error: { code: 'platform-fault', data: { fault: 'X', message: 'No permission.', operation: 'ReconfigVM_Task' } },
};

let stop: (() => void) | null = null;
afterEach(() => stop?.());

/** A main process that keeps records and ticks them off. */
const keeping = (first: readonly FixRecord[]) => {
  let records = first;
  return {
    set: (next: readonly FixRecord[]) => {
      records = next;
    },
    answers: {
      'fixes.list': () => records,
      'fixes.done': ({ number }) => {
        records = records.map((one) => (one.number === number ? { ...one, ...done } : one));
        return records.find((one) => one.number === number) as FixRecord;
      },
    } satisfies FakeBridgeOptions['answers'],
  };
};

const open = async (
  records: readonly FixRecord[],
  answers: FakeBridgeOptions['answers'] = {},
  options: WindowOptions = {},
): Promise<{ readonly bridge: FakeBridge; readonly main: ReturnType<typeof keeping> }> => {
  const main = keeping(records);
  const bridge = prepareWindow({ infrastructure, vms, ...options, answers: { ...main.answers, ...answers } });
  act(() => setTaskPanelOpen(true));
  show(
    <div data-pane="tasks">
      <TaskPanel />
      <VmFollowUps vm={web1.id} />
    </div>,
  );
  await act(async () => {
    const stops = [await openFixes(), await openTaskFollowUps()];
    stop = () => {
      for (const each of stops) each();
    };
  });
  return { bridge, main };
};

const tab = (name: RegExp | string = /^Follow-up/u) => screen.getByRole('tab', { name });
const openTab = () => userEvent.click(tab());
const panel = () => within(screen.getByRole('tabpanel'));
const lines = () =>
  panel()
    .queryAllByRole('listitem')
    .map(({ textContent }) => textContent);
const doneButton = (name: string) => panel().getByRole('button', { name });

describe('the follow-up tab', () => {
  test('counts what is to do, and lists it newest first with what was there, who and when', async () => {
    await open([ejected(1, web1), ejected(2, web2), ejected(3, web1, done)]);
    expect(tab().textContent).toBe('Follow-up2');
    expect(tab('Follow-up, 2 to do').getAttribute('aria-selected')).toBe('false');
    await openTab();
    expect(lines()).toEqual([
      expect.stringMatching(/^To doF-2 web-02Mount \[lib\] x\.iso again in CD\/DVD drive 1sato, /u),
      expect.stringMatching(/^To doF-1 web-01/u),
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'All 3' }));
    expect(lines()[0]).toMatch(/^DoneF-3 web-01.*Done, says tanaka/u);
    expect(panel().queryByRole('button', { name: /^F-3/u })).toBeNull();
  });

  test('says that a lost outcome is to be looked at, and why something was not changed', async () => {
    await open([ejected(1, web1, lost), ejected(2, web2, refused)]);
    await openTab();
    expect(lines()).toEqual([expect.stringMatching(/^Look at the VMF-1.*Nobody knows whether the VM was changed/u)]);
    await userEvent.click(screen.getByRole('button', { name: 'All 2' }));
    expect(lines()[0]).toMatch(/^Not changedF-2.*No permission/u);
  });

  test('"Done" ticks one off, says so, and leaves a person at the keyboard at the next', async () => {
    const { bridge } = await open([ejected(1, web1), ejected(2, web2)]);
    await openTab();
    doneButton('F-2 of web-02 is done').focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(lines()).toHaveLength(1));
    expect(bridge.asked).toContainEqual({ name: 'fixes.done', payload: { number: 2 } });
    expect(useAnnouncements.getState().polite.text).toBe('F-2 (web-02) is done.');
    await waitFor(() => expect(document.activeElement).toBe(doneButton('F-1 of web-01 is done')));
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('Everything is done')).toBeTruthy();
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Collapse the task panel' })),
    );
    expect(tab().textContent).toBe('Follow-up');
    await userEvent.click(screen.getByRole('button', { name: 'Show what was done' }));
    expect(lines()).toHaveLength(2);
  });

  test('is asked for once while the answer is on its way; a failure leaves it to do and is told', async () => {
    const answer = promised<FixRecord>();
    const { bridge } = await open([ejected(1, web1)], { 'fixes.done': () => answer.promise });
    await openTab();
    await userEvent.click(doneButton('F-1 of web-01 is done'));
    await userEvent.click(doneButton('F-1 of web-01 is done'));
    expect(bridge.asked.filter(({ name }) => name === 'fixes.done')).toHaveLength(1);
    await act(async () => answer.reject(new AppError('storage-locked', { file: 'journal.db' })));
    await waitFor(() => expect(useNotices.getState().notices).toHaveLength(1));
    expect(lines()).toHaveLength(1);
  });

  test('leads to the VM, as long as there is one', async () => {
    await open([ejected(1, web2), ejected(2, { id: idOf('vm', 'gone'), name: 'old-01' })]);
    await openTab();
    expect(lines()[0]).toContain('old-01 (no longer in the inventory)');
    expect(panel().queryByRole('button', { name: 'old-01' })).toBeNull();
    await userEvent.click(panel().getByRole('button', { name: 'web-02' }));
    expect(useSelection.getState().shownVm).toBe(web2.id);
  });

  test('follows what changes elsewhere', async () => {
    const { bridge, main } = await open([]);
    expect(tab().textContent).toBe('Follow-up');
    main.set([ejected(1, web1)]);
    bridge.emit('fixes.changed', {});
    await waitFor(() => expect(tab().textContent).toBe('Follow-up1'));
  });

  test('opens the panel, and arrow keys go from tab to tab', async () => {
    await open([ejected(1, web1)]);
    act(() => setTaskPanelOpen(false));
    expect(screen.queryByRole('tabpanel')).toBeNull();
    tab('Tasks').focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(tab());
    expect(screen.getByRole('tabpanel', { name: 'Follow-up' }).id).toBe(tab().getAttribute('aria-controls'));
    expect(lines()).toHaveLength(1);
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(tab('Tasks'));
    await userEvent.keyboard('{End}{Home}');
    expect(tab('Tasks').tabIndex).toBe(0);
    expect(tab().tabIndex).toBe(-1);
  });

  test('in Japanese as well', async () => {
    await open([ejected(1, web1)], {}, { preferences: { language: 'ja', theme: 'light' } });
    await userEvent.click(tab('フォローアップ、未完了 1件'));
    expect(lines()[0]).toMatch(/^未完了F-1 web-01CD\/DVD drive 1 に \[lib\] x\.iso を再度マウントする/u);
  });
});

describe('a follow-up list', () => {
  test('without anything says what would be there', async () => {
    await open([]);
    await openTab();
    expect(screen.getByText('Nothing is left to do')).toBeTruthy();
    expect(screen.getByText(/stays here until it is done/u)).toBeTruthy();
  });

  test('that is being read does not say that there is nothing', async () => {
    prepareWindow({ infrastructure, vms, answers: {} });
    act(() => setTaskPanelOpen(true));
    show(<TaskPanel />);
    await openTab();
    expect(screen.getByText('Reading the follow-up list…')).toBeTruthy();
    expect(screen.queryByText('Nothing is left to do')).toBeNull();
  });

  test('that cannot be read says why, keeps what was known, and can be tried again', async () => {
    let fails = false;
    const records = [ejected(1, web1)];
    const { bridge } = await open(records, {
      'fixes.list': () => (fails ? Promise.reject(new AppError('storage-locked', { file: 'journal.db' })) : records),
    });
    await openTab();
    fails = true;
    bridge.emit('fixes.changed', {});
    expect(await screen.findByText('The follow-up list could not be read')).toBeTruthy();
    expect(lines()).toHaveLength(1);
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText('The follow-up list could not be read')).toBeNull());
  });
});

describe("in a VM's details", () => {
  test('what is left to do about it stands there, and can be ticked off', async () => {
    await open([ejected(1, web1), ejected(2, web2), ejected(3, web1, done)]);
    const section = within(screen.getByRole('region', { name: 'Left to do' }));
    expect(section.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Mount \[lib\] x\.iso again in CD\/DVD drive 1F-1 · sato, .*Done$/u),
    ]);
    await userEvent.click(section.getByRole('button', { name: 'F-1 of web-01 is done' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'Left to do' })).toBeNull());
  });

  test('nothing stands there where nothing is', async () => {
    await open([ejected(2, web2)]);
    expect(screen.queryByRole('region', { name: 'Left to do' })).toBeNull();
  });
});

describe('what a cold migration left', () => {
  const task = (done: ColdProgress['followUpsDone'] = null) =>
    aColdTask({
      vmName: 'crm-db-01',
      move: aColdMove('crm-db-01', { vm: web2.id }),
      state: 'completed',
      startedAt: 1_000,
      endedAt: 9_000,
      cold: {
        restore: { instanceUuid: 'u', vm: web1.id, imported: true },
        followUps: [
          { kind: 'mount-iso', drive: 'CD/DVD drive 1', fileName: '[lib] x.iso' },
          { kind: 'delete-checkpoint', name: 'T-12' },
        ],
        followUpsDone: done,
      },
    });

  test('stands beside the fixes, belongs to the restored VM, and is ticked off', async () => {
    const { bridge } = await open([ejected(1, web1)], {
      'tasks.followUps': () => [task()],
      'tasks.followUpsDone': () => task({ by: 'tanaka', at: 10_000 }),
    });
    await openTab();
    expect(lines()).toEqual([
      expect.stringMatching(
        /^To doT-12 web-01Mount \[lib\] x\.iso again in CD\/DVD drive 1Delete the checkpoint “T-12”.*Cold migration, /u,
      ),
      expect.stringMatching(/^To doF-1/u),
    ]);
    expect(within(screen.getByRole('region', { name: 'Left to do' })).getByText(/Delete the checkpoint/u)).toBeTruthy();
    await userEvent.click(doneButton('T-12 of crm-db-01 is done'));
    expect(bridge.asked.at(-1)).toEqual({ name: 'tasks.followUpsDone', payload: { task: 12 } });
    await waitFor(() => expect(lines()).toEqual([expect.stringMatching(/^To doF-1/u)]));
    await userEvent.click(screen.getByRole('button', { name: 'All 2' }));
    expect(lines()[0]).toMatch(/^DoneT-12.*Done, says tanaka/u);
  });

  test('is found however old the task is, and is no line of the task log for that', async () => {
    await open([], { 'tasks.list': () => [], 'tasks.followUps': () => [task()] });
    expect(tab().textContent).toBe('Follow-up1');
    expect(useTasks.getState().tasks).toEqual([]);
  });

  test('appears when a task leaves it, or is ticked off, in whatever process', async () => {
    const { bridge } = await open([]);
    bridge.emit('tasks.changed', [task()]);
    await waitFor(() => expect(tab().textContent).toBe('Follow-up1'));
    bridge.emit('tasks.changed', [task({ by: 'tanaka', at: 10_000 })]);
    await waitFor(() => expect(tab().textContent).toBe('Follow-up'));
  });
});

describe('what very many tasks left', () => {
  const numbered = (number: number, isDone: boolean): TaskView => {
    const view = aColdTask({ vmName: `vm-${number}`, state: 'completed', startedAt: number, endedAt: number });
    const followUpsDone = isDone ? { by: 'tanaka', at: 10_000 } : null;
    const followUps = [{ kind: 'delete-checkpoint' as const, name: `T-${number}` }];
    return {
      ...view,
      header: { ...view.header, id: taskId(number) },
      cold: { ...view.cold, followUps, followUpsDone },
    };
  };
  /** The oldest one is to do, all others are done. */
  const log = Array.from({ length: 450 }, (_, at) => numbered(450 - at, at < 449));
  const serving: FakeBridgeOptions['answers'] = {
    'tasks.followUps': ({ limit, before, which }) =>
      log
        .filter(({ header }) => before === null || header.id < before)
        .filter(({ cold }) => which === 'all' || cold.followUpsDone === null)
        .slice(0, limit),
  };

  test('is complete where something is to do, and shows what is done page by page', async () => {
    await open([], serving);
    await openTab();
    expect(lines()).toEqual([expect.stringMatching(/^To doT-1 /u)]);
    // 200 that are done were read, and the one that is not.
    await userEvent.click(screen.getByRole('button', { name: 'All 201+' }));
    await userEvent.click(screen.getByRole('button', { name: 'Show older ones that are done' }));
    expect(await screen.findByRole('button', { name: 'All 401+' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show older ones that are done' }));
    expect(await screen.findByRole('button', { name: 'All 450' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show older ones that are done' })).toBeNull();
  });

  test('can be asked for again when a page could not be read', async () => {
    let fails = true;
    await open([], {
      'tasks.followUps': (page) =>
        fails && page.which === 'open'
          ? Promise.reject(new AppError('storage-locked', { file: 'journal.db' }))
          : (serving['tasks.followUps']?.(page) ?? []),
    });
    await openTab();
    expect(screen.getByText('The follow-up list could not be read')).toBeTruthy();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(lines()).toEqual([expect.stringMatching(/^To doT-1 /u)]));
  });
});
