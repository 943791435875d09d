import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { createConsole, eventually, tellStory } from './console-window.ts';
import { takeForReadme } from './readme-picture.ts';
import { taskOf, waitForState } from './task-log.ts';
import { acknowledgeAll, anyDialog, dialogNamed, findListed, listed, row, select } from './tree-acts.ts';

/** What a vCenter says once to an import whose check was fine. */
const noRoom = {
  method: 'ImportVApp',
  fault: 'InsufficientResourcesFault',
  message: 'The available Memory resources in the parent resource pool are insufficient for the operation.',
  count: 1,
} as const;

/** Slow enough that a console dies in the middle of it. A lease that is left alone ends soon. */
const slow = { diskBytes: 8_000_000, bytesPerSecond: 400_000, leaseTimeoutSeconds: 10 } as const;

describeWithVcsim('a cold migration that does not go well, on a vCenter', () => {
  const subject = createConsole('cold-vcsim', {
    // Pictures of it are in the README: as it looks in the official runtime.
    env: { VM_CONSOLE_EVALUATION_RUNTIME: '0' },
  });
  const folder = join(subject.folder, 'evacuated');
  let vcsim: Vcsim;

  tellStory(subject);
  beforeAll(async () => {
    mkdirSync(folder);
    vcsim = await startVcsim({ vms: 40, datastores: 6 });
    await subject.open({ env: { VM_CONSOLE_TEST_FOLDER: folder } });
  });
  afterAll(() => vcsim.stop());

  const inFolder = (): readonly string[] => readdirSync(folder);
  const field = (name: string): Locator => subject.page().getByRole('textbox', { name, exact: true });
  const connected = (page: Page): Locator => page.getByRole('button', { name: /^vc-test: Connected/u });

  const migrate = async (vm: string, from: string, to: string): Promise<Locator> => {
    const page = subject.page();
    await select(page, from);
    await findListed(page, vm);
    await listed(page, vm).click();
    await page.keyboard.press('Control+m');
    const search = page.getByRole('combobox', { name: 'Search pools, clusters and hosts' });
    await search.fill(to);
    await page
      .getByRole('option', { name: new RegExp(`^${to}`, 'u') })
      .first()
      .click();
    const dialog = dialogNamed(page, `Migrate ${vm} to ${to}`);
    await dialog.waitFor();
    return dialog;
  };

  const choose = async (dialog: Locator, label: string, option: string): Promise<void> => {
    await dialog.getByRole('combobox', { name: label }).click();
    await subject.page().getByRole('option', { name: option }).click();
  };

  const start = async (dialog: Locator): Promise<void> => {
    await acknowledgeAll(dialog);
    await dialog.getByRole('button', { name: 'Start migration' }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  const recover = async (vm: string, language: Language = 'en'): Promise<Locator> => {
    const { recovery } = catalog[language];
    await taskOf(subject.page(), vm, language)
      .getByRole('button', { name: new RegExp(recovery.recoverTask('T-\\d+'), 'u') })
      .click();
    const dialog = dialogNamed(subject.page(), recovery.title(vm));
    await dialog.getByText(recovery.safety.safe(vm)).waitFor();
    return dialog;
  };

  /** Begins a recovery step that deletes something: the dialog asks once more. */
  const begin = async (dialog: Locator, verb: string, vm: string): Promise<void> => {
    await dialog.getByRole('button', { name: verb, exact: true }).click();
    await dialog.getByRole('alert').getByText(`For ${vm} this deletes for good:`).waitFor();
    await dialog.getByRole('button', { name: `${verb}: ${vm}` }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  /** From the site's card, as a person does who has just opened the console. */
  const connect = async (language: Language = 'en'): Promise<void> => {
    const page = subject.page();
    const { sites } = catalog[language];
    const chip = (state: string): Locator => page.getByRole('button', { name: new RegExp(`^vc-test: ${state}`, 'u') });
    await chip(sites.states.offline).click();
    await page
      .getByRole('region', { name: 'vc-test' })
      .getByRole('button', { name: sites.connect, exact: true })
      .click();
    const dialog = dialogNamed(page, sites.connectTo('vc-test'));
    await dialog.getByRole('textbox').fill(vcsim.password);
    await dialog.getByRole('button', { name: sites.connect, exact: true }).click();
    await chip(sites.states.connected).waitFor();
  };

  test('a vCenter and a folder', async () => {
    const page = subject.page();
    await page.getByRole('complementary', { name: 'Inventory' }).getByRole('button', { name: 'Add a site' }).click();
    await field('Address').fill(vcsim.address);
    await field('Port').fill(String(vcsim.port));
    await field('User').fill(vcsim.username);
    await field('Password').fill(vcsim.password);
    await field('Name in the console').fill('vc-test');
    const dialog = anyDialog(page);
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByRole('button', { name: 'Accept and pin this certificate' }).click();
    await connected(page).waitFor();
    await row(page, 'cluster-1').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Evacuation image folders…' }).click();
    await dialog.getByRole('button', { name: 'Add folder…' }).click();
    await dialog.getByRole('button', { name: 'Browse…' }).click();
    await eventually(() => dialog.getByRole('textbox', { name: 'Path of the folder' }).inputValue()).toBe(folder);
    await dialog.getByRole('button', { name: 'Add folder', exact: true }).click();
    await dialog.getByRole('meter').waitFor();
    await page.keyboard.press('Escape');
    await select(page, 'cluster-1');
    await subject.shoot('site');
  });

  test('deleted before the restore, and the restore fails: the image is what there is, and the row says so', async () => {
    const page = subject.page();
    const before = await vcsim.state('vm-0002');
    expect(before).toMatchObject({ pool: 'production-1', power: 'poweredOff' });
    const dialog = await migrate('vm-0002', 'production-1', 'development-2');
    await choose(dialog, 'Source of cold moves', 'Delete before restore');
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('delete-before-restore');
    await vcsim.control('/fault', noRoom);
    await start(dialog);
    await taskOf(page, 'vm-0002').getByRole('button', { name: 'Needs attention' }).click();
    await taskOf(page, 'vm-0002').getByText('safe: sealed image').waitFor();
    await subject.shoot('restore-failed');
    await expect(vcsim.state('vm-0002')).rejects.toThrow();
    expect(inFolder()).toHaveLength(1);
  });

  test('Recover… advises the original place, and there the VM is again, off', async () => {
    const page = subject.page();
    const dialog = await recover('vm-0002');
    await dialog.getByRole('radio', { name: /^Restore to the original place/u, checked: true }).waitFor();
    await dialog.getByRole('button', { name: 'Read it back now' }).click();
    await dialog.getByText('Read back: all of it matches.').waitFor();
    await takeForReadme(page, 'recovery-light-en');
    await begin(dialog, 'Restore', 'vm-0002');
    await waitForState(page, 'vm-0002', 'Cancelled');
    await taskOf(page, 'vm-0002').getByText('The VM is where it was.').waitFor();
    expect(await vcsim.state('vm-0002')).toMatchObject({ pool: 'production-1', power: 'poweredOff' });
    expect(inFolder()).toEqual([]);
    await subject.shoot('restored-to-origin');
  });

  test('kept until restored, the restore fails, and somebody uses it meanwhile: rolled back, it has its name and its place', async () => {
    const page = subject.page();
    const before = await vcsim.state('vm-0019');
    const dialog = await migrate('vm-0019', 'production-1', 'development-2');
    await vcsim.control('/fault', noRoom);
    await start(dialog);
    await taskOf(page, 'vm-0019').getByRole('button', { name: 'Needs attention' }).waitFor();
    expect(await vcsim.state('vm-0019 (parked T-2)')).toMatchObject({ ref: before.ref, power: 'poweredOff' });
    await subject.shoot('restore-failed-parked');
    await vcsim.control('/use', { vm: 'vm-0019 (parked T-2)' });
    const recovery = await recover('vm-0019');
    await recovery.getByText(catalog.en.recovery.sourceFacts.used).waitFor();
    await recovery.getByText(catalog.en.evacuation.obstacles['source-used']).first().waitFor();
    await recovery.getByRole('radio', { name: /^Roll back/u, checked: true }).waitFor();
    await subject.shoot('roll-back');
    await begin(recovery, 'Roll back', 'vm-0019');
    await waitForState(page, 'vm-0019', 'Cancelled');
    await subject.shoot('rolled-back');
    expect(await vcsim.state('vm-0019')).toEqual(before);
  });

  test('the console dies in the middle of an export, and resumes it', async () => {
    // Longer than a console takes to start again on a slow machine, so that the lease is seen to hold the VM.
    await vcsim.control('/transfers', { ...slow, leaseTimeoutSeconds: 20 });
    const before = await vcsim.state('vm-0010');
    const dialog = await migrate('vm-0010', 'production-2', 'development-1');
    await start(dialog);
    const disk = taskOf(subject.page(), 'vm-0010').getByRole('progressbar', { name: /ard disk|disk-0/u });
    await taskOf(subject.page(), 'vm-0010').getByRole('button', { name: 'Running', exact: true }).click();
    await eventually(async () => Number(await disk.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
    await subject.shoot('exporting');
    await subject.kill();
    await vcsim.control('/transfers', {});
    expect(await vcsim.state('vm-0010')).toEqual(before);
    expect(inFolder().join()).toContain('.partial');

    const page = await subject.open();
    await waitForState(page, 'vm-0010', 'Interrupted');
    await subject.shoot('died-exporting');
    await connect();
    await subject.shoot('died-exporting-connected');
    const recovery = await recover('vm-0010');
    await recovery.getByRole('radio', { name: /^Resume/u, checked: true }).waitFor();
    await subject.shoot('resume-export');
    // Nothing is deleted by that, so nothing is asked. The lease of the console that died holds the VM for some seconds.
    await recovery.getByRole('button', { name: 'Resume', exact: true }).click();
    await recovery.waitFor({ state: 'detached' });
    await waitForState(page, 'vm-0010', 'Running');
    await subject.shoot('lease-holds');
    await waitForState(page, 'vm-0010', 'Completed');
    await subject.shoot('resumed-export');
    expect(await vcsim.state('vm-0010')).toMatchObject({ pool: 'development-1', power: 'poweredOn' });
  });

  test('the console dies in the middle of a restore, and resumes it', async () => {
    // That is of leases begun afterwards: quick on the way out, slow on the way in.
    await vcsim.control('/transfers', { ...slow, bytesPerSecond: slow.bytesPerSecond * 4 });
    await start(await migrate('vm-0012', 'cluster-2', 'development-1'));
    await eventually(() => inFolder().join()).toMatch(/partial/u);
    await vcsim.control('/transfers', slow);
    await taskOf(subject.page(), 'vm-0012').getByRole('button', { name: 'Running', exact: true }).click();
    await taskOf(subject.page(), 'vm-0012')
      .getByText(/^Restore · /u)
      .waitFor();
    const disk = taskOf(subject.page(), 'vm-0012').getByRole('progressbar', { name: /ard disk|disk-0/u });
    await eventually(async () => Number(await disk.getAttribute('aria-valuenow'))).toBeGreaterThan(10);
    await subject.shoot('restoring');
    await subject.kill();
    await vcsim.control('/transfers', {});

    await subject.open({ language: 'ja', theme: 'dark' });
    await connect('ja');
    await recover('vm-0012', 'ja');
    await subject.shoot('resume-restore-dark-ja');
    const page = await subject.open();
    await waitForState(page, 'vm-0012', 'Interrupted');
    await connect();
    const recovery = await recover('vm-0012');
    await subject.shoot('resume-restore');
    await recovery.getByRole('radio', { name: /^Resume/u, checked: true }).waitFor();
    await begin(recovery, 'Resume', 'vm-0012');
    await waitForState(page, 'vm-0012', 'Completed');
    await subject.shoot('resumed-restore');
    expect(await vcsim.state('vm-0012')).toMatchObject({ pool: 'development-1', power: 'poweredOn' });
    expect(inFolder()).toEqual([]);
  });

  test('nobody complained all the while', () => {
    expect(subject.complaints()).toEqual([]);
  });
});
