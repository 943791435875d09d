import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { SiteDialogs } from '../../../renderer/features/sites/site-dialogs.tsx';
import { openDialog, useDialogs } from '../../../renderer/stores/dialogs.ts';
import type { CertificateInfo } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { prepareWindow, promised, show, type WindowOptions } from '../../support/window-harness.tsx';

const fingerprint = Array.from({ length: 32 }, (_nothing, at) => at.toString(16).toUpperCase().padStart(2, '0')).join(
  ':',
);
const certificate: CertificateInfo = {
  subject: 'CN=vc-tokyo.example.test',
  issuer: 'CN=VMCA',
  fingerprintSha256: fingerprint,
  fingerprintSha1: 'AB:CD',
  validFrom: Date.parse('2025-01-01'),
  validTo: Date.parse('2035-01-01'),
  subjectAltNames: ['vc-tokyo.example.test'],
  trusted: false,
};
const about = { product: 'VMware vCenter Server', version: '8.0.3', instanceId: 'i' };

const open = (answers: WindowOptions['answers'] = {}, info: WindowOptions['info'] = {}) => {
  const bridge = prepareWindow({
    sites: [],
    info,
    answers: { 'sites.probe': () => ({ certificate, about }), 'sites.add': () => aSiteStatus(), ...answers },
  });
  openDialog({ kind: 'add-site' });
  show(<SiteDialogs />);
  return bridge;
};

const fill = async (facts: { address?: string; user?: string; password?: string } = {}) => {
  const type = async (label: string, text: string) => {
    const field = screen.getByLabelText(label);
    await userEvent.clear(field);
    await userEvent.click(field);
    await userEvent.paste(text);
  };
  await type('Address', facts.address ?? 'vc-tokyo');
  await type('User', facts.user ?? 'k.sato');
  await type('Password', facts.password ?? 'right');
};
const next = () => userEvent.click(screen.getByRole('button', { name: 'Next' }));
const accept = () => userEvent.click(screen.getByRole('button', { name: 'Accept and pin this certificate' }));
const asked = (bridge: ReturnType<typeof open>, name: string) => bridge.asked.filter((one) => one.name === name);
const typedIn = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;

