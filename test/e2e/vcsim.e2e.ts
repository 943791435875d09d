import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { createConsole, eventually, tellStory } from './console-window.ts';
import { progressOf, taskOf, waitForState } from './task-log.ts';
import {
  acknowledgeAll,
  bringIntoSight,
  carryOver,
  closeRows,
  dialogNamed,
  findListed,
  giveUp,
  letGo,
  listed,
  openRows,
  pickUp,
  row,
  rowSaying,
  select,
} from './tree-acts.ts';

/** As the window shows a fingerprint: eight bytes a line. */
const inLines = (fingerprint: string): string => {
  const bytes = fingerprint.split(':');
  return [0, 8, 16, 24].map((from) => bytes.slice(from, from + 8).join(' ')).join('\n');
};

/** The site's state in the toolbar; opens what can be done with it. */
const chip = (page: Page, state: RegExp): Locator => page.getByRole('button', { name: state });

describeWithVcsim('a vCenter, from its address to its last word', () => {
  const subject = createConsole('vcsim');
  let vcsim: Vcsim;
  let stranger: Server;

  tellStory(subject);
  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 300, datastores: 6 });
    stranger = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    await subject.open();
  });
  afterAll(async () => {
    stranger.close();
    await vcsim.stop();
  });

  /** Drags a VM from the list of its pool onto another place and opens the dialog. */
  const drag = async (vm: string, from: string, to: string): Promise<Locator> => {
    const page = subject.page();
    await select(page, from);
    await findListed(page, vm);
    // That a task has ended and that its VM is free again are told one after the other.
    await eventually(async () => {
      await pickUp(page, listed(page, vm));
      await carryOver(page, row(page, to));
      if ((await rowSaying(page, to, 'Not allowed').count()) === 0) return 'taken';
      await giveUp(page);
      return 'refused';
    }).toBe('taken');
    await letGo(page);
    const dialog = dialogNamed(page, `Migrate ${vm} to ${to}`);
    await dialog.waitFor();
    return dialog;
  };

  const start = async (dialog: Locator): Promise<void> => {
    await acknowledgeAll(dialog);
    await dialog.getByRole('button', { name: 'Start migration' }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  /** From the site's card, as a person does who has just opened the console. */
  const connect = async (password: string): Promise<void> => {
    const page = subject.page();
    await chip(page, /^vc-test: Offline/u).click();
    await page.getByRole('region', { name: 'vc-test' }).getByRole('button', { name: 'Connect', exact: true }).click();
    const dialog = dialogNamed(page, 'Connect vc-test');
    await dialog.getByRole('textbox').fill(password);
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  };

  const form = (name: string): Locator => subject.page().getByRole('textbox', { name, exact: true });
  const addSite = (): Locator => dialogNamed(subject.page(), /./u);

  test('an address where nothing answers is told apart from one where something else does', async () => {
    const page = subject.page();
    await page.getByRole('complementary', { name: 'Inventory' }).getByRole('button', { name: 'Add a site' }).click();
    await form('Address').fill(vcsim.address);
    await form('User').fill(vcsim.username);
    await form('Password').fill('not the password');
    await form('Name in the console').fill('vc-test');

    await form('Port').fill('1');
    await addSite().getByRole('button', { name: 'Next' }).click();
    await addSite().getByText(`${vcsim.address}, port 1, could not be reached`).waitFor();
    await addSite().getByText('Check the address and the port.').waitFor();
    await subject.shoot('site-unreachable');

    await form('Port').fill(String((stranger.address() as AddressInfo).port));
    await addSite().getByRole('button', { name: 'Next' }).click();
    await addSite().getByText('it is not a management server').waitFor();
    await subject.shoot('site-something-else');
  });

  test('its certificate is shown with the fingerprint the server printed', async () => {
    await form('Port').fill(String(vcsim.port));
    await addSite().getByRole('button', { name: 'Next' }).click();
    await addSite().getByText(inLines(vcsim.fingerprint)).waitFor();
    await subject.shoot('certificate');
  });

  test('a wrong password is said, and nothing typed is lost', async () => {
    await addSite().getByRole('button', { name: 'Accept and pin this certificate' }).click();
    await addSite().getByText('The site was not added').waitFor();
    await addSite().getByText('refused the log-in').waitFor();
    expect(await form('Address').inputValue()).toBe(vcsim.address);
    expect(await form('Port').inputValue()).toBe(String(vcsim.port));
    expect(await form('User').inputValue()).toBe(vcsim.username);
    expect(await form('Name in the console').inputValue()).toBe('vc-test');
    await subject.shoot('wrong-password');
  });

  test('with the right password its tree comes: clusters, pools in pools, vApps', async () => {
    const page = subject.page();
    await form('Password').fill(vcsim.password);
    await addSite().getByRole('button', { name: 'Next' }).click();
    await addSite().getByText(inLines(vcsim.fingerprint)).waitFor();
    await addSite().getByRole('button', { name: 'Accept and pin this certificate' }).click();
    await chip(page, /^vc-test: Connected/u).waitFor();
    await row(page, 'cluster-1').waitFor();
    for (const place of ['development-1', 'production-1', 'vapp-1-1', 'cluster-2', 'esx-alone-1.example'])
      await bringIntoSight(page, place);
    await openRows(page, 'production-1');
    await row(page, 'production-1-a').waitFor();
    await subject.shoot('tree');
    await closeRows(page, 'production-1');
    expect(await page.getByText('300 VMs').isVisible()).toBe(true);
  });

  test('a running VM is dragged to another pool, and the server says itself that it is there', async () => {
    const page = subject.page();
    await vcsim.control('/relocate', { mode: 'manual' });
    expect(await vcsim.state('vm-0005')).toMatchObject({ pool: 'development-1', power: 'poweredOn' });
    const dialog = await drag('vm-0005', 'development-1', 'production-1');
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('dialog');
    expect(await vcsim.state('vm-0005')).toMatchObject({ pool: 'development-1', moving: false });
    await start(dialog);

    await eventually(() => vcsim.state('vm-0005')).toMatchObject({ moving: true });
    await vcsim.control('/relocate/step', { vm: 'vm-0005', percent: 40 });
    await eventually(() => progressOf(page, 'vm-0005').getAttribute('aria-valuenow')).toBe('40');
    await subject.shoot('running');
    await vcsim.control('/relocate/step', { vm: 'vm-0005', finish: true });
    await waitForState(page, 'vm-0005', 'Completed');
    await select(page, 'production-1');
    await findListed(page, 'vm-0005');
    await subject.shoot('completed');

    const { poolRef, ...place } = await vcsim.state('vm-0005');
    expect(place).toMatchObject({ pool: 'production-1', moving: false });
    expect(JSON.stringify(await vcsim.govc('object.collect', 'vm/vm-0005', 'resourcePool'))).toContain(poolRef);
  });

  test('a vApp takes a VM just so', async () => {
    const page = subject.page();
    await start(await drag('vm-0005', 'production-1', 'vapp-1-1'));
    await waitForState(page, 'vm-0005', 'Completed');
    await eventually(() => vcsim.state('vm-0005')).toMatchObject({ vApp: 'vapp-1-1' });
  });

  test('what others change on the server shows at once', async () => {
    const page = subject.page();
    await select(page, 'vapp-1-1');
    await findListed(page, 'vm-0005');
    await vcsim.control('/rename', { vm: 'vm-0005', name: 'crm-frontend' });
    await findListed(page, 'crm-frontend');
    await vcsim.control('/move-by-someone-else', { vm: 'crm-frontend', pool: 'development-1' });
    await listed(page, 'crm-frontend').waitFor({ state: 'detached' });
    await select(page, 'development-1');
    await findListed(page, 'crm-frontend');
  });

  test('a session that ends in the middle of a move is renewed, and the move goes on', async () => {
    const page = subject.page();
    await start(await drag('crm-frontend', 'development-1', 'production-1'));
    await eventually(() => vcsim.state('crm-frontend')).toMatchObject({ moving: true });
    await vcsim.control('/relocate/step', { vm: 'crm-frontend', percent: 20 });
    await eventually(() => progressOf(page, 'crm-frontend').getAttribute('aria-valuenow')).toBe('20');
    await vcsim.control('/sessions/expire', {});
    await vcsim.control('/relocate/step', { vm: 'crm-frontend', percent: 60 });
    await eventually(() => progressOf(page, 'crm-frontend').getAttribute('aria-valuenow')).toBe('60');
    await vcsim.control('/relocate/step', { vm: 'crm-frontend', finish: true });
    await waitForState(page, 'crm-frontend', 'Completed');
    await chip(page, /^vc-test: Connected/u).waitFor();
    expect(await vcsim.state('crm-frontend')).toMatchObject({ pool: 'production-1' });
  });

  test('a VM that somebody destroys in the middle of a move ends it with a clear error', async () => {
    const page = subject.page();
    await start(await drag('crm-frontend', 'production-1', 'development-1'));
    await eventually(() => vcsim.state('crm-frontend')).toMatchObject({ moving: true });
    await vcsim.control('/destroy', { vm: 'crm-frontend' });
    await vcsim.control('/relocate/step', { finish: true });
    await taskOf(page, 'crm-frontend').getByRole('button', { name: 'Needs attention' }).click();
    await taskOf(page, 'crm-frontend').getByText('crm-frontend no longer exists on the platform.').last().waitFor();
    await taskOf(page, 'crm-frontend').getByText('See in the platform’s own console who removed').waitFor();
    await subject.shoot('destroyed');
  });

  test('a server that dies in the middle of a move leaves the outcome unknown until it is back', async () => {
    const page = subject.page();
    await start(await drag('vm-0022', 'development-1', 'production-1'));
    await eventually(() => vcsim.state('vm-0022')).toMatchObject({ moving: true });
    await vcsim.kill();
    await waitForState(page, 'vm-0022', 'Outcome unknown');
    await chip(page, /^vc-test: Not connected/u).waitFor();
    await subject.shoot('server-died');
    await chip(page, /^vc-test: Not connected/u).click();
    await subject.shoot('server-died-card');
    await page.keyboard.press('Escape');
    await vcsim.restart();
    await chip(page, /^vc-test: Connected/u).waitFor();
    // The simulator came back with everything where it was at first, so the move never happened.
    await waitForState(page, 'vm-0022', 'Failed');
    await subject.shoot('server-back');
    await taskOf(page, 'vm-0022')
      .getByRole('button', { name: /^Details of T-/u })
      .click();
    const dialog = dialogNamed(page, /^T-\d+: vm-0022$/u);
    await dialog.getByText('Found out later: the VM is where it was').waitFor();
    await dialog.getByText('The VM is in development-1').waitFor();
    await subject.shoot('server-back-details');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await vcsim.state('vm-0022')).toMatchObject({ pool: 'development-1' });
  });

  test('a console that dies in the middle of a move finds out what became of it', async () => {
    await vcsim.control('/relocate', { mode: 'manual' });
    await start(await drag('vm-0022', 'development-1', 'production-1'));
    await eventually(() => vcsim.state('vm-0022')).toMatchObject({ moving: true });
    await vcsim.control('/relocate/step', { vm: 'vm-0022', percent: 30 });
    await eventually(() => progressOf(subject.page(), 'vm-0022').getAttribute('aria-valuenow')).toBe('30');
    await subject.kill();

    const page = await subject.open();
    await waitForState(page, 'vm-0022', 'Interrupted');
    await taskOf(page, 'vm-0022').getByText('The console stopped while it ran').waitFor();
    await subject.shoot('console-died');
    await connect(vcsim.password);
    await waitForState(page, 'vm-0022', 'Running');
    await vcsim.control('/relocate/step', { vm: 'vm-0022', finish: true });
    await waitForState(page, 'vm-0022', 'Completed');
    expect(await vcsim.state('vm-0022')).toMatchObject({ pool: 'production-1' });
  });

  test('opened again without its server, the console shows what it knows, how old that is, and what to do', async () => {
    await subject.close();
    await vcsim.kill();
    const page = await subject.open();
    await chip(page, /^vc-test: Offline · /u).waitFor();
    await rowSaying(page, 'vc-test', /, Offline, data of /u).waitFor();
    await select(page, 'production-1');
    await findListed(page, 'vm-0022');
    await subject.shoot('opened-without-server');
    await chip(page, /^vc-test: Offline · /u).click();
    await subject.shoot('site-card-offline');
    await page.keyboard.press('Escape');
    await connect(vcsim.password);
    const dialog = dialogNamed(page, 'Connect vc-test');
    await dialog.getByText('could not be reached').waitFor();
    await dialog.getByText('See whether the server runs and whether a firewall is in the way.').waitFor();
    await subject.shoot('connect-unreachable');
  });

  test('a server with another certificate gets nothing before a person has compared it', async () => {
    const page = subject.page();
    const before = vcsim.fingerprint;
    await vcsim.restart({ newCertificate: true });
    expect(vcsim.fingerprint).not.toBe(before);
    await dialogNamed(page, 'Connect vc-test').getByRole('button', { name: 'Connect', exact: true }).click();
    const dialog = dialogNamed(page, 'The certificate of vc-test has changed');
    await dialog.getByText(inLines(before)).waitFor();
    await dialog.getByText(inLines(vcsim.fingerprint)).waitFor();
    await subject.shoot('certificate-changed');
    const accept = dialog.getByRole('button', { name: 'Pin the new certificate' });
    expect(await accept.isDisabled()).toBe(true);
    await dialog
      .getByRole('button', { name: 'Keep the old one and stay offline' })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await chip(page, /^vc-test: Certificate changed/u).click();
    await subject.shoot('certificate-changed-card');
    await page.getByRole('button', { name: 'Look at the new certificate…' }).click();
    await dialog.getByRole('checkbox').check();
    expect(await vcsim.control('/calls')).not.toHaveProperty('Login');
    await accept.click();
    const password = dialogNamed(page, 'Connect vc-test');
    await password.getByRole('textbox').fill(vcsim.password);
    await password.getByRole('button', { name: 'Connect', exact: true }).click();
    await chip(page, /^vc-test: Connected/u).waitFor();
    expect(await vcsim.control('/calls')).toHaveProperty('Login');
  });

  test('the password is in no file', async () => {
    await subject.close();
    const files = readdirSync(subject.folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThan(0);
    const leaks = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(vcsim.password));
    expect(leaks).toEqual([]);
  });

  test('nobody complained all the while', () => {
    expect(subject.complaints()).toEqual([]);
  });
});
