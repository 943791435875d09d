import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { describe, expect, test } from 'vitest';
import { resetTree } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { DetailsPane } from '../../../renderer/features/pool-details/details-pane.tsx';
import { dragOver, endDrag, startDrag, useDrag } from '../../../renderer/stores/drag.ts';
import { type PlaceId, selectPlace, selectVm, useSelection } from '../../../renderer/stores/selection.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aVm, defaultSite, GIB, without } from '../../support/inventory-builders.ts';
import { changeInventory, prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';
import {
  cluster,
  crm,
  datacenter,
  esx1,
  infrastructure,
  prod,
  staging,
  vms,
  web,
  web1,
  web2,
  web10,
} from '../inventory-tree/sample-site.ts';

const showPane = (place: PlaceId | null, options: WindowOptions = {}) => {
  const bridge = prepareWindow({ sites: [aSiteStatus({ name: 'vc-tokyo' })], infrastructure, vms, ...options });
  resetTree();
  endDrag();
  useSelection.setState(useSelection.getInitialState(), true);
  if (place !== null) selectPlace(place);
  show(
    <DndProvider backend={HTML5Backend}>
      <DetailsPane />
    </DndProvider>,
  );
  return bridge;
};

const grid = () => screen.getByRole('grid');
const listed = () =>
  within(grid())
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector('.vm-name')?.textContent);
const vmRow = (name: string) => within(grid()).getByRole('row', { name: new RegExp(`^${name} `, 'u') });

describe('a place', () => {
  test('nothing is chosen yet', () => {
    showPane(null);
    expect(screen.getByText('Nothing chosen')).toBeTruthy();
  });

  test('says what it is, where it is, how old that is, and what it has', () => {
    showPane(web.id);
    expect(screen.getByRole('heading', { name: 'rp-web' })).toBeTruthy();
    expect(screen.getByRole('navigation').textContent).toBe('vc-tokyo › TYO-1 › CL-01 › rp-prod › resource pool');
    expect(screen.getByText(/^Read \d s ago$/u)).toBeTruthy();
    expect(screen.getByRole('meter', { name: 'Datastore ds-01' }).getAttribute('aria-valuetext')).toBe(
      'Datastore ds-01: 900 GB of 1,000 GB used, 90 %',
    );
    expect(screen.getByText('Nearly full')).toBeTruthy();
  });

  test('a step of the path leads there', async () => {
    showPane(web.id);
    await userEvent.click(screen.getByRole('button', { name: 'CL-01' }));
    expect(useSelection.getState().place).toBe(cluster.id);
  });

  test.each([
    ['a pool lists its VMs', web.id, ['proxy-01', 'web-01', 'web-02', 'web-10']],
    ['a pool lists those of the pools in it', prod.id, ['proxy-01', 'web-01', 'web-02', 'web-10']],
    ['a vApp', crm.id, ['crm-db']],
    [
      'a host lists what runs on it, whatever the pool',
      esx1.id,
      ['batch-01', 'crm-db', 'proxy-01', 'web-01', 'web-02'],
    ],
    ['a cluster, each VM once', cluster.id, ['batch-01', 'crm-db', 'proxy-01', 'web-01', 'web-02', 'web-10']],
    ['a data center', datacenter.id, ['batch-01', 'crm-db', 'proxy-01', 'web-01', 'web-02', 'web-10']],
    ['a site', defaultSite, ['batch-01', 'crm-db', 'proxy-01', 'web-01', 'web-02', 'web-10']],
  ])('%s', (_name, place, names) => {
    showPane(place);
    expect(listed()).toEqual(names);
  });

  test('a pool without VMs says so', () => {
    showPane(staging.id, { vms: [] });
    expect(screen.getByText('No VMs here')).toBeTruthy();
  });

  test('a place that went away leaves no wreck', () => {
    showPane(`${defaultSite}/gone` as PlaceId);
    expect(screen.getByText('Nothing chosen')).toBeTruthy();
  });

  test('shows what changes on the server', async () => {
    showPane(web.id);
    changeInventory([], [{ ...web1, powerState: 'off' }]);
    expect(vmRow('web-01').textContent).toContain('Powered off');
    changeInventory([], [{ ...web1, pool: staging.id }]);
    await waitFor(() => expect(listed()).not.toContain('web-01'));
  });
});

