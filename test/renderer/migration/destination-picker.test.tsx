import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { MigrationDialog } from '../../../renderer/features/migration/migration-dialog.tsx';
import { openDialog } from '../../../renderer/stores/dialogs.ts';
import { aHost, destinationOf } from '../../support/inventory-builders.ts';
import { changeInventory, prepareWindow, show } from '../../support/window-harness.tsx';
import { canStart, checks, infrastructure, open, pool, web } from './migration-scene.tsx';

const resting = aHost({ name: 'esx-13' });

describe('without a destination', () => {
  test('every pool is offered with its verdict; the one they are in is refused', async () => {
    const bridge = open({ destination: null });
    expect(screen.getByRole('heading', { name: 'Migrate web-01' })).toBeTruthy();
    expect(screen.getByText(/Choose a destination/)).toBeTruthy();
    expect(checks(bridge)).toEqual([]);
    const list = screen.getByRole('listbox', { name: 'Destination' });
    expect(
      within(list)
        .getByRole('option', { name: /rp-prod/ })
        .getAttribute('aria-disabled'),
    ).toBe('true');

    await userEvent.click(within(list).getByRole('option', { name: /rp-staging/ }));
    expect(await screen.findByRole('heading', { name: 'Migrate web-01 to rp-staging' })).toBeTruthy();
    await waitFor(() => expect(canStart()).toBe(true));
  });

  test('a host in maintenance mode is refused with the reason, until it is back', async () => {
    open({ destination: null });
    const option = () => screen.getByRole('option', { name: /esx-13/ });
    changeInventory([{ ...resting, inMaintenance: true }], []);
    await waitFor(() => expect(option().textContent).toContain('Not allowed'));
    expect(option().getAttribute('aria-disabled')).toBe('true');
    expect(option().textContent).toContain('esx-13: in maintenance mode');
    expect(option().title).toContain('esx-13: in maintenance mode');

    await userEvent.type(screen.getByRole('combobox', { name: /Search pools/ }), 'esx-13{Enter}');
    expect(screen.queryByRole('heading', { name: /to esx-13/ })).toBeNull();

    changeInventory([resting], []);
    await waitFor(() => expect(option().textContent).toContain('Allowed'));
    expect(option().getAttribute('aria-disabled')).toBe('false');
  });

  test('a pool without the network of a VM can be picked: the dialog lets another network be chosen', async () => {
    const adapters = [{ key: '4000', label: 'Network adapter 1', connected: true, networkName: 'net-elsewhere' }];
    open({ destination: null, vms: [{ ...web, adapters }] });
    await userEvent.click(screen.getByRole('option', { name: /rp-staging/ }));
    expect(await screen.findByRole('heading', { name: 'Migrate web-01 to rp-staging' })).toBeTruthy();
    expect(await screen.findByText(/net-elsewhere/)).toBeTruthy();
  });

  test('the arrow keys step over what is refused', async () => {
    open({ destination: null });
    changeInventory([{ ...resting, inMaintenance: true }], []);
    const active = () =>
      document.getElementById(screen.getByRole('combobox').getAttribute('aria-activedescendant') ?? '')?.textContent;
    await userEvent.click(screen.getByRole('combobox', { name: /Search pools/ }));
    const seen: unknown[] = [];
    for (let at = 0; at < 8; at += 1) {
      await userEvent.keyboard('{ArrowDown}');
      seen.push(active());
    }
    expect(seen.join()).toContain('rp-staging');
    expect(seen.join()).not.toMatch(/Not allowed|Current pool/);
    const last = seen.at(-1);
    await userEvent.keyboard('{ArrowUp}');
    expect(active()).not.toBe(last);
  });

  test('can be searched and picked with the keyboard alone', async () => {
    open({ destination: null });
    await userEvent.type(screen.getByRole('combobox', { name: /Search pools/ }), 'stag{Enter}');
    expect(await screen.findByRole('heading', { name: 'Migrate web-01 to rp-staging' })).toBeTruthy();
  });

  test('says when nothing has that name', async () => {
    open({ destination: null });
    await userEvent.type(screen.getByRole('combobox', { name: /Search pools/ }), 'nowhere');
    expect(await screen.findByText(/No pool, cluster or host has “nowhere”/)).toBeTruthy();
  });
});

test('all of it is there in Japanese', async () => {
  prepareWindow({ infrastructure, vms: [web], preferences: { language: 'ja', theme: 'dark' } });
  openDialog({ kind: 'migrate', vms: [web.id], destination: destinationOf(pool) });
  show(<MigrationDialog />);
  expect(screen.getByRole('heading', { name: /web-01 を rp-staging へ移動/ })).toBeTruthy();
  expect(screen.getByRole('button', { name: '移動を開始' })).toBeTruthy();
});
