import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../shared/messages/catalog.ts';
import { createConsole, eventually, tellStory } from './console-window.ts';
import { takeForReadme } from './readme-picture.ts';
import { taskOf, waitForState } from './task-log.ts';
import {
  acknowledgeAll,
  anyDialog,
  carryOver,
  closeRows,
  dialogNamed,
  findListed,
  letGo,
  listed,
  pickUp,
  row,
  rowSaying,
  select,
} from './tree-acts.ts';

describe('a stopped VM in the demo lab, by way of an image', () => {
  const subject = createConsole('cold', {
    // A picture of it is in the README: as it looks in the official runtime, as fast as the lab is for everybody.
    env: { VM_CONSOLE_LAB_SPEED: '1', VM_CONSOLE_EVALUATION_RUNTIME: '0' },
  });
  const folder = join(subject.folder, 'evacuated');
  tellStory(subject);
  beforeAll(async () => {
    mkdirSync(folder);
    await subject.open({ env: { VM_CONSOLE_TEST_FOLDER: folder } });
  });

  /** Images and half images that lie in the folder. */
  const inFolder = (): readonly string[] => readdirSync(folder);
  const image = (vm: string): Locator =>
    subject.page().getByRole('list', { name: 'Evacuation images' }).getByRole('listitem').filter({ hasText: vm });

  test('a folder is chosen in the system’s own chooser', async () => {
    const page = subject.page();
    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await row(page, 'Lab VMware').waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Evacuation image folders…' }).click();
    const dialog = anyDialog(page);
    await dialog.getByRole('button', { name: 'Add folder…' }).click();
    await dialog.getByRole('button', { name: 'Browse…' }).click();
    await eventually(() => dialog.getByRole('textbox', { name: 'Path of the folder' }).inputValue()).toBe(folder);
    await dialog.getByRole('textbox', { name: 'Never use the last (GB)' }).fill('1');
    await dialog.getByRole('button', { name: 'Add folder', exact: true }).click();
    await dialog.getByRole('meter', { name: `Room in ${folder}` }).waitFor();
    await subject.shoot('folder');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('dragged to another pool, the dialog shows its room', async () => {
    const page = subject.page();
    await closeRows(page, 'Branches', 'HVCL01', 'Tokyo', 'OSA-1');
    await select(page, 'CL-PROD-01');
    await findListed(page, 'payroll-01');
    await pickUp(page, listed(page, 'payroll-01'));
    await carryOver(page, row(page, 'rp-staging'));
    await rowSaying(page, 'rp-staging', /Allowed|warning/u).waitFor();
    await subject.shoot('dragged');
    await letGo(page);
    const dialog = dialogNamed(page, 'Migrate payroll-01 to rp-staging');
    await dialog.getByRole('meter', { name: `Room in ${folder}` }).waitFor();
    await dialog.getByText('Fits', { exact: true }).waitFor();
    await dialog.getByText(/^Checked/u).waitFor();
    await takeForReadme(page, 'cold-light-en');
    await acknowledgeAll(dialog);
    await dialog.getByText('Ready to start 1 cold migration.').waitFor();
    expect(inFolder()).toEqual([]);
    await dialog.getByRole('button', { name: 'Start migration' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('its steps and the bytes of each disk are told while it is under way', async () => {
    const page = subject.page();
    await taskOf(page, 'payroll-01').getByRole('button', { name: 'Running', exact: true }).click();
    await taskOf(page, 'payroll-01').getByText('Export · ').waitFor();
    await taskOf(page, 'payroll-01')
      .getByRole('progressbar', { name: /Hard disk 1/u })
      .waitFor();
    await eventually(() => inFolder().join()).toMatch(/payroll-01/u);
    await subject.shoot('running');
    await waitForState(page, 'payroll-01', 'Completed');
    await subject.shoot('completed');
  });

  test('then it is in the new pool and on, and nothing is left in the folder', async () => {
    const page = subject.page();
    await select(page, 'rp-staging');
    await findListed(page, 'payroll-01');
    await listed(page, 'payroll-01')
      .getByText('Powered on')
      .or(listed(page, 'payroll-01').getByText('On', { exact: true }))
      .first()
      .waitFor();
    await subject.shoot('arrived');
    expect(inFolder()).toEqual([]);
  });

  test('evacuated alone from the Action menu, it is parked beside its image', async () => {
    const page = subject.page();
    await select(page, 'CL-PROD-01');
    await findListed(page, 'report-01');
    await listed(page, 'report-01').click();
    await page.getByRole('button', { name: 'Action' }).click();
    await subject.shoot('action-menu');
    await page.getByRole('menuitem', { name: /^Evacuate…/u }).click();
    const dialog = dialogNamed(page, /^Evacuate report-01/u);
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('evacuate');
    await acknowledgeAll(dialog);
    await dialog.getByRole('button', { name: 'Start evacuation' }).click();
    await waitForState(page, 'report-01', 'Completed');
    await taskOf(page, 'report-01').getByText('evacuated into the image report-01-T-2').waitFor();
    await subject.shoot('evacuated');
    await findListed(page, 'report-01 (parked T-2)');
    await subject.shoot('parked');
  });

  test('its image is in the view of images, and all of it matches its manifest', async () => {
    const page = subject.page();
    await page.getByRole('button', { name: 'Restore…' }).click();
    await image('report-01').getByText('Sealed').waitFor();
    await subject.shoot('images');
    await image('report-01').getByRole('button', { name: 'Verify the image of report-01' }).click();
    await image('report-01')
      .getByText(/^All of it matches its manifest/u)
      .waitFor();
    await image('report-01')
      .getByRole('button', { name: /^Details of/u })
      .click();
    await subject.shoot('verified');
  });

  test('it is restored elsewhere from there', async () => {
    const page = subject.page();
    await image('report-01').getByRole('button', { name: 'Restore report-01' }).click();
    const search = page.getByRole('combobox', { name: 'Search pools, clusters and hosts' });
    await subject.shoot('restore-where');
    await search.fill('rp-staging');
    await page.getByRole('option', { name: /^rp-staging/u }).click();
    const dialog = dialogNamed(page, /^Restore report-01 to rp-staging/u);
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('restore');
    await acknowledgeAll(dialog);
    await dialog.getByRole('button', { name: 'Start restore' }).click();
    await waitForState(page, 'report-01', 'Completed');
    await taskOf(page, 'report-01').getByRole('button', { name: '1 thing to do' }).waitFor();
    await select(page, 'rp-staging');
    await findListed(page, 'report-01');
    await subject.shoot('restored');
    await taskOf(page, 'report-01').getByRole('button', { name: '1 thing to do' }).click();
    const details = anyDialog(page);
    await details.getByText(/^Mount .*rhel-9.4-x86_64-dvd.iso/u).waitFor();
    await subject.shoot('restored-details');
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
    expect(inFolder()).toEqual([]);
  });

  test('all of that is there in Japanese and dark', async () => {
    const { coldMigration, images, shell } = catalog.ja;
    const page = await subject.open({ language: 'ja', theme: 'dark' });
    await page.getByRole('button', { name: /^Lab VMware: 接続済み/u }).waitFor();
    await select(page, 'CL-PROD-01');
    await findListed(page, 'report-01');
    await listed(page, 'report-01').click();
    await page.getByRole('button', { name: shell.evacuate }).click();
    const dialog = anyDialog(page);
    await dialog.getByRole('meter', { name: coldMigration.space(folder) }).waitFor();
    await dialog.getByText(/^チェック \d/u).waitFor();
    await subject.shoot('evacuate-dark-ja');
    await acknowledgeAll(dialog, 'ja');
    await dialog.getByRole('button', { name: coldMigration.startEvacuation }).click();
    await taskOf(page, 'report-01', 'ja').getByRole('button', { expanded: false }).first().click();
    await taskOf(page, 'report-01', 'ja').getByRole('progressbar').nth(1).waitFor();
    await subject.shoot('evacuating-dark-ja');
    await waitForState(page, 'report-01', '完了', 'ja');
    await page.getByRole('button', { name: shell.restore }).click();
    const line = page
      .getByRole('list', { name: images.heading })
      .getByRole('listitem')
      .filter({ hasText: 'report-01' });
    await line.getByRole('button', { name: images.verifyImage('report-01') }).click();
    await line.getByRole('status').waitFor();
    await page.getByRole('button', { name: images.findLost }).click();
    await page.getByText(images.noneLost).waitFor();
    await subject.shoot('images-dark-ja');
  });

  test('nobody complained all the while', () => {
    expect(subject.complaints()).toEqual([]);
  });
});
