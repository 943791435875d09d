import { act, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { beforeEach, describe, expect, test } from 'vitest';
import { DragLayer } from '../../../renderer/features/drag/drag-layer.tsx';
import { InventoryTree } from '../../../renderer/features/inventory-tree/inventory-tree.tsx';
import { resetTree, setExpanded, setSearchText } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { LiveRegions } from '../../../renderer/shell/live-regions.tsx';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { endDrag, useDrag } from '../../../renderer/stores/drag.ts';
import { useSelection } from '../../../renderer/stores/selection.ts';
import { useSites } from '../../../renderer/stores/sites.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aVmSummary } from '../../support/inventory-builders.ts';
import { changeInventory, prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';
import { infrastructure, prod, staging, vms, web, web1, web2, web10 } from './sample-site.ts';

const showTree = (options: WindowOptions = {}) => {
  const bridge = prepareWindow({
    sites: [aSiteStatus({ name: 'vc-tokyo' })],
    infrastructure,
    vms,
    ...options,
  });
  resetTree();
  endDrag();
  useSelection.setState(useSelection.getInitialState(), true);
  show(
    <DndProvider backend={HTML5Backend}>
      <InventoryTree />
      <DragLayer />
      <LiveRegions />
    </DndProvider>,
  );
  return bridge;
};

const openPools = () =>
  act(() => {
    setExpanded(prod.id, true);
    setExpanded(web.id, true);
  });

const row = (name: string) => screen.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`, 'u') });
const spoken = () => screen.getByTestId('announcements').textContent;
const warned = () =>
  screen
    .getAllByRole('alert')
    .map((region) => region.textContent)
    .join(' ');

/** Drags with the events a browser makes; what happens between press and release is left to the test. */
const drag = (name: string) => {
  fireEvent.mouseDown(row(name));
  fireEvent.dragStart(row(name));
};
const carryOver = (name: string) => {
  fireEvent.dragEnter(row(name));
  fireEvent.dragOver(row(name));
};

describe('the tree', () => {
  beforeEach(() => localStorage.clear());

  test('tells screen readers level, place among siblings, and what is open', () => {
    showTree();
    const cluster = row('CL-01');
    expect(cluster.getAttribute('aria-level')).toBe('3');
    expect(cluster.getAttribute('aria-expanded')).toBe('true');
    expect(row('rp-prod').getAttribute('aria-expanded')).toBe('false');
    expect(row('rp-prod').getAttribute('aria-posinset')).toBe('3');
    expect(row('rp-prod').getAttribute('aria-setsize')).toBe('5');
    expect(row('esx01').hasAttribute('aria-expanded')).toBe(false);
  });

  test('says of a host and a VM what is not ordinary', () => {
    showTree();
    openPools();
    expect(row('esx02').textContent).toContain('maintenance');
    expect(row('proxy-01').textContent).toContain('Suspended');
    act(() => setExpanded(staging.id, true));
    expect(row('batch-01').textContent).toContain('Relocate virtual machine');
  });

  test('by host, VMs stand under their hosts', async () => {
    showTree();
    await userEvent.click(screen.getByRole('button', { name: 'By host' }));
    expect(screen.queryByText('rp-prod')).toBeNull();
    await userEvent.click(row('esx02').querySelector('[data-twisty]') as Element);
    expect(row('web-10').getAttribute('aria-level')).toBe('5');
  });

  test('collapse all closes everything', async () => {
    showTree();
    await userEvent.click(screen.getByRole('button', { name: 'Collapse all' }));
    expect(screen.getAllByRole('treeitem')).toHaveLength(1);
  });

  test('shows what changes on the server, where it belongs', () => {
    showTree();
    openPools();
    changeInventory([], [{ ...web1, name: 'web-01-renamed', pool: staging.id }]);
    expect(screen.queryByText('web-01')).toBeNull();
    act(() => setExpanded(staging.id, true));
    expect(row('web-01-renamed').getAttribute('aria-level')).toBe('5');
  });
});

describe('choosing', () => {
  test('a click on a pool shows it, a click on a VM selects and shows that', async () => {
    showTree();
    openPools();
    await userEvent.click(row('rp-web'));
    expect(useSelection.getState().place).toBe(web.id);
    expect(row('rp-web').getAttribute('aria-selected')).toBe('true');
    await userEvent.click(row('web-01'));
    expect(useSelection.getState().shownVm).toBe(web1.id);
    expect(row('web-01').getAttribute('aria-selected')).toBe('true');
  });

  test('Ctrl and Shift select several', async () => {
    showTree();
    openPools();
    const user = userEvent.setup();
    await user.click(row('web-01'));
    await user.keyboard('{Shift>}');
    await user.click(row('web-10'));
    await user.keyboard('{/Shift}');
    expect(useSelection.getState().vms).toEqual(new Set([web1.id, web2.id, web10.id]));
    await user.keyboard('{Control>}');
    await user.click(row('web-02'));
    await user.keyboard('{/Control}');
    expect(useSelection.getState().vms).toEqual(new Set([web1.id, web10.id]));
    expect(useSelection.getState().place).toBe(web.id);
  });

  test('keys go, open, select and extend', async () => {
    showTree();
    const user = userEvent.setup();
    await user.tab();
    await user.tab();
    await user.tab();
    await user.tab();
    const list = screen.getByRole('tree');
    expect(document.activeElement).toBe(list);
    const active = () => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.textContent;
    await user.keyboard('rp-p{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(active()).toContain('proxy-01');
    await user.keyboard('{ArrowDown}{ }');
    expect(useSelection.getState().vms).toEqual(new Set([web1.id]));
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(useSelection.getState().vms).toEqual(new Set([web1.id, web2.id, web10.id]));
    await user.keyboard('{ArrowLeft}{Enter}');
    expect(useSelection.getState().place).toBe(web.id);
    await user.keyboard('{ArrowLeft}');
    expect(screen.queryByText('web-01')).toBeNull();
  });
});

describe('dragging', () => {
  test('every pool in sight says its verdict at once; letting go opens the dialog and starts nothing', async () => {
    const bridge = showTree();
    openPools();
    drag('web-01');
    expect(row('rp-staging').textContent).toContain('Allowed');
    expect(row('vapp-crm').textContent).toContain('Allowed');
    expect(row('rp-web').textContent).toContain('Current pool');
    expect(row('esx02').textContent).toContain('Allowed');
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

describe('what is there when nothing is there', () => {
  test('no sites: how to get one', async () => {
    const bridge = showTree({ sites: [], answers: { 'sites.addLab': () => [] } });
    await userEvent.click(screen.getByRole('button', { name: 'Open the demo lab' }));
    expect(bridge.asked).toContainEqual({ name: 'sites.addLab', payload: {} });
    await userEvent.click(screen.getByRole('button', { name: 'Add a site' }));
    expect(useDialogs.getState().open).toEqual({ kind: 'add-site' });
  });

  test('not known yet: the places of rows', () => {
    showTree();
    act(() => useSites.setState({ loaded: false, sites: [] }));
    expect(screen.getByRole('status', { name: 'reading…' })).toBeTruthy();
  });

  test('a search without a hit names the fields and what it did not understand', async () => {
    showTree();
    act(() => setSearchText('colour:red'));
    expect(await screen.findByText('Nothing found')).toBeTruthy();
    expect(screen.getByText('Not understood: colour:red')).toBeTruthy();
    expect(screen.getByText('pool:')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByText('rp-prod')).toBeTruthy();
  });

  test('a search says how much it found', async () => {
    showTree();
    act(() => setSearchText('web-'));
    expect(await screen.findByText('3 hits')).toBeTruthy();
  });
});

describe('how fresh a site is', () => {
  const minute = 60_000;

  test('a live site says nothing, an offline one its age', () => {
    showTree({
      sites: [
        aSiteStatus({ name: 'live' }),
        aSiteStatus({ id: siteId('site-b'), name: 'away' }, { kind: 'offline' }, Date.now() - 26 * minute),
      ],
    });
    expect(row('live').textContent).not.toContain('ago');
    expect(row('away').textContent).toContain('26 min ago');
    expect(row('away').getAttribute('aria-label')).toContain('Offline, data of 26 min ago');
  });

  test('in Japanese as well', () => {
    showTree({
      preferences: { language: 'ja', theme: 'light' },
      sites: [aSiteStatus({ name: 'away' }, { kind: 'offline' }, Date.now() - 26 * minute)],
    });
    expect(row('away').textContent).toContain('26分前');
    expect(screen.getByRole('button', { name: 'プール別' })).toBeTruthy();
  });
});
