import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { SiteDialogs } from '../../../renderer/features/sites/site-dialogs.tsx';
import { openDialog, useDialogs } from '../../../renderer/stores/dialogs.ts';
import { useSites } from '../../../renderer/stores/sites.ts';
import type { CertificateInfo, SiteConnection } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { defaultSite } from '../../support/inventory-builders.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';

const of = (byte: string): string => Array.from({ length: 32 }, () => byte).join(':');
const renewed: CertificateInfo = {
  subject: 'CN=vc-tokyo',
  issuer: 'CN=VMCA',
  fingerprintSha256: of('BB'),
  fingerprintSha1: 'AB:CD',
  validFrom: 0,
  validTo: 1,
  subjectAltNames: [],
  trusted: false,
};
const changed = { address: 'vc-tokyo', pinned: of('AA'), certificate: renewed };

const open = (connection: SiteConnection, answers: WindowOptions['answers'] = {}) => {
  const bridge = prepareWindow({
    sites: [aSiteStatus({ name: 'Tokyo', address: 'vc-tokyo', pinnedCertificate: of('AA') }, connection)],
    answers: { 'sites.connect': () => aSiteStatus(), 'sites.acceptCertificate': () => aSiteStatus(), ...answers },
  });
  openDialog({ kind: 'site', site: defaultSite });
  show(<SiteDialogs />);
  return bridge;
};
const names = (bridge: ReturnType<typeof open>) => bridge.asked.map((one) => one.name);
const password = () => screen.getByLabelText(/^Password of/);

describe('a site that needs a password', () => {
  test('is connected with the one that is typed, kept only if the person says so', async () => {
    const bridge = open({ kind: 'offline' });
    expect(screen.getByRole('heading', { name: 'Connect Tokyo' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Connect' })).toHaveProperty('disabled', true);
    await userEvent.type(password(), 'secret{Enter}');
    await waitFor(() => expect(useDialogs.getState().open).toBeNull());
    expect(bridge.asked).toEqual([
      { name: 'sites.connect', payload: { site: defaultSite, password: 'secret', rememberPassword: false } },
    ]);
  });

  test('a wrong one stays in the field with what went wrong', async () => {
    open(
      { kind: 'offline' },
      {
        'sites.connect': () => {
          throw new AppError('login-refused', { address: 'vc-tokyo', userName: 'operator@example.test' });
        },
      },
    );
    await userEvent.type(password(), 'wrong{Enter}');
    expect(await screen.findByText('Tokyo could not be connected')).toBeTruthy();
    expect(password()).toHaveProperty('value', 'wrong');
    await userEvent.click(screen.getByRole('checkbox', { name: /keychain/ }));
    expect(screen.getByRole('button', { name: 'Connect' })).toHaveProperty('disabled', false);
  });

  test('whose certificate turns out to have changed shows that instead', async () => {
    open(
      { kind: 'offline' },
      {
        'sites.connect': () => {
          throw new AppError('certificate-changed', changed);
        },
      },
    );
    await userEvent.type(password(), 'secret{Enter}');
    expect(await screen.findByRole('heading', { name: 'The certificate of Tokyo has changed' })).toBeTruthy();
  });
});

describe('a changed certificate', () => {
  const failed: SiteConnection = {
    kind: 'failed',
    error: { code: 'certificate-changed', data: changed },
    retryAt: null,
  };

  test('that is told a moment after the dialog opened because of it is shown too', async () => {
    open({ kind: 'connecting' });
    expect(screen.getByRole('heading', { name: 'Connect Tokyo' })).toBeTruthy();
    const site = { name: 'Tokyo', address: 'vc-tokyo', pinnedCertificate: of('AA') };
    act(() => useSites.setState({ sites: [aSiteStatus(site, failed)] }));
    expect(await screen.findByRole('heading', { name: 'The certificate of Tokyo has changed' })).toBeTruthy();
  });

  test('another one than the person compared has to be compared again', async () => {
    open(failed);
    await userEvent.click(screen.getByRole('checkbox', { name: /I compared/ }));
    const site = { name: 'Tokyo', address: 'vc-tokyo', pinnedCertificate: of('AA') };
    const again = { ...renewed, fingerprintSha256: of('CC') };
    const another: SiteConnection = {
      ...failed,
      error: { code: 'certificate-changed', data: { ...changed, certificate: again } },
    };
    act(() => useSites.setState({ sites: [aSiteStatus(site, another)] }));
    expect(await screen.findByText(/^CC CC/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Pin the new certificate' })).toHaveProperty('disabled', true);
  });

  test('shows both fingerprints; keeping the old one is the default', async () => {
    const bridge = open(failed);
    const fingerprints = [...document.querySelectorAll('.fingerprint')].map((one) => one.textContent?.slice(0, 5));
    expect(fingerprints).toEqual(['AA AA', 'BB BB']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Keep the old one and stay offline' }));
    expect(screen.getByText('expired')).toBeTruthy();
    await userEvent.keyboard('{Enter}');
    expect(useDialogs.getState().open).toBeNull();
    expect(names(bridge)).toEqual([]);
  });

  test('is pinned only after the person said to have compared it, then the site is connected', async () => {
    const bridge = open(failed);
    const pin = screen.getByRole('button', { name: 'Pin the new certificate' });
    expect(pin).toHaveProperty('disabled', true);
    await userEvent.click(screen.getByRole('checkbox', { name: /I compared/ }));
    await userEvent.click(pin);
    await waitFor(() => expect(useDialogs.getState().open).toBeNull());
    expect(bridge.asked[0]).toEqual({
      name: 'sites.acceptCertificate',
      payload: { site: defaultSite, fingerprint: of('BB') },
    });
    expect(names(bridge)).toEqual(['sites.acceptCertificate', 'sites.connect']);
  });

  test('after which a password is needed, it asks for that', async () => {
    open(failed, {
      'sites.connect': () => {
        throw new AppError('password-needed', { siteName: 'Tokyo' });
      },
    });
    await userEvent.click(screen.getByRole('checkbox', { name: /I compared/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Pin the new certificate' }));
    expect(await screen.findByLabelText(/^Password of/)).toBeTruthy();
    expect(screen.queryByText('Tokyo could not be connected')).toBeNull();
  });

  test('that cannot be pinned says why', async () => {
    open(failed, {
      'sites.acceptCertificate': () => {
        throw new AppError('storage-locked', { file: 'journal.sqlite' });
      },
    });
    await userEvent.click(screen.getByRole('checkbox', { name: /I compared/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Pin the new certificate' }));
    expect(await screen.findByText(/in use by another process/)).toBeTruthy();
  });
});
