import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { MigrationDialog } from '../../../renderer/features/migration/migration-dialog.tsx';
import { openDialog } from '../../../renderer/stores/dialogs.ts';
import { destinationOf } from '../../support/inventory-builders.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';
import { canStart, checks, infrastructure, open, pool, web } from './migration-scene.tsx';

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
