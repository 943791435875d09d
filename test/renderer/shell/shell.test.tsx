import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { beforeEach, describe, expect, test } from 'vitest';
import { resetTree, setExpanded } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { Shell } from '../../../renderer/shell/shell.tsx';
import { closeDialog, openDialog, useDialogs } from '../../../renderer/stores/dialogs.ts';
import { endDrag, useDrag } from '../../../renderer/stores/drag.ts';
import { useLayout } from '../../../renderer/stores/layout.ts';
import { notifyError } from '../../../renderer/stores/notices.ts';
import { selectPlace, selectVm, selectVms, useSelection } from '../../../renderer/stores/selection.ts';
import { useTasks } from '../../../renderer/stores/tasks.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aMove, defaultSite } from '../../support/inventory-builders.ts';
import { aTaskToRecover } from '../../support/recovery-samples.ts';
import { aTaskView } from '../../support/task-views.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';
import { infrastructure, prod, proxy, staging, vms, web, web1, web2 } from '../inventory-tree/sample-site.ts';

const open = (options: WindowOptions = {}) => {
  const bridge = prepareWindow({ sites: [aSiteStatus({ name: 'vc-tokyo' })], infrastructure, vms, ...options });
  resetTree();
  endDrag();
  useSelection.setState(useSelection.getInitialState(), true);
  show(
    <DndProvider backend={HTML5Backend}>
      <Shell />
    </DndProvider>,
  );
  return bridge;
};

const button = (name: string | RegExp) => screen.getByRole('button', { name });
/** What is read when the mouse rests on a button, or the keyboard does. */
const hintOf = async (name: string | RegExp) => {
  await userEvent.hover(button(name));
  return (await screen.findByRole('tooltip')).textContent;
};
const isOff = (element: HTMLElement) => element.getAttribute('aria-disabled') === 'true';
const actionMenu = async () => {
  await userEvent.click(button('Action'));
  return screen.findByRole('menu');
};
const item = (menu: HTMLElement, name: RegExp) => within(menu).getByRole('menuitem', { name });

beforeEach(() => localStorage.clear());

