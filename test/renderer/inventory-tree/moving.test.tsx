import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useDrag } from '../../../renderer/stores/drag.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aVm, aVmSummary } from '../../support/inventory-builders.ts';
import { changeInventory } from '../../support/window-harness.tsx';
import { staging, web, web1, web10 } from './sample-site.ts';
import { carryOver, drag, openPools, row, showTree, spoken, warned } from './tree-scene.tsx';

afterEach(() => {
  vi.useRealTimers();
});

describe('dragging', () => {
  test('every pool in sight says its verdict at once; letting go opens the dialog and starts nothing', async () => {
    const bridge = showTree();
    openPools();
    drag('web-01');
    expect(row('rp-staging').textContent).toContain('Allowed');
    expect(row('vapp-crm').textContent).toContain('Allowed');
    expect(row('rp-web').textContent).toContain('Current pool');
    expect(row('esx02').textContent).toContain('Not allowed');
    expect(row('esx01').textContent).toContain('Current pool');
    expect(row('TYO-1').textContent).not.toContain('llowed');
    carryOver('rp-staging');
    expect(screen.getByTestId('drag-chip').textContent).toContain('web-01');
    fireEvent.drop(row('rp-staging'));
    expect(useDialogs.getState().open).toEqual({
      kind: 'migrate',
      vms: [web1.id],
      destination: { kind: 'resource-pool', id: staging.id, name: 'rp-staging' },
    });
    expect(useDrag.getState().drag).toBeNull();
    expect(bridge.asked.filter(({ name }) => name.startsWith('migration.'))).toEqual([]);
  });

  test('the verdict grows with what is known: all precautions speak once the facts are there', async () => {
    const facts = aVm({ ...web1, otherDevices: [{ key: '13000', type: 'pci-pass-through', label: 'PCI device 1' }] });
    showTree({ answers: { 'inventory.facts': () => [{ vm: facts, readAt: 1 }] } });
    openPools();
    drag('web-01');
    carryOver('rp-staging');
    expect(row('rp-staging').textContent).toContain('Allowed');
    await waitFor(() => expect(row('rp-staging').textContent).toContain('Not allowed'));
    expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('PCI device 1');
    fireEvent.drop(row('rp-staging'));
    expect(useDialogs.getState().open).toBeNull();
  });

  test('the verdict stays what it was when the facts cannot be read', async () => {
    const unread = new AppError('internal', { detail: 'no facts' });
    const bridge = showTree({ answers: { 'inventory.facts': () => Promise.reject(unread) } });
    openPools();
    drag('web-01');
    await waitFor(() => expect(bridge.asked.some(({ name }) => name === 'inventory.facts')).toBe(true));
    expect(row('rp-staging').textContent).toContain('Allowed');
  });

  test('all selected VMs go together when one of them is grabbed', async () => {
    showTree();
    openPools();
    const user = userEvent.setup();
    await user.click(row('web-01'));
    await user.keyboard('{Control>}');
    await user.click(row('web-02'));
    await user.click(row('proxy-01'));
    await user.keyboard('{/Control}');
    drag('web-02');
    carryOver('rp-staging');
    expect(screen.getByTestId('drag-chip').textContent).toBe('3 VMs1 hot, 1 cold · 120 GB');
    expect(row('rp-staging').textContent).toContain('1 of 3 blocked');
    const reason = screen.getByRole('tooltip', { hidden: true });
    expect(within(reason).getByText('1 of 3 VMs cannot go to rp-staging')).toBeTruthy();
    expect(reason.textContent).toContain('proxy-01 is neither running nor powered off.');
  });

  test('a VM that was not selected goes alone', async () => {
    showTree();
    openPools();
    await userEvent.click(row('web-01'));
    drag('web-10');
    expect([...(useDrag.getState().drag?.ids ?? [])]).toEqual([web10.id]);
  });

  test('a pool that refuses says why, and takes nothing', () => {
    showTree();
    openPools();
    drag('proxy-01');
    carryOver('rp-staging');
    expect(row('rp-staging').textContent).toContain('Not allowed');
    const reason = screen.getByRole('tooltip', { hidden: true });
    expect(reason.textContent).toContain('Not allowed on rp-staging');
    expect(reason.textContent).toContain('Only a running VM moves hot');
    fireEvent.drop(row('rp-staging'));
    expect(useDialogs.getState().open).toBeNull();
  });

  test('the place it is in already takes nothing', () => {
    showTree();
    openPools();
    drag('web-01');
    carryOver('rp-web');
    fireEvent.drop(row('rp-web'));
    expect(useDialogs.getState().open).toBeNull();
  });

  test('VMs of another kind of software are refused with one sentence for all', async () => {
    const hyperV = siteId('site-hv');
    showTree({
      sites: [aSiteStatus({ name: 'vc-tokyo' }), aSiteStatus({ id: hyperV, name: 'vmm-osaka', kind: 'scvmm' })],
    });
    openPools();
    const stranger = aVmSummary({ name: 'hr-01', site: hyperV, pool: null, host: null });
    const other = aVmSummary({ name: 'hr-02', site: hyperV, pool: null, host: null });
    act(() => {
      changeInventory([], [stranger, other]);
    });
    const user = userEvent.setup();
    await user.click(row('hr-01'));
    await user.keyboard('{Control>}');
    await user.click(row('hr-02'));
    await user.keyboard('{/Control}');
    drag('hr-01');
    carryOver('rp-staging');
    expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain(
      'These VMs run on Hyper-V, rp-staging is VMware.',
    );
  });

  test('without a connection nothing is taken, and the reason is the connection', () => {
    showTree({ sites: [aSiteStatus({ name: 'vc-tokyo' }, { kind: 'offline' })] });
    openPools();
    drag('web-01');
    carryOver('rp-staging');
    expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('vc-tokyo is not connected');
    fireEvent.drop(row('rp-staging'));
    expect(useDialogs.getState().open).toBeNull();
  });

  test('more VMs than one operation takes are refused everywhere', async () => {
    showTree();
    changeInventory(
      [],
      Array.from({ length: 501 }, (_, at) => aVmSummary({ name: `many-${at}`, pool: web.id })),
    );
    openPools();
    const user = userEvent.setup();
    await user.click(row('many-0'));
    await user.keyboard('{Control>}a{/Control}');
    drag('many-0');
    carryOver('rp-prod');
    expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('At most 500 VMs');
  });

  test('the drag ends when it is cancelled, and leaves nothing behind', () => {
    showTree();
    openPools();
    drag('web-01');
    carryOver('rp-staging');
    fireEvent.dragEnd(row('web-01'));
    expect(useDrag.getState()).toEqual({ drag: null, over: null });
    expect(screen.queryByTestId('drag-chip')).toBeNull();
    expect(row('rp-staging').textContent).not.toContain('Allowed');
  });

  test('a closed pool opens when the mouse rests on it', async () => {
    showTree();
    openPools();
    drag('web-01');
    vi.useFakeTimers();
    carryOver('vapp-crm');
    act(() => vi.advanceTimersByTime(650));
    expect(row('vapp-crm').getAttribute('aria-expanded')).toBe('false');
    act(() => vi.advanceTimersByTime(100));
    vi.useRealTimers();
    expect(row('vapp-crm').getAttribute('aria-expanded')).toBe('true');
    expect(row('crm-db')).toBeTruthy();
  });

  test('one that was only crossed stays closed', () => {
    showTree();
    openPools();
    drag('web-01');
    vi.useFakeTimers();
    carryOver('vapp-crm');
    act(() => vi.advanceTimersByTime(400));
    carryOver('rp-staging');
    act(() => vi.advanceTimersByTime(400));
    vi.useRealTimers();
    expect(row('vapp-crm').getAttribute('aria-expanded')).toBe('false');
  });

  test('pools and hosts themselves cannot be dragged', () => {
    showTree();
    drag('rp-prod');
    expect(useDrag.getState().drag).toBeNull();
  });
});