describe('adding a site', () => {
  test('shows the certificate, sends the password only after it was accepted, and pins it', async () => {
    const bridge = open();
    await fill();
    await next();
    expect(await screen.findByRole('heading', { name: 'Is this the certificate of vc-tokyo?' })).toBeTruthy();
    expect(asked(bridge, 'sites.add')).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Back' }));
    expect(JSON.stringify(asked(bridge, 'sites.probe'))).not.toContain('right');
    expect(document.querySelector('.fingerprint')?.textContent?.split('\n')).toEqual([
      '00 01 02 03 04 05 06 07',
      '08 09 0A 0B 0C 0D 0E 0F',
      '10 11 12 13 14 15 16 17',
      '18 19 1A 1B 1C 1D 1E 1F',
    ]);
    expect(screen.getByText(/No authority this machine trusts/)).toBeTruthy();

    await accept();
    await waitFor(() => expect(useDialogs.getState().open).toBeNull());
    expect(asked(bridge, 'sites.add')[0]?.payload).toEqual({
      name: 'vc-tokyo',
      kind: 'vsphere',
      address: 'vc-tokyo',
      port: 443,
      userName: 'k.sato',
      password: 'right',
      rememberPassword: false,
      pinnedCertificate: fingerprint,
    });
  });

  test('says which fields are missing or wrong, each in its place', async () => {
    const bridge = open();
    await next();
    expect(screen.getByText(/Enter a host name or an IP address/)).toBeTruthy();
    expect(screen.getByText('Enter the user to log in with.')).toBeTruthy();
    expect(screen.getByText('Enter the password.')).toBeTruthy();
    await userEvent.clear(screen.getByLabelText('Port'));
    await userEvent.type(screen.getByLabelText('Port'), '70000');
    expect(screen.getByText('Enter a whole number from 1 to 65535.')).toBeTruthy();
    expect(screen.getByLabelText('Port').getAttribute('aria-invalid')).toBe('true');
    expect(asked(bridge, 'sites.probe')).toEqual([]);
  });

  test('takes a pasted URL apart', async () => {
    open();
    await userEvent.click(screen.getByLabelText('Address'));
    await userEvent.paste('https://vc-tokyo.example.test:8443/ui/');
    expect(typedIn('Address')).toBe('vc-tokyo.example.test');
    expect(typedIn('Port')).toBe('8443');
    expect(typedIn('Name in the console')).toBe('vc-tokyo.example.test');
  });

  test('a wrong password leads back to the fields with everything typed still there', async () => {
    open({
      'sites.add': () => {
        throw new AppError('login-refused', { address: 'vc-tokyo', userName: 'k.sato' });
      },
    });
    await fill({ password: 'wrong' });
    await next();
    await accept();
    expect(await screen.findByText('The site was not added')).toBeTruthy();
    expect(screen.getByText(/refused the log-in of k\.sato/)).toBeTruthy();
    expect([typedIn('Address'), typedIn('User'), typedIn('Password')]).toEqual(['vc-tokyo', 'k.sato', 'wrong']);
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
    expect(useDialogs.getState().open).not.toBeNull();
  });

  test.each([
    [
      new AppError('site-unreachable', { address: 'vc-tokyo', port: 443, reason: 'ECONNREFUSED' }),
      /could not be reached: the connection was refused/,
    ],
    [
      new AppError('not-a-management-server', { address: 'vc-tokyo', port: 443, answer: 'HTTP 404' }),
      /not a management server/,
    ],
    [
      new AppError('server-timeout', { address: 'vc-tokyo', operation: 'probe', afterMs: 10_000 }),
      /did not answer within 10 s/,
    ],
  ])('%s stays in the dialog', async (error, words) => {
    open({
      'sites.probe': () => {
        throw error;
      },
    });
    await fill();
    await next();
    expect(await screen.findByText(words)).toBeTruthy();
    expect(typedIn('Password')).toBe('right');
  });

  test('a name that is taken already is said where it can be changed', async () => {
    open({
      'sites.add': () => {
        throw new AppError('invalid-input', { issues: [{ path: 'name', message: 'already used by the site Tokyo' }] });
      },
    });
    await fill();
    await next();
    await accept();
    expect(await screen.findByText(/name already used by the site Tokyo/)).toBeTruthy();
    expect(screen.getByLabelText('Name in the console')).toBeTruthy();
  });

  test('waiting for a server can be stopped', async () => {
    const bridge = open({ 'sites.probe': () => promised<never>().promise });
    const cancel = vi.spyOn(bridge, 'cancel');
    await fill();
    await next();
    expect(screen.getByText('Contacting vc-tokyo…')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Stop' }));
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByText('Contacting vc-tokyo…')).toBeNull());
    expect(cancel).toHaveBeenCalledOnce();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(typedIn('Address')).toBe('vc-tokyo');
  });

  test('back from the certificate, nothing is lost and nothing was sent', async () => {
    const bridge = open();
    await fill();
    await next();
    await userEvent.click(await screen.findByRole('button', { name: 'Back' }));
    expect(typedIn('Password')).toBe('right');
    expect(asked(bridge, 'sites.add')).toEqual([]);
  });
});

describe('what is not offered', () => {
  test('SCVMM is listed, with the reason why it cannot be chosen', () => {
    open();
    expect(screen.getByRole('radio', { name: /SCVMM/ })).toHaveProperty('disabled', true);
    expect(screen.getByText(/not in this version yet/)).toBeTruthy();
  });

  test('without a keychain the password cannot be remembered, and it says why', () => {
    open({}, { keychain: false });
    expect(screen.getByRole('checkbox', { name: /keychain/ })).toHaveProperty('disabled', true);
    expect(screen.getByText(/offers no keychain/)).toBeTruthy();
  });
});