describe('commands', () => {
  test('"Migrate…" waits for VMs, then names them and opens the dialog', async () => {
    open();
    expect(isOff(button('Migrate…'))).toBe(true);
    expect(await hintOf('Migrate…')).toBe('Select one or more VMs first');
    act(() => selectVms([web1.id, web2.id], 'list'));
    await userEvent.click(button('Migrate 2 VMs…'));
    expect(useDialogs.getState().open).toEqual({ kind: 'migrate', vms: [web1.id, web2.id], destination: null });
  });

  test('the reason stands on the button when no selected VM can move', async () => {
    open();
    act(() => selectVm(proxy.id));
    expect(await hintOf('Migrate 1 VM…')).toBe('None of the selected VMs can be moved as it is now');
  });

  test('without a connection the reason is the connection', async () => {
    open({ sites: [aSiteStatus({ name: 'vc-tokyo' }, { kind: 'offline' })] });
    act(() => selectVm(web1.id));
    expect(await hintOf('Migrate 1 VM…')).toBe('vc-tokyo is not connected. Connect it first');
    expect(isOff(button('Refresh'))).toBe(true);
  });

  test('the Action menu names every command, and why one is not to be had', async () => {
    open();
    const menu = await actionMenu();
    expect(
      within(menu)
        .getAllByRole('menuitem')
        .map((entry) => entry.textContent),
    ).toEqual([
      'Migrate…Select one or more VMs firstCtrl+M',
      'Pick up for a moveSelect one or more VMs firstCtrl+X',
      'Put down here…Pick up one or more VMs first (Ctrl+X)Ctrl+V',
      'Evacuate…Select one or more VMs first',
      'Restore…',
      'Cancel taskNo task of the selected VMs is in progress',
      'Recover…No task waits for a decision',
      'Lock: do not move…Select one or more VMs first',
      'Mark as guest cluster nodeSelect one or more VMs first',
      'Locks and accepted warnings…',
      'Which VMs cannot move…',
      'RefreshF5',
      'Work offline: vc-tokyo',
      'Add site…',
    ]);
    expect(isOff(item(menu, /^Evacuate/u))).toBe(true);
  });

  test('cancels what runs for the selected VMs', async () => {
    const bridge = open();
    const running = aTaskView({ state: 'running', move: aMove(web1) });
    act(() => {
      useTasks.setState({ loaded: true, tasks: [running] });
      selectVm(web1.id);
    });
    await userEvent.click(item(await actionMenu(), /^Cancel task/u));
    expect(bridge.asked).toContainEqual({ name: 'tasks.cancel', payload: { task: running.header.id } });
  });

  test('leads to the choice about a task that waits, of the selected VMs or of any', async () => {
    open();
    const waiting = aTaskToRecover();
    act(() => useTasks.setState({ loaded: true, tasks: [waiting] }));
    await userEvent.click(item(await actionMenu(), /^Recover crm-db-01/u));
    expect(useDialogs.getState().open).toEqual({ kind: 'recover', task: waiting.header.id });
    act(() => {
      closeDialog();
      selectVm(web1.id);
    });
    expect(isOff(item(await actionMenu(), /^Recover….*No task waits/u))).toBe(true);
    expect(button(/^Tasks, 1 in progress/u)).toBeTruthy();
  });

  test('refreshes, disconnects and adds sites', async () => {
    const bridge = open({ answers: { 'sites.disconnect': () => aSiteStatus({}, { kind: 'offline' }) } });
    await userEvent.click(button('Refresh'));
    expect(bridge.asked).toContainEqual({ name: 'inventory.refresh', payload: { site: defaultSite } });
    await userEvent.click(item(await actionMenu(), /^Work offline: vc-tokyo/u));
    expect(bridge.asked).toContainEqual({ name: 'sites.disconnect', payload: { site: defaultSite } });
    await userEvent.click(item(await actionMenu(), /^Add site/u));
    expect(useDialogs.getState().open).toEqual({ kind: 'add-site' });
  });

  test('with several sites one has to be chosen first', async () => {
    open({ sites: [aSiteStatus({ name: 'vc-tokyo' }), aSiteStatus({ id: siteId('site-b'), name: 'vc-osaka' })] });
    expect(await hintOf('Refresh')).toBe('Choose a site, or something in it, first');
    act(() => selectPlace(siteId('site-b')));
    const menu = await actionMenu();
    expect(item(menu, /^Work offline: vc-osaka/u)).toBeTruthy();
  });

  test('a connection that needs a password opens the site’s dialog', async () => {
    open({
      sites: [aSiteStatus({ name: 'vc-tokyo' }, { kind: 'offline' })],
      answers: {
        'sites.connect': () => {
          throw new AppError('password-needed', { siteName: 'vc-tokyo' });
        },
      },
    });
    await userEvent.click(item(await actionMenu(), /^Connect: vc-tokyo/u));
    await waitFor(() => expect(useDialogs.getState().open).toEqual({ kind: 'site', site: defaultSite }));
  });

  test('a command that fails says so until it is closed', async () => {
    open({
      answers: {
        'inventory.refresh': () => {
          throw new AppError('connection-lost', { address: 'vc.example.test', reason: 'reset' });
        },
      },
    });
    await userEvent.click(button('Refresh'));
    const messages = await screen.findByRole('region', { name: 'Messages' });
    expect(messages.textContent).toContain('vc.example.test');
    await userEvent.click(within(messages).getByRole('button', { name: 'Close this message' }));
    expect(screen.queryByRole('region', { name: 'Messages' })).toBeNull();
  });

  test('what the person cancelled is no failure', () => {
    open();
    act(() => notifyError(new AppError('cancelled', {})));
    expect(screen.queryByRole('region', { name: 'Messages' })).toBeNull();
  });

  test('the right mouse button offers the same commands for the row it points at', async () => {
    open();
    act(() => {
      setExpanded(prod.id, true);
      setExpanded(web.id, true);
    });
    fireEvent.contextMenu(screen.getByRole('treeitem', { name: /^web-02/u }), { clientX: 40, clientY: 60 });
    const menu = await screen.findByRole('menu');
    expect(useSelection.getState().vms).toEqual(new Set([web2.id]));
    await userEvent.click(item(menu, /^Migrate 1 VM/u));
    expect(useDialogs.getState().open).toMatchObject({ kind: 'migrate', vms: [web2.id] });
  });

  test('VMs picked up by the menu are put down by the menu', async () => {
    open();
    act(() => selectVm(web1.id));
    await userEvent.click(item(await actionMenu(), /^Pick up/u));
    expect(useDrag.getState().drag).toMatchObject({ by: 'keyboard' });
    expect(screen.getByText('1 VM picked up')).toBeTruthy();
    act(() => selectPlace(staging.id));
    await userEvent.click(item(await actionMenu(), /^Put down here/u));
    expect(useDialogs.getState().open).toMatchObject({ destination: { id: staging.id } });
  });
});

