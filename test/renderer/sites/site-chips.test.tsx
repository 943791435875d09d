import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { SiteChips } from '../../../renderer/features/sites/site-chips.tsx';
import { useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useNotices } from '../../../renderer/stores/notices.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import type { Site, SiteConnection } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { defaultSite } from '../../support/inventory-builders.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';

const pinned = Array.from({ length: 32 }, () => 'AA').join(':');

const open = (
  connection: SiteConnection,
  answers: WindowOptions['answers'] = {},
  facts: Partial<Site> = {},
  readAt?: number,
) => {
  const bridge = prepareWindow({ answers, sites: [aSiteStatus({ name: 'Tokyo', ...facts }, connection, readAt)] });
  show(<SiteChips />);
  return bridge;
};
const unreachable = { code: 'site-unreachable', data: { address: 'vc-tokyo', port: 443, reason: 'timeout' } } as const;
const openCard = () => userEvent.click(screen.getByRole('button', { name: /^Tokyo:/ }));

describe('a chip', () => {
  test.each([
    [{ kind: 'connected', since: 0 }, /^Tokyo: Connected · \d+ s ago$/],
    [{ kind: 'connecting' }, /^Tokyo: Connecting…$/],
    [{ kind: 'syncing', loaded: 312, total: 1_284 }, /^Tokyo: Reading 312 of 1,284$/],
    [{ kind: 'offline' }, /^Tokyo: Offline · /],
    [{ kind: 'failed', error: unreachable, retryAt: null }, /^Tokyo: Not connected/],
    [
      { kind: 'failed', error: { code: 'password-needed', data: { siteName: 'Tokyo' } }, retryAt: null },
      /^Tokyo: Password needed$/,
    ],
  ] as const satisfies readonly (readonly [SiteConnection, RegExp])[])(
    'says how the site stands: %o',
    (state, words) => {
      open(state);
      expect(screen.getByRole('button', { name: words })).toBeTruthy();
    },
  );

  test('says when the data of a connected site is old', () => {
    open({ kind: 'connected', since: 0 }, {}, {}, Date.now() - 26 * 60_000);
    expect(screen.getByRole('button', { name: 'Tokyo: Stale · 26 min ago' })).toBeTruthy();
  });

  test('more sites than there is room for share one', async () => {
    prepareWindow({ sites: ['a', 'b', 'c', 'd'].map((name) => aSiteStatus({ id: siteId(name), name })) });
    show(<SiteChips />);
    await userEvent.click(screen.getByRole('button', { name: '2 more' }));
    expect(await screen.findByRole('region', { name: 'd' })).toBeTruthy();
  });
});

describe('what can be done with a site', () => {
  test('a connected one: work offline, read anew', async () => {
    const bridge = open({ kind: 'connected', since: 0 }, { 'sites.disconnect': () => aSiteStatus() });
    await openCard();
    await userEvent.click(await screen.findByRole('button', { name: 'Read everything anew' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'inventory.refresh', payload: { site: defaultSite } });
    await openCard();
    await userEvent.click(await screen.findByRole('button', { name: 'Work offline' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'sites.disconnect', payload: { site: defaultSite } });
  });

  test('a failed one says cause and remedy, and can be connected again', async () => {
    const bridge = open({ kind: 'failed', error: unreachable, retryAt: Date.now() + 30_000 });
    await openCard();
    expect(await screen.findByText(/could not be reached: timeout/)).toBeTruthy();
    expect(screen.getByText(/Tries again by itself at/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Reconnect' }));
    expect(bridge.asked.at(-1)).toEqual({ name: 'sites.connect', payload: { site: defaultSite } });
  });

  test('one that needs a password leads to the dialog that asks for it', async () => {
    open(
      { kind: 'offline' },
      {
        'sites.connect': () => {
          throw new AppError('password-needed', { siteName: 'Tokyo' });
        },
      },
    );
    await openCard();
    await userEvent.click(await screen.findByRole('button', { name: 'Connect' }));
    await waitFor(() => expect(useDialogs.getState().open).toEqual({ kind: 'site', site: defaultSite }));
  });

  test('the test says whether the server answers, and with the pinned certificate', async () => {
    let fingerprint = pinned;
    const about = { product: 'VMware vCenter Server', version: '8.0.3', instanceId: 'i' };
    open(
      { kind: 'offline' },
      {
        'sites.probe': () => ({
          about,
          certificate: {
            subject: 'CN=vc',
            issuer: 'CN=ca',
            fingerprintSha256: fingerprint,
            fingerprintSha1: '',
            validFrom: 0,
            validTo: 1,
            subjectAltNames: [],
            trusted: false,
          },
        }),
      },
      { pinnedCertificate: pinned },
    );
    await openCard();
    await userEvent.click(await screen.findByRole('button', { name: 'Test the connection' }));
    expect(await screen.findByText('Its certificate is the pinned one.')).toBeTruthy();
    fingerprint = pinned.replaceAll('A', 'B');
    await userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
    expect(await screen.findByText('Its certificate is not the pinned one.')).toBeTruthy();
  });

  test('removing asks first and says what it means', async () => {
    const bridge = open({ kind: 'offline' }, { 'sites.remove': () => ({}) });
    await openCard();
    await userEvent.click(await screen.findByRole('button', { name: 'Remove…' }));
    const request = useDialogs.getState().open;
    if (request?.kind !== 'confirm') throw new Error('it did not ask');
    expect(request).toMatchObject({ title: 'Remove Tokyo?', act: 'Remove the site', danger: true });
    expect(bridge.asked).toEqual([]);
    request.onConfirm();
    await waitFor(() => expect(bridge.asked).toEqual([{ name: 'sites.remove', payload: { site: defaultSite } }]));
  });

  test('the lab is one click away, and a failure to open it is said', async () => {
    prepareWindow({
      sites: [],
      answers: {
        'sites.addLab': () => {
          throw new AppError('storage-locked', { file: 'journal.sqlite' });
        },
      },
    });
    show(<SiteChips />);
    await userEvent.click(screen.getByRole('button', { name: 'Add a site' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Open the demo lab' }));
    await waitFor(() => expect(useNotices.getState().notices.map((one) => one.error.code)).toEqual(['storage-locked']));
  });
});
