import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';
import { createConsole, tellStory } from './console-window.ts';
import { anyDialog, findListed, listed, row, select } from './tree-acts.ts';

describe('the dialog of a cold migration', () => {
  const subject = createConsole('cold-dialog', { env: { VM_CONSOLE_LAB_SPEED: '2' } });
  tellStory(subject);
  beforeAll(async () => {
    await subject.open();
  });

  /** Chooses VMs that run and VMs that are stopped, and a pool for them all. */
  const prepare = async (page: Page, language: Language): Promise<void> => {
    await select(page, 'CL-PROD-01');
    for (const [at, vm] of ['web-03', 'report-01', 'scan-01'].entries()) {
      await findListed(page, vm);
      await listed(page, vm).click(at === 0 ? {} : { modifiers: ['Control'] });
    }
    await page.keyboard.press('Control+m');
    await page.getByRole('combobox', { name: catalog[language].migration.searchDestination }).fill('rp-staging');
    await page.keyboard.press('Enter');
  };

  test('asks for a folder, and shows its room once there is one', async () => {
    const page = subject.page();
    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await row(page, 'Lab VMware').waitFor();
    await prepare(page, 'en');
    const dialog = anyDialog(page);
    await dialog.getByText(/The evacuation image folder is not chosen/u).waitFor();
    await subject.shoot('no-folder');

    const folder = join(subject.folder, 'evacuated');
    mkdirSync(folder);
    await dialog.getByRole('button', { name: 'Add folder…' }).click();
    await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(folder);
    await subject.shoot('add-folder');
    await dialog.getByRole('button', { name: 'Add folder', exact: true }).click();
    await dialog.getByRole('meter', { name: `Room in ${folder}` }).waitFor();
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('cold-and-hot');
  });

  test('the method that needs no folder takes its questions away', async () => {
    const page = subject.page();
    const dialog = anyDialog(page);
    await dialog.getByRole('radio', { name: /^Direct/u }).click();
    await dialog.getByRole('meter').waitFor({ state: 'detached' });
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('direct');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('an evacuation alone asks for no destination', async () => {
    const page = subject.page();
    await listed(page, 'report-01').click();
    await page.getByRole('button', { name: 'Evacuate…' }).click();
    const dialog = anyDialog(page);
    await dialog.getByRole('heading', { name: /^Evacuate report-01/u }).waitFor();
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('evacuate');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('menuitem', { name: 'Evacuation image folders…' }).click();
    await anyDialog(page).getByRole('meter').waitFor();
    await subject.shoot('folders');
    await page.keyboard.press('Escape');
  });

  test('is there in Japanese and dark, with the folder that was set up', async () => {
    const page = await subject.open({ language: 'ja', theme: 'dark' });
    await row(page, 'Lab VMware').waitFor();
    await page.getByRole('button', { name: /^Lab VMware: 接続済み/u }).waitFor();
    await prepare(page, 'ja');
    await anyDialog(page).getByRole('meter').waitFor();
    await anyDialog(page)
      .getByText(/^チェック/u)
      .first()
      .waitFor();
    await subject.shoot('cold-and-hot-dark-ja');
  });

  test('nobody complained all the while', () => {
    expect(subject.complaints()).toEqual([]);
  });
});