describe('keys of the window', () => {
  test('Ctrl+K searches, Ctrl+J folds the tasks, F5 refreshes, Ctrl+M migrates', async () => {
    const bridge = open();
    const user = userEvent.setup();
    await user.keyboard('{Control>}k{/Control}');
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    await user.keyboard('{Control>}j{/Control}');
    expect(useLayout.getState().taskPanelOpen).toBe(false);
    await user.keyboard('{F5}');
    expect(bridge.asked).toContainEqual({ name: 'inventory.refresh', payload: { site: defaultSite } });
    act(() => selectVm(web1.id));
    await user.keyboard('{Control>}m{/Control}');
    expect(useDialogs.getState().open).toMatchObject({ kind: 'migrate' });
  });

  test('F6 walks the panes', async () => {
    open();
    act(() => selectPlace(web.id));
    const user = userEvent.setup();
    await user.keyboard('{F6}');
    expect(document.activeElement).toBe(screen.getByRole('tree'));
    await user.keyboard('{F6}');
    expect(document.activeElement).toBe(screen.getByRole('grid'));
    await user.keyboard('{F6}{F6}');
    expect(document.activeElement?.closest('[role="toolbar"]')).not.toBeNull();
    await user.keyboard('{Shift>}{F6}{/Shift}');
    expect(document.activeElement?.closest('[data-pane="tasks"]')).not.toBeNull();
  });

  test('do nothing behind a dialog', async () => {
    const bridge = open();
    act(() =>
      openDialog({
        kind: 'confirm',
        title: 'Sure?',
        text: 'It is gone then.',
        act: 'Remove',
        danger: true,
        onConfirm() {},
      }),
    );
    await userEvent.keyboard('{F5}');
    expect(bridge.asked.filter(({ name }) => name === 'inventory.refresh')).toEqual([]);
  });

  test('Escape in the search box clears it, Arrow down goes to the tree', async () => {
    open();
    const user = userEvent.setup();
    await user.type(screen.getByRole('searchbox'), 'web-01');
    expect(await screen.findByText('1 hit')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('');
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(screen.getByRole('tree'));
  });

  test('a field is put into the search by a click', async () => {
    open();
    await userEvent.click(button(/: pool$/u));
    expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('pool:');
    await userEvent.type(screen.getByRole('searchbox'), 'rp-web');
    expect(await screen.findByText(/hits?$/u)).toBeTruthy();
    await userEvent.click(button('Clear the search'));
    expect((screen.getByRole('searchbox') as HTMLInputElement).value).toBe('');
  });
});

describe('the frame', () => {
  test('asks before something that cannot be undone, and gives the focus back', async () => {
    open();
    let removed = 0;
    button('Action').focus();
    const ask = () =>
      openDialog({
        kind: 'confirm',
        title: 'Remove?',
        text: 'It is gone then.',
        act: 'Remove',
        danger: true,
        onConfirm: () => {
          removed += 1;
        },
      });
    act(ask);
    await userEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
    expect(removed).toBe(0);
    await waitFor(() => expect(document.activeElement).toBe(button('Action')));
    act(ask);
    await userEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
    expect(removed).toBe(1);
    act(() => closeDialog());
    expect(useDialogs.getState().open).toBeNull();
  });

  test('panes are resized by keys within bounds, and stay so', async () => {
    open();
    const line = screen.getByRole('separator', { name: 'Width of the inventory' });
    line.focus();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(line.getAttribute('aria-valuenow')).toBe('388');
    expect(JSON.parse(localStorage.getItem('vm-console.layout') ?? '{}')).toMatchObject({ treeWidth: 388 });
    for (let times = 0; times < 12; times += 1) await userEvent.keyboard('{ArrowLeft}');
    expect(line.getAttribute('aria-valuenow')).toBe('220');
    const lower = screen.getByRole('separator', { name: 'Height of the task panel' });
    lower.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(lower.getAttribute('aria-valuenow')).toBe('296');
  });

  test('a line between panes follows the mouse while it is held', () => {
    open();
    const line = screen.getByRole('separator', { name: 'Width of the inventory' });
    line.setPointerCapture = () => {};
    fireEvent.pointerMove(line, { clientX: 500 });
    expect(line.getAttribute('aria-valuenow')).toBe('356');
    fireEvent.pointerDown(line, { clientX: 356, pointerId: 1 });
    fireEvent.pointerMove(line, { clientX: 400 });
    expect(line.getAttribute('aria-valuenow')).toBe('400');
    fireEvent.pointerUp(line);
    fireEvent.pointerMove(line, { clientX: 450 });
    expect(line.getAttribute('aria-valuenow')).toBe('400');
  });

  test('the foot says what goes on', () => {
    open({ sites: [aSiteStatus({ name: 'vc-tokyo' }, { kind: 'syncing', loaded: 312, total: 1_284 })] });
    expect(screen.getByText('Reading vc-tokyo: 312 of 1,284')).toBeTruthy();
    expect(screen.getByText('6 VMs')).toBeTruthy();
  });

  test('what is to come is named and says so', async () => {
    open();
    expect(await hintOf('Plans')).toBe('Plans: Not in this version yet');
    expect(isOff(button('Plan'))).toBe(true);
  });

  test('the tasks’ button says how many are in progress and folds the panel', async () => {
    open();
    act(() => useTasks.setState({ loaded: true, tasks: [aTaskView({ state: 'running' })] }));
    await userEvent.click(button('Tasks, 1 in progress'));
    expect(useLayout.getState().taskPanelOpen).toBe(false);
  });

  test('the old runtime is told plainly', () => {
    open({ info: { evaluationRuntime: true } });
    expect(screen.getAllByText(/Evaluation runtime/u).length).toBeGreaterThan(0);
  });
});
