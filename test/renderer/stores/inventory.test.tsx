import { act, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { openInventory, useInventory } from '../../../renderer/stores/inventory.ts';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { openSites, useSites } from '../../../renderer/stores/sites.ts';
import { type SiteId, siteId } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aVmSummary } from '../../support/inventory-builders.ts';
import { prepareWindow, type WindowOptions } from '../../support/window-harness.tsx';

let stops: (() => void)[] = [];
afterEach(() => {
  // A site that is gone is forgotten: the next test begins with an empty inventory.
  act(() => useSites.setState({ loaded: true, sites: [] }));
  for (const stop of stops) stop();
  stops = [];
});

const tokyo = siteId('tokyo');
const osaka = siteId('osaka');
const sampleVm = (site: SiteId, name = 'vm-1') => aVmSummary({ site, name, pool: null, host: null });
const inventories = [tokyo, osaka].map((site) => ({ site, infrastructure: [], vms: [sampleVm(site)] }));
const status = (site: SiteId) => aSiteStatus({ id: site, name: site });
const vmCount = () => useInventory.getState().index.vmCount;

const open = async (options: WindowOptions) => {
  const bridge = prepareWindow({ inventories, sites: [], ...options });
  stops.push(openInventory());
  return bridge;
};

describe('the inventory of the window', () => {
  test('asks for every site there is, and for those that come later', async () => {
    const bridge = await open({ sites: [status(tokyo)] });
    await waitFor(() => expect(vmCount()).toBe(1));
    await waitFor(() => expect(useInventory.getState().complete).toEqual(new Set([tokyo])));
    act(() => useSites.setState({ sites: [status(tokyo), status(osaka)] }));
    await waitFor(() => expect(vmCount()).toBe(2));
    expect(bridge.asked.filter(({ name }) => name === 'inventory.open')).toHaveLength(2);
  });

  test('forgets a site that was removed', async () => {
    await open({ sites: [status(tokyo), status(osaka)] });
    await waitFor(() => expect(vmCount()).toBe(2));
    act(() => useSites.setState({ sites: [status(osaka)] }));
    expect(vmCount()).toBe(1);
    await waitFor(() => expect(useInventory.getState().complete).toEqual(new Set([osaka])));
  });

  test('tells what moved apart from what only changed', async () => {
    const bridge = await open({ sites: [status(tokyo)] });
    await waitFor(() => expect(vmCount()).toBe(1));
    await waitFor(() => expect(useInventory.getState().complete.size).toBe(1));
    const before = useInventory.getState();
    const change = { site: tokyo, reset: false, infrastructure: [], removals: [], complete: false } as const;
    bridge.emit('inventory.batch', { ...change, vms: [{ ...sampleVm(tokyo), powerState: 'off' }] });
    await waitFor(() => expect(useInventory.getState().latest).not.toBe(before.latest));
    expect(useInventory.getState().placed).toBe(before.placed);
    bridge.emit('inventory.batch', { ...change, vms: [sampleVm(tokyo, 'vm-2')] });
    await waitFor(() => expect(useInventory.getState().placed).not.toBe(before.placed));
  });

  test('a site whose inventory cannot be read is told, and asked for again later', async () => {
    let fails = true;
    const bridge = await open({
      answers: {
        'inventory.open': () => {
          if (fails) throw new AppError('storage-locked', { file: 'inventory.db' });
          return {};
        },
      },
    });
    act(() => useSites.setState({ sites: [status(tokyo)] }));
    await waitFor(() => expect(useNotices.getState().notices).toHaveLength(1));
    fails = false;
    act(() => useSites.setState({ sites: [status(tokyo)] }));
    await waitFor(() => expect(bridge.asked.filter(({ name }) => name === 'inventory.open')).toHaveLength(2));
  });
});

describe('the sites of the window', () => {
  test('are read, then followed', async () => {
    const bridge = prepareWindow({ statuses: [status(tokyo)] });
    useSites.setState({ loaded: false, sites: [] });
    stops.push(await openSites());
    expect(useSites.getState()).toMatchObject({ loaded: true, sites: [{ site: { id: tokyo } }] });
    bridge.emit('sites.changed', [status(osaka)]);
    expect(useSites.getState().sites.map(({ site }) => site.id)).toEqual([osaka]);
  });

  test('an event that overtakes the first answer is not undone by it', async () => {
    const bridge = prepareWindow({
      answers: {
        'sites.list': () => {
          bridge.emit('sites.changed', [status(osaka)]);
          return [status(tokyo)];
        },
      },
    });
    useSites.setState({ loaded: false, sites: [] });
    stops.push(await openSites());
    expect(useSites.getState().sites.map(({ site }) => site.id)).toEqual([osaka]);
  });
});
