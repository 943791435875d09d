import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../shared/messages/catalog.ts';
import { createConsole, eventually, tellStory } from './console-window.ts';
import { progressOf, taskOf, waitForState } from './task-log.ts';
import {
  anyDialog,
  carryOver,
  closeRows,
  dialogNamed,
  dragChip,
  findListed,
  giveUp,
  letGo,
  listed,
  openRows,
  pickUp,
  reasonTold,
  row,
  rowSaying,
  select,
} from './tree-acts.ts';

describe('the demo lab, from the first look to the last', () => {
  const subject = createConsole('lab', { env: { VM_CONSOLE_LAB_SPEED: '2' } });
  tellStory(subject);
  beforeAll(async () => {
    await subject.open();
  });

  test('both sites are one click away', async () => {
    const page = subject.page();
    await subject.shoot('empty');
    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await row(page, 'Lab VMware').waitFor();
    await row(page, 'Lab Hyper-V').waitFor();
    await page.getByRole('button', { name: /^Lab VMware: Connected/u }).waitFor();
    await page.getByRole('button', { name: /^Lab Hyper-V: Connected/u }).waitFor();
    await subject.shoot('lab-open');
  });

  test('the search narrows the tree to what was meant', async () => {
    const page = subject.page();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('pool:rp-web state:on');
    await row(page, 'web-01').waitFor();
    expect(await row(page, 'proxy-02').count()).toBe(0);
    expect(await row(page, 'app-01').count()).toBe(0);
    await subject.shoot('search');
    await page.keyboard.press('Escape');
    await row(page, 'Lab Hyper-V').waitFor();
  });

  test('the search finds VMs by what is found of them, and names what it does not understand', async () => {
    const page = subject.page();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('finding:rdm state:off');
    await row(page, 'cache-01').waitFor();
    await page.getByText('3 hits · on the facts read last').waitFor();
    expect(await row(page, 'web-01').count()).toBe(0);
    await subject.shoot('search-finding');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('finding:blue');
    await page.getByText('Not understood: finding:blue').waitFor();
    await subject.shoot('search-finding-not-understood');
    await page.keyboard.press('Escape');
    await row(page, 'Lab Hyper-V').waitFor();
  });

  test('dragged VMs get a verdict from every row in sight', async () => {
    const page = subject.page();
    await closeRows(page, 'Branches', 'HVCL01', 'Tokyo', 'OSA-1');
    await openRows(page, 'rp-prod');
    await select(page, 'rp-web');
    for (const vm of ['web-01', 'web-02']) await listed(page, vm).locator('[data-check]').click();
    await subject.shoot('selected');

    await pickUp(page, listed(page, 'web-02'));
    await eventually(() => dragChip(page).textContent()).toContain('2 VMs');
    await rowSaying(page, 'rp-web', 'Current pool').waitFor();
    await carryOver(page, row(page, 'rp-app'));
    await rowSaying(page, 'rp-app', 'Allowed').waitFor();
    await subject.shoot('dragged-over-allowed');

    await carryOver(page, row(page, 'esx02'));
    await rowSaying(page, 'esx02', 'Not allowed').waitFor();
    await reasonTold(page, row(page, 'esx02'), 'maintenance mode');

    await carryOver(page, row(page, 'HVCL01'));
    await rowSaying(page, 'HVCL01', 'Not allowed').waitFor();
    await reasonTold(page, row(page, 'HVCL01'), 'Not allowed on HVCL01');
    await reasonTold(page, row(page, 'HVCL01'), 'Hyper-V');
    await subject.shoot('dragged-over-refusal');
  });

  test('letting go where it is refused does nothing', async () => {
    const page = subject.page();
    await letGo(page);
    expect(await anyDialog(page).count()).toBe(0);
    await page.getByText('No tasks yet').waitFor();
  });

  test('one VM among others that cannot go is counted, with the reason; Escape lets all stay', async () => {
    const page = subject.page();
    await listed(page, 'proxy-02').locator('[data-check]').click();
    await pickUp(page, listed(page, 'web-01'));
    await carryOver(page, row(page, 'rp-app'));
    await rowSaying(page, 'rp-app', '1 of 3 blocked').waitFor();
    await reasonTold(page, row(page, 'rp-app'), '1 of 3 VMs cannot go to rp-app');
    await reasonTold(page, row(page, 'rp-app'), 'neither running nor powered off');
    await subject.shoot('dragged-over-some-blocked');
    await giveUp(page);
    expect(await anyDialog(page).count()).toBe(0);
  });

  test('letting go on another pool opens the dialog and starts nothing', async () => {
    const page = subject.page();
    for (const vm of ['proxy-02', 'web-03']) await listed(page, vm).locator('[data-check]').click();
    await closeRows(page, 'rp-prod');
    await pickUp(page, listed(page, 'web-03'));
    await carryOver(page, row(page, 'rp-staging'));
    await rowSaying(page, 'rp-staging', /, \d+ warnings?$/u).waitFor();
    await reasonTold(page, row(page, 'rp-staging'), 'Allowed with warnings on rp-staging');
    await reasonTold(page, row(page, 'rp-staging'), 'web front ends apart');
    await subject.shoot('dragged-over-warning');
    await letGo(page);
    const dialog = dialogNamed(page, 'Migrate 3 VMs to rp-staging');
    await dialog.waitFor();
    await dialog.getByText(/^Checked/u).waitFor();
    await subject.shoot('dialog');
    await page.getByText('No tasks yet').waitFor();
  });

  test('warnings are acknowledged with a reason, one by one, before it can start', async () => {
    const page = subject.page();
    const dialog = dialogNamed(page, 'Migrate 3 VMs to rp-staging');
    const start = dialog.getByRole('button', { name: 'Start migration' });
    const acknowledge = dialog.getByRole('button', { name: 'Acknowledge…' });
    const reason = dialog.getByRole('textbox', { name: 'Reason' });
    expect(await start.isDisabled()).toBe(true);

    await dialog.getByRole('button', { name: 'Go to the first' }).click();
    await acknowledge.first().click();
    await reason.and(page.locator(':focus')).waitFor();
    await reason.fill('no');
    expect(await dialog.getByRole('button', { name: 'Acknowledge', exact: true }).isDisabled()).toBe(true);
    await reason.fill('Agreed with the web team');
    await subject.shoot('dialog-reason');
    await reason.press('Enter');
    while ((await acknowledge.count()) > 0) {
      await acknowledge.first().click();
      await reason.fill('The rule is set up again after the move, CHG-20418');
      await reason.press('Enter');
      await reason.waitFor({ state: 'detached' });
    }
    await dialog.getByText('Ready to start 3 hot migrations.').waitFor();
    await subject.shoot('dialog-ready');
    await start.click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('progress shows until the VMs are in the new pool', async () => {
    const page = subject.page();
    await waitForState(page, 'web-01', 'Running');
    await eventually(async () =>
      Number(await progressOf(page, 'web-01').getAttribute('aria-valuenow')),
    ).toBeGreaterThan(0);
    await subject.shoot('running');
    for (const vm of ['web-01', 'web-02', 'web-03']) await waitForState(page, vm, 'Completed');
    await taskOf(page, 'web-03').getByText('now in rp-staging').waitFor();
    await select(page, 'rp-staging');
    for (const vm of ['web-01', 'web-02', 'web-03']) await findListed(page, vm);
    await subject.shoot('completed');
  });

  test('the Action menu does the same', async () => {
    const page = subject.page();
    await openRows(page, 'rp-prod');
    await select(page, 'rp-web');
    await listed(page, 'web-05').click();
    await page.getByRole('button', { name: 'Action' }).click();
    await subject.shoot('action-menu');
    await page.getByRole('menuitem', { name: /^Migrate 1 VM…/u }).click();
    const search = page.getByRole('combobox', { name: 'Search pools, clusters and hosts' });
    await search.and(page.locator(':focus')).waitFor();
    // The VM's own site first: it can go nowhere else.
    await eventually(() => page.getByRole('option').first().textContent()).toBe('Lab VMware');
    await subject.shoot('destination-picker');
    await search.fill('rp-app');
    await page.getByRole('option', { name: /^rp-app/u }).click();
    const dialog = dialogNamed(page, 'Migrate web-05 to rp-app');
    await dialog.getByText('Ready to start 1 hot migration.').waitFor();
    await dialog.getByRole('button', { name: 'Start migration' }).click();
    await waitForState(page, 'web-05', 'Completed');
  });

  test('the keyboard alone does the same', async () => {
    const page = subject.page();
    const { keyboard } = page;
    await keyboard.press('Control+k');
    await keyboard.type('pool:rp-web web-06');
    await row(page, 'web-06').waitFor();
    await keyboard.press('Enter');
    await keyboard.press('End');
    await page.locator('[data-active]').and(row(page, 'web-06')).waitFor();
    await keyboard.press('Enter');
    await keyboard.press('Control+x');
    await page.getByText('1 VM picked up', { exact: true }).waitFor();
    await keyboard.press('Control+k');
    await keyboard.press('Escape');
    await row(page, 'rp-app').waitFor();
    await keyboard.press('Enter');
    await keyboard.type('rp-a');
    await page.locator('[data-active]').and(row(page, 'rp-app')).waitFor();
    await eventually(() => page.getByTestId('announcements').textContent()).toContain('Allowed on rp-app');
    await subject.shoot('carried-by-keyboard');
    await keyboard.press('Control+v');
    const dialog = dialogNamed(page, 'Migrate web-06 to rp-app');
    await dialog.getByText('Ready to start 1 hot migration.').waitFor();
    const start = dialog.getByRole('button', { name: 'Start migration' }).and(page.locator(':focus'));
    while ((await start.count()) === 0) await keyboard.press('Tab');
    await keyboard.press('Enter');
    await waitForState(page, 'web-06', 'Completed');
  });

  test('a cancelled VM stays where it was', async () => {
    const page = subject.page();
    await select(page, 'rp-db');
    await listed(page, 'mem-db-01').click();
    await page.keyboard.press('Control+m');
    await page.getByRole('combobox', { name: 'Search pools, clusters and hosts' }).fill('rp-staging');
    await page.keyboard.press('Enter');
    const dialog = dialogNamed(page, 'Migrate mem-db-01 to rp-staging');
    await dialog.getByText('Ready to start 1 hot migration.').waitFor();
    await dialog.getByRole('button', { name: 'Start migration' }).click();
    await eventually(async () =>
      Number(await progressOf(page, 'mem-db-01').getAttribute('aria-valuenow')),
    ).toBeGreaterThan(0);
    await taskOf(page, 'mem-db-01')
      .getByRole('button', { name: /^Cancel T-/u })
      .click();
    await waitForState(page, 'mem-db-01', 'Cancelled');
    await taskOf(page, 'mem-db-01').getByText('The VM is where it was.').waitFor();
    await listed(page, 'mem-db-01').waitFor();
    await subject.shoot('cancelled');
  });

  test('what the console takes out of a VM stays in the follow-up list until somebody says that it is done', async () => {
    const page = subject.page();
    const followUps = page.getByRole('tab', { name: /^Follow-up/u });
    const line = (vm: string) => page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: vm });
    const find = async (vm: string) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(vm);
      await row(page, vm).click();
    };
    await followUps.click();
    await page.getByText('Nothing is left to do').waitFor();
    await subject.shoot('follow-up-empty');

    await find('report-01');
    await page.getByRole('button', { name: 'Eject the ISO…' }).click();
    await page.getByRole('button', { name: 'Eject', exact: true }).click();
    await page
      .getByRole('region', { name: 'Left to do' })
      .getByText(/^Mount .* again/u)
      .waitFor();
    await line('report-01').waitFor();
    await subject.shoot('follow-up-of-vm');
    await find('legacy-dos-01');
    await page.getByRole('button', { name: 'Set the floppy to no media…' }).click();
    await page.getByRole('button', { name: 'Set to no media', exact: true }).click();
    await line('legacy-dos-01').waitFor();
    await page.getByRole('tab', { name: 'Follow-up, 2 to do' }).waitFor();
    await subject.shoot('follow-up-list');

    await line('legacy-dos-01')
      .getByRole('button', { name: /^F-\d+ of/u })
      .click();
    await line('legacy-dos-01').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'All 2' }).click();
    await line('legacy-dos-01')
      .getByText(/^Done, says/u)
      .waitFor();
    await subject.shoot('follow-up-all');
    await page.getByRole('tab', { name: 'Tasks' }).click();
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
  });

  test('the details tell the whole story', async () => {
    const page = subject.page();
    await taskOf(page, 'web-03')
      .getByRole('button', { name: /^Details of T-/u })
      .click();
    const dialog = dialogNamed(page, /^T-\d+: web-03$/u);
    await dialog
      .getByText('Acknowledged: “Agreed with the web team”')
      .or(dialog.getByText('“Agreed with the web team”'))
      .first()
      .waitFor();
    await dialog.getByText('The VM is in rp-staging').waitFor();
    await subject.shoot('task-details');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await dialog.waitFor({ state: 'detached' });
  });

  test('after closing and opening, the log and the offline inventory are there with their age', async () => {
    const page = subject.page();
    await page.getByRole('button', { name: /^Lab VMware: Connected/u }).click();
    await subject.shoot('site-card');
    await page.getByRole('button', { name: 'Work offline' }).click();
    await page.getByRole('button', { name: /^Lab VMware: Offline/u }).waitFor();
    await subject.close();

    const again = await subject.open({ language: 'ja', theme: 'dark' });
    await again.getByRole('button', { name: /^Lab VMware: オフライン · /u }).waitFor();
    await again.getByRole('button', { name: /^Lab Hyper-V: 接続済み/u }).waitFor();
    await taskOf(again, 'web-03', 'ja').getByRole('button', { name: '完了', exact: true }).waitFor();
    await taskOf(again, 'mem-db-01', 'ja').getByRole('button', { name: 'キャンセル完了', exact: true }).waitFor();
    await select(again, 'rp-staging');
    await findListed(again, 'web-03');
    await subject.shoot('opened-again-dark-ja');
  });

  test('the follow-up list and the search for findings speak Japanese too', async () => {
    const page = subject.page();
    const { followUps, tree } = catalog.ja;
    await page.getByRole('tab', { name: followUps.tabOpen(1) }).click();
    await page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'report-01' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('finding:rdm');
    await page.getByText(tree.onFactsReadLast).waitFor();
    await subject.shoot('follow-up-dark-ja');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('report-01');
    await row(page, 'report-01').click();
    await page.getByRole('region', { name: followUps.ofVm }).waitFor();
    await subject.shoot('follow-up-of-vm-dark-ja');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('finding:blue');
    await page.getByText(tree.notUnderstood('finding:blue')).waitFor();
    await subject.shoot('search-finding-not-understood-dark-ja');
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: catalog.ja.tasks.heading }).click();
  });

  test('dialogs speak Japanese too', async () => {
    const page = subject.page();
    const { migration, sites, tasks } = catalog.ja;
    await select(page, 'HVCL01');
    await page
      .getByRole('grid')
      .getByRole('row', { name: /電源オン/u })
      .first()
      .click();
    await page.keyboard.press('Control+m');
    await page.getByRole('combobox', { name: migration.searchDestination }).fill('HVCL02');
    await page.keyboard.press('Enter');
    await anyDialog(page).getByRole('button', { name: migration.checkAgain }).waitFor();
    await anyDialog(page)
      .getByText(/^チェック/u)
      .first()
      .waitFor();
    await subject.shoot('dialog-dark-ja');
    await page.keyboard.press('Escape');
    await anyDialog(page).waitFor({ state: 'detached' });

    await taskOf(page, 'web-03', 'ja')
      .getByRole('button', { name: new RegExp(tasks.detailsOf('T-\\d+'), 'u') })
      .click();
    await anyDialog(page).getByText('「Agreed with the web team」').waitFor();
    await subject.shoot('task-details-dark-ja');
    await page.keyboard.press('Escape');
    await anyDialog(page).waitFor({ state: 'detached' });

    await page.getByRole('button', { name: sites.addSite }).click();
    await page.getByRole('menuitem', { name: sites.addSiteEllipsis }).click();
    await page.getByRole('textbox', { name: sites.address, exact: true }).fill('https://127.0.0.1:1/ui');
    await page.getByRole('textbox', { name: sites.user, exact: true }).fill('administrator@vsphere.local');
    await page.getByRole('textbox', { name: sites.password, exact: true }).fill('not a password');
    await anyDialog(page).getByRole('button', { name: sites.next }).click();
    await anyDialog(page).getByRole('alert').waitFor();
    await subject.shoot('add-site-dark-ja');
    await page.keyboard.press('Escape');
    await anyDialog(page).waitFor({ state: 'detached' });
  });

  test('nobody complained all the while', () => {
    expect(subject.complaints()).toEqual([]);
  });
});
