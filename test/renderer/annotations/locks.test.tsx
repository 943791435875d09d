import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { describe, expect, test } from 'vitest';
import { resetTree, setExpanded } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { Shell } from '../../../renderer/shell/shell.tsx';
import { openAnnotations, setAnnotations } from '../../../renderer/stores/annotations.ts';
import { selectPlace, selectVms, useSelection } from '../../../renderer/stores/selection.ts';
import { type AnnotationState, nothingSaid } from '../../../shared/domain/annotation.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';
import { infrastructure, prod, vms, web, web1, web2 } from '../inventory-tree/sample-site.ts';

const lockOf = (vm: typeof web1, reason = 'Audit until Friday'): AnnotationState => ({
  ...nothingSaid,
  locks: [{ vm: vm.id, vmName: vm.name, by: 'k.sato', reason, at: 1_700_000_000_000 }],
});

const open = (options: WindowOptions = {}) => {
  const bridge = prepareWindow({ sites: [aSiteStatus({ name: 'vc-tokyo' })], infrastructure, vms, ...options });
  resetTree();
  setAnnotations(nothingSaid);
  useSelection.setState(useSelection.getInitialState(), true);
  selectPlace(web.id);
  setExpanded(prod.id, true);
  setExpanded(web.id, true);
  show(
    <DndProvider backend={HTML5Backend}>
      <Shell />
    </DndProvider>,
  );
  return bridge;
};

const choose = async (name: RegExp | string) => {
  await userEvent.click(screen.getByRole('button', { name: 'Action' }));
  await userEvent.click(await screen.findByRole('menuitem', { name }));
};
const row = (name: string) => screen.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`, 'u') });

describe('locking a VM', () => {
  test('asks why; then its rows say who locked it and why', async () => {
    const bridge = open({ answers: { 'annotations.lock': ({ reason }) => lockOf(web1, reason) } });
    selectVms([web1.id], 'list');
    await choose(/^Lock: do not move/u);
    const dialog = await screen.findByRole('alertdialog', { name: 'Lock web-01' });
    const lock = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Lock' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'no');
    expect(lock.disabled).toBe(true);
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 't before Monday');
    await userEvent.click(lock);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(bridge.asked.filter(({ name }) => name === 'annotations.lock')).toEqual([
      { name: 'annotations.lock', payload: { vm: web1.id, reason: 'not before Monday' } },
    ]);
    // The rest of the window comes back to screen readers a moment after the dialog is gone.
    await waitFor(() =>
      expect(row('web-01').getAttribute('aria-label')).toContain('Locked by k.sato: not before Monday'),
    );
    expect(screen.getByRole('row', { name: /web-01/u }).textContent).toContain('Locked by k.sato: not before Monday');
  });

  test('that fails says so and keeps the reason', async () => {
    open({ answers: { 'annotations.lock': () => Promise.reject(new AppError('internal', { detail: 'disk' })) } });
    selectVms([web1.id], 'list');
    await choose(/^Lock: do not move/u);
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Reason' });
    await userEvent.type(field, 'Audit');
    await userEvent.click(screen.getByRole('button', { name: 'Lock' }));
    await waitFor(() =>
      expect(screen.getByRole('alertdialog').querySelector('[role="alert"], .error-note, .note')).toBeTruthy(),
    );
    expect(field.value).toBe('Audit');
  });

  test('is taken back where all of the selected are locked', async () => {
    const bridge = open({ answers: { 'annotations.unlock': () => nothingSaid } });
    setAnnotations(lockOf(web1));
    selectVms([web1.id], 'list');
    await choose('Unlock');
    await waitFor(() => expect(row('web-01').getAttribute('aria-label')).not.toContain('Locked'));
    expect(bridge.asked).toContainEqual({ name: 'annotations.unlock', payload: { vm: web1.id } });
    selectVms([web1.id, web2.id], 'list');
    await userEvent.click(screen.getByRole('button', { name: 'Action' }));
    expect(await screen.findByRole('menuitem', { name: /^Lock: do not move/u })).toBeTruthy();
  });

  test('by somebody else shows at once', async () => {
    const bridge = open({ answers: { 'annotations.list': () => nothingSaid } });
    const stop = await openAnnotations();
    bridge.emit('annotations.changed', lockOf(web1));
    expect(row('web-01').getAttribute('aria-label')).toContain('Locked by k.sato: Audit until Friday');
    stop();
  });
});

describe('guest cluster nodes', () => {
  test('are a matter of Hyper-V', async () => {
    open();
    selectVms([web1.id], 'list');
    await userEvent.click(screen.getByRole('button', { name: 'Action' }));
    const item = await screen.findByRole('menuitem', { name: /^Mark as guest cluster node/u });
    expect(item.textContent).toContain('Only for VMs of Hyper-V');
  });

  test('are marked for a VM of Hyper-V', async () => {
    const marked = { ...nothingSaid, guestClusters: [{ vm: web1.id, vmName: 'web-01', by: 'k.sato', at: 1 }] };
    const bridge = open({
      sites: [aSiteStatus({ name: 'vmm', kind: 'lab-hyperv' })],
      answers: { 'annotations.markGuestCluster': () => marked },
    });
    selectVms([web1.id], 'list');
    await choose(/^Mark as guest cluster node/u);
    await waitFor(() =>
      expect(bridge.asked).toContainEqual({
        name: 'annotations.markGuestCluster',
        payload: { vm: web1.id, isNode: true },
      }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Action' }));
    expect(await screen.findByRole('menuitem', { name: 'Remove the guest cluster mark' })).toBeTruthy();
  });
});

describe('the list of what was said', () => {
  test('tells who, when, why and until when, and takes each back', async () => {
    const until = Date.now() + 86_400_000;
    const waiver = {
      site: web1.site,
      vm: web1.id,
      vmName: 'web-01',
      ruleId: 'X7',
      by: 'm.ito',
      reason: 'Rule is obsolete',
      at: 1_700_000_000_000,
      until,
    };
    const bridge = open({ answers: { 'annotations.unwaive': () => lockOf(web1) } });
    setAnnotations({ ...lockOf(web1), waivers: [waiver] });
    await choose(/^Locks and accepted warnings/u);
    const dialog = await screen.findByRole('alertdialog', { name: 'Locks and accepted warnings' });
    expect(dialog.textContent).toContain('Audit until Friday');
    expect(dialog.textContent).toContain('m.ito, 14 Nov 2023 · until');
    await userEvent.click(within(dialog).getByRole('button', { name: 'About rule X7' }));
    expect(await screen.findByText('Speaks when')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Withdraw X7 of web-01' }));
    await waitFor(() => expect(dialog.textContent).toContain('No warning is accepted in advance.'));
    expect(bridge.asked).toContainEqual({
      name: 'annotations.unwaive',
      payload: { site: web1.site, vm: web1.id, ruleId: 'X7' },
    });
  });
});