describe('moving with the keyboard', () => {
  const holdWeb1 = async () => {
    const user = userEvent.setup();
    openPools();
    await user.click(row('web-01'));
    act(() => screen.getByRole('tree').focus());
    await user.keyboard('{Control>}x{/Control}');
    return user;
  };

  test('Ctrl+X picks up, each pool speaks its verdict, Ctrl+V opens the dialog', async () => {
    showTree();
    const user = await holdWeb1();
    expect(spoken()).toContain('1 VM picked up');
    await user.keyboard('rp-s');
    expect(spoken()).toContain('Allowed on rp-staging');
    await user.keyboard('{Control>}v{/Control}');
    expect(useDialogs.getState().open).toMatchObject({
      kind: 'migrate',
      vms: [web1.id],
      destination: { id: staging.id },
    });
    expect(useDrag.getState().drag).toBeNull();
  });

  test('Ctrl+V where it is refused says why at once', async () => {
    showTree();
    const user = await holdWeb1();
    await user.keyboard('rp-w{Control>}v{/Control}');
    expect(warned()).toContain('rp-web is where these VMs are already');
    expect(useDialogs.getState().open).toBeNull();
  });

  test('Escape gives up', async () => {
    showTree();
    const user = await holdWeb1();
    await user.keyboard('{Escape}');
    expect(useDrag.getState().drag).toBeNull();
    expect(spoken()).toContain('nothing was moved');
  });
});
