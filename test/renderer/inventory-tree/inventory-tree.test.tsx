import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { setExpanded, setSearchText } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { setAnnotations } from '../../../renderer/stores/annotations.ts';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useSelection } from '../../../renderer/stores/selection.ts';
import { useSites } from '../../../renderer/stores/sites.ts';
import { nothingSaid } from '../../../shared/domain/annotation.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ReplyOf, RequestOf } from '../../../shared/ipc/contract.ts';
import { aSiteStatus, type FakeBridge } from '../../support/fake-bridge.ts';
import { changeInventory, promised } from '../../support/window-harness.tsx';
import { crmDb, staging, web, web1, web2, web10 } from './sample-site.ts';
import { openPools, row, showTree } from './tree-scene.tsx';

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

describe('what is there when nothing is there', () => {
  test('no sites: how to get one', async () => {
    const bridge = showTree({ sites: [], answers: { 'sites.addLab': () => [] } });
    await userEvent.click(screen.getByRole('button', { name: 'Open the demo lab' }));
    expect(bridge.asked).toContainEqual({ name: 'sites.addLab', payload: {} });
    await userEvent.click(screen.getByRole('button', { name: 'Add a site' }));
    expect(useDialogs.getState().open).toEqual({ kind: 'add-site' });
  });

  test('the sites cannot be read: why, and a way to try again', async () => {
    showTree({ answers: { 'sites.list': () => [aSiteStatus({ name: 'vc-tokyo' })] } });
    act(() =>
      useSites.setState({ loaded: false, sites: [], error: { code: 'storage-locked', data: { file: 'vm.db' } } }),
    );
    expect(screen.getAllByText(/vm\.db/u).length).toBeGreaterThan(0);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('vc-tokyo')).toBeTruthy();
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

  test('a search says how much it found; what was chosen stays in sight when it ends', async () => {
    showTree();
    act(() => setSearchText('web-'));
    expect(await screen.findByText('3 hits')).toBeTruthy();
    await userEvent.click(row('web-02'));
    act(() => setSearchText(''));
    expect(await screen.findByText('rp-staging')).toBeTruthy();
    expect(row('web-02').getAttribute('aria-selected')).toBe('true');
  });
});

describe('a search for findings', () => {
  type Find = (
    request: RequestOf<'precautions.find'>,
  ) => ReplyOf<'precautions.find'> | Promise<ReplyOf<'precautions.find'>>;
  const open = (find: Find) => showTree({ answers: { 'precautions.find': find } });
  const found = (...vms: readonly VmSummary[]) => ({ vms: vms.map(({ id }) => id), examined: 7 });
  const questions = (bridge: FakeBridge) =>
    bridge.asked.filter(({ name }) => name === 'precautions.find').map(({ payload }) => payload);
  const names = () => screen.queryAllByRole('treeitem').map((item) => item.getAttribute('aria-label')?.split(',')[0]);

  test('asks the main process once the person pauses, and shows those VMs with what leads to them', async () => {
    const answer = promised<ReplyOf<'precautions.find'>>();
    const bridge = open(() => answer.promise);
    act(() => setSearchText('finding:usb'));
    act(() => setSearchText('finding:usb finding:blocker'));
    expect(await screen.findByRole('status', { name: 'Examining all VMs…' })).toBeTruthy();
    expect(names()).toEqual([]);
    answer.resolve(found(web2));
    expect(await screen.findByText('1 hit · on the facts read last')).toBeTruthy();
    expect(names()).toEqual(['vc-tokyo', 'TYO-1', 'CL-01', 'rp-prod', 'rp-web', 'web-02']);
    expect(questions(bridge)).toEqual([{ words: ['usb', 'blocker'] }]);
  });

  test('names and places narrow it down without asking again', async () => {
    const bridge = open(() => found(web1, web2, crmDb));
    act(() => setSearchText('finding:usb'));
    expect(await screen.findByText(/^3 hits/u)).toBeTruthy();
    act(() => setSearchText('pool:rp-web state:off finding:usb'));
    expect(await screen.findByText(/^1 hit ·/u)).toBeTruthy();
    expect(names()).toContain('web-02');
    expect(questions(bridge)).toHaveLength(1);
  });

  test('keeps what it found in sight while the same is asked again for a lock, but not for other words', async () => {
    const bridge = open(({ words }) => (words.includes('locked') ? found(web1) : found(web2)));
    act(() => setSearchText('finding:usb'));
    expect(await screen.findByText(/^1 hit/u)).toBeTruthy();
    act(() => setAnnotations({ ...nothingSaid }));
    expect(names()).toContain('web-02');
    await waitFor(() => expect(questions(bridge)).toHaveLength(2));
    act(() => setSearchText('finding:locked'));
    expect(await screen.findByRole('status', { name: 'Examining all VMs…' })).toBeTruthy();
    expect(names()).toEqual([]);
    await waitFor(() => expect(names()).toContain('web-01'));
    expect(names()).not.toContain('web-02');
  });

  test('that finds nothing says so, with the fields', async () => {
    open(() => found());
    act(() => setSearchText('finding:rdm'));
    expect(await screen.findByText('Nothing found')).toBeTruthy();
    expect(screen.getByText('finding:')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Clear' }));
    expect(await screen.findByText('rp-prod')).toBeTruthy();
  });

  test.each(['finding:nonsense', 'finding:nonsense finding:rdm'])(
    '%s is not understood, and not asked for',
    async (typed) => {
      const bridge = open(() => found(web1));
      act(() => setSearchText(typed));
      expect(await screen.findByText('Not understood: finding:nonsense')).toBeTruthy();
      expect(screen.getByText(/^finding: takes a rule/u)).toBeTruthy();
      // The pause after which it would have been asked for is over when the next answer is there.
      act(() => setSearchText('finding:rdm'));
      expect(await screen.findByText(/^1 hit/u)).toBeTruthy();
      expect(questions(bridge)).toEqual([{ words: ['rdm'] }]);
    },
  );

  test('a field that is not understood is named beside it, and nothing is asked for', async () => {
    open(() => found(web1));
    act(() => setSearchText('finding:rdm colour:red'));
    expect(await screen.findByText('Not understood: colour:red')).toBeTruthy();
    expect(screen.queryByText(/^finding: takes/u)).toBeNull();
  });

  test('that fails says why, and can be tried again', async () => {
    let fails = true;
    open(() => (fails ? Promise.reject(new AppError('storage-locked', { file: 'cache.db' })) : found(web1)));
    act(() => setSearchText('finding:rdm'));
    expect(await screen.findByText('The VMs could not be examined')).toBeTruthy();
    fails = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^1 hit/u)).toBeTruthy();
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
