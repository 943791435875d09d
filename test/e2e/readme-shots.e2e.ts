import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, test } from 'vitest';
import { catalog } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';
import { createConsole, eventually, tellStory } from './console-window.ts';
import { takeForReadme } from './readme-picture.ts';
import { progressOf, waitForState } from './task-log.ts';
import {
  carryOver,
  closeRows,
  dialogNamed,
  dropReason,
  findListed,
  giveUp,
  letGo,
  listed,
  openRows,
  pickUp,
  row,
  select,
} from './tree-acts.ts';

describe('the pictures of the README', () => {
  const subject = createConsole('readme-story', {
    // As it looks in the official runtime; as fast as the lab is for everybody.
    env: { VM_CONSOLE_LAB_SPEED: '1', VM_CONSOLE_EVALUATION_RUNTIME: '0' },
  });
  tellStory(subject);
  beforeAll(async () => {
    await subject.open();
  });

  const take = (name: string): Promise<void> => takeForReadme(subject.page(), name);

  /** Chooses VMs in the list at the right, which shows a place with all that is below it. */
  const choose = async (page: Page, ...vms: readonly string[]): Promise<void> => {
    for (const [at, vm] of vms.entries()) {
      await findListed(page, vm);
      await listed(page, vm).click(at === 0 ? {} : { modifiers: ['Control'] });
    }
  };

  const prepare = async (page: Page, to: string, language: Language): Promise<Locator> => {
    await page.keyboard.press('Control+m');
    const { searchDestination } = catalog[language].migration;
    await page.getByRole('combobox', { name: searchDestination }).fill(to);
    await page.keyboard.press('Enter');
    return dialogNamed(page, /./u);
  };

  const startNow = async (page: Page, dialog: Locator, language: Language): Promise<void> => {
    await dialog.getByRole('button', { name: catalog[language].migration.startMigration }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tree').waitFor();
  };

  const openTree = async (page: Page, ...closed: readonly string[]): Promise<void> => {
    await row(page, 'Lab VMware').waitFor();
    await closeRows(page, 'Branches', 'Tokyo', 'OSA-1', ...closed);
    await openRows(page, 'rp-prod');
  };

  test('the dialog with its precautions', async () => {
    const page = subject.page();
    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await openTree(page, 'HVCL01');
    await select(page, 'CL-PROD-01');
    await choose(page, 'web-03', 'web-04', 'scan-01', 'report-01');
    const dialog = await prepare(page, 'rp-staging', 'en');
    await dialog.getByText(/^Checked/u).waitFor();
    await take('dialog-light-en');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('a drag, while tasks are under way', async () => {
    const page = subject.page();
    await select(page, 'rp-web');
    await choose(page, 'web-05');
    await startNow(page, await prepare(page, 'rp-app', 'en'), 'en');
    await waitForState(page, 'web-05', 'Completed');
    await choose(page, 'web-06', 'web-07', 'web-08');
    await startNow(page, await prepare(page, 'rp-staging', 'en'), 'en');
    await waitForState(page, 'web-06', 'Running');

    await choose(page, 'web-01', 'web-02', 'web-03');
    await pickUp(page, listed(page, 'web-02'));
    await carryOver(page, row(page, 'CL-STG-01'));
    await dropReason(page).waitFor();
    await eventually(async () =>
      Number(await progressOf(page, 'web-06').getAttribute('aria-valuenow')),
    ).toBeGreaterThan(30);
    await take('main-light-en');
    await giveUp(page);
    for (const vm of ['web-06', 'web-07', 'web-08']) await waitForState(page, vm, 'Completed');
  });

  test('the same in Japanese and dark', async () => {
    const page = await subject.open({ language: 'ja', theme: 'dark' });
    await openTree(page);
    await select(page, 'rp-web');
    await choose(page, 'web-04', 'web-05');
    await startNow(page, await prepare(page, 'rp-staging', 'ja'), 'ja');
    await choose(page, 'web-01', 'web-02', 'web-03');
    await pickUp(page, listed(page, 'web-02'));
    await carryOver(page, row(page, 'HVCL01'));
    await dropReason(page).waitFor();
    await eventually(async () =>
      Number(await progressOf(page, 'web-04', 'ja').getAttribute('aria-valuenow')),
    ).toBeGreaterThan(30);
    await take('main-dark-ja');
    await letGo(page);
  });
});