describe('the list of VMs', () => {
  test('sorts by any column, and back', async () => {
    showPane(web.id);
    await userEvent.click(screen.getByRole('button', { name: 'State' }));
    expect(screen.getByRole('columnheader', { name: /State/u }).getAttribute('aria-sort')).toBe('ascending');
    expect(listed()).toEqual(['web-02', 'web-01', 'web-10', 'proxy-01']);
    await userEvent.click(screen.getByRole('button', { name: 'State' }));
    expect(screen.getByRole('columnheader', { name: /State/u }).getAttribute('aria-sort')).toBe('descending');
    expect(listed()[0]).toBe('proxy-01');
  });

  test('filters by power state, with counts', async () => {
    showPane(web.id);
    await userEvent.click(screen.getByRole('button', { name: 'Powered off 1' }));
    expect(listed()).toEqual(['web-02']);
    await userEvent.click(screen.getByRole('button', { name: 'Other 1' }));
    expect(listed()).toEqual(['proxy-01']);
    changeInventory([], [{ ...web2, powerState: 'on' }]);
    await userEvent.click(screen.getByRole('button', { name: 'Powered off 0' }));
    expect(screen.getByText('No VM matches this filter')).toBeTruthy();
  });

  test('marks VMs one by one, in a range, and all', async () => {
    showPane(web.id);
    const user = userEvent.setup();
    await user.click(vmRow('proxy-01').querySelector('[data-check]') as Element);
    await user.click(vmRow('web-02').querySelector('[data-check]') as Element);
    expect(useSelection.getState().vms.size).toBe(2);
    expect(vmRow('web-02').getAttribute('aria-selected')).toBe('true');
    expect(screen.getByText('4 · 2 selected')).toBeTruthy();
    await user.keyboard('{Shift>}');
    await user.click(vmRow('web-10'));
    await user.keyboard('{/Shift}');
    expect(useSelection.getState().vms).toEqual(new Set([web2.id, web10.id]));
    const all = screen.getByRole('checkbox', { name: 'Select all VMs listed' });
    expect((all as HTMLInputElement).indeterminate).toBe(true);
    await user.click(all);
    expect(useSelection.getState().vms.size).toBe(4);
    await user.click(all);
    expect(useSelection.getState().vms.size).toBe(0);
  });

  test('is used by keys', async () => {
    showPane(web.id);
    const user = userEvent.setup();
    act(() => grid().focus());
    await user.keyboard('{ArrowDown}{ }');
    expect(useSelection.getState().vms).toEqual(new Set([web1.id]));
    await user.keyboard('{Shift>}{End}{/Shift}');
    expect(useSelection.getState().vms).toEqual(new Set([web1.id, web2.id, web10.id]));
    await user.keyboard('{Control>}a{/Control}');
    expect(useSelection.getState().vms.size).toBe(4);
    await user.keyboard('{Control>}x{/Control}');
    expect(useDrag.getState().drag).toMatchObject({ by: 'keyboard' });
    await user.keyboard('{Escape}');
    expect(useDrag.getState().drag).toBeNull();
    await user.keyboard('{Home}{ArrowDown}{Enter}');
    expect(useSelection.getState().shownVm).toBe(web1.id);
  });

  test('marked VMs are dragged together', async () => {
    showPane(web.id);
    const user = userEvent.setup();
    await user.click(vmRow('web-01').querySelector('[data-check]') as Element);
    await user.click(vmRow('web-10').querySelector('[data-check]') as Element);
    fireEvent.mouseDown(vmRow('web-10'));
    fireEvent.dragStart(vmRow('web-10'));
    expect([...(useDrag.getState().drag?.ids ?? [])]).toEqual([web1.id, web10.id]);
    fireEvent.dragEnd(vmRow('web-10'));
    expect(useDrag.getState().drag).toBeNull();
  });

  test('the head cannot be dragged', () => {
    showPane(web.id);
    fireEvent.mouseDown(screen.getByRole('columnheader', { name: /Name/u }));
    fireEvent.dragStart(screen.getByRole('columnheader', { name: /Name/u }));
    expect(useDrag.getState().drag).toBeNull();
  });
});

describe('while VMs are dragged', () => {
  test('where they come from shows what would leave, and no more than is used', () => {
    showPane(web.id);
    changeInventory([{ ...web, memoryUsedBytes: 64 * GIB }], []);
    act(() => startDrag('mouse', [web1, web10]));
    expect(screen.getByText('−8 GB if moved')).toBeTruthy();
    changeInventory([{ ...web, memoryUsedBytes: 3 * GIB }], []);
    expect(screen.getByText('−3 GB if moved')).toBeTruthy();
    act(() => endDrag());
    expect(screen.queryByText(/if moved/u)).toBeNull();
  });

  test('the pool under the mouse shows what would come', () => {
    showPane(staging.id);
    act(() => startDrag('mouse', [web1]));
    expect(screen.queryByText(/if moved/u)).toBeNull();
    act(() => dragOver(staging.id));
    expect(screen.getByText('+4 GB if moved')).toBeTruthy();
  });
});

describe('one VM', () => {
  const detailed = aVm({
    name: 'web-01',
    pool: web.id,
    host: esx1.id,
    disks: [
      { key: '2000', label: 'Hard disk 1', capacityBytes: 40 * GIB, backing: 'file', thin: true, mode: 'independent' },
      { key: '2001', label: 'Hard disk 2', capacityBytes: 10 * GIB, backing: 'raw-device-mapping', shared: true },
    ],
    cdroms: [{ key: '3000', label: 'CD/DVD 1', media: 'image', fileName: '[iso] rhel.iso', connected: true }],
    checkpoints: [{ id: 's1', name: 'before-patch', parent: null }],
    otherDevices: [{ key: '7000', label: 'USB 1', type: 'usb' }],
  });

  const showVm = (vm: typeof detailed = detailed, answers: WindowOptions['answers'] = {}) => {
    const bridge = showPane(null, {
      answers: { 'inventory.facts': () => [{ vm, readAt: Date.now() - 12.5 * 60_000 }], ...answers },
    });
    act(() => selectVm(web1.id));
    return bridge;
  };

  test('shows its devices as they were last read, and when', async () => {
    showVm();
    expect(await screen.findByText('40 GB · thin · independent')).toBeTruthy();
    expect(screen.getByText('10 GB · raw device mapping · shared')).toBeTruthy();
    expect(screen.getByText('[iso] rhel.iso · connected')).toBeTruthy();
    expect(screen.getByText('before-patch')).toBeTruthy();
    expect(screen.getByText('USB device')).toBeTruthy();
    expect(screen.getByText('Read 12 min ago')).toBeTruthy();
  });

  test('what the platform did not tell is said to be so', async () => {
    showVm(without(detailed, 'disks', 'guestOs') as typeof detailed);
    const disks = (await screen.findByRole('heading', { name: 'Disks' })).closest('section');
    expect(disks?.textContent).toContain('could not be determined');
  });

  test('leads back to its pool', async () => {
    showVm();
    await userEvent.click(screen.getByRole('button', { name: 'Back to rp-web' }));
    expect(useSelection.getState()).toMatchObject({ place: web.id, shownVm: null });
    expect(listed()).toContain('web-01');
  });

  test('asks again when the VM changes on the server', async () => {
    let checkpoint = 'before-patch';
    const answer = () => {
      const checkpoints = [{ id: 's1', name: checkpoint, parent: null }];
      return [{ vm: { ...detailed, checkpoints }, readAt: Date.now() }];
    };
    showVm(detailed, { 'inventory.facts': answer });
    await screen.findByText('before-patch');
    checkpoint = 'after-patch';
    changeInventory([], [{ ...web1, powerState: 'off' }]);
    expect(await screen.findByText('after-patch')).toBeTruthy();
  });

  test('says what stands against moving it, and offers to mend it', async () => {
    const off = { ...web1, powerState: 'off' as const };
    showVm({ ...detailed, powerState: 'off' });
    changeInventory([], [off]);
    const precautions = await screen.findByRole('region', { name: 'Precautions' });
    expect(await within(precautions).findByText('A raw device mapping is configured')).toBeTruthy();
    expect(within(precautions).getByText('The mounted ISO is not restored')).toBeTruthy();
    await userEvent.click(within(precautions).getByRole('button', { name: 'Eject the ISO…' }));
    expect(within(precautions).getByRole('button', { name: 'Eject' })).toBeTruthy();
  });

  test('facts that cannot be read leave what is known, and a way to try again', async () => {
    let fails = true;
    showVm(detailed, {
      'inventory.facts': () => {
        if (fails) throw new AppError('storage-locked', { file: 'inventory.db' });
        return [{ vm: detailed, readAt: Date.now() }];
      },
    });
    const note = await screen.findByRole('alert');
    expect(note.textContent).toContain('inventory.db');
    expect(screen.getByText('Powered on')).toBeTruthy();
    fails = false;
    await userEvent.click(within(note).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('before-patch')).toBeTruthy();
  });

  test('a VM that was deleted meanwhile is said to be gone', async () => {
    showVm(detailed, { 'inventory.facts': () => [] });
    expect((await screen.findByRole('alert')).textContent).toContain('web-01');
  });
});
