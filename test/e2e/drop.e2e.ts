import { beforeAll, describe, test } from 'vitest';
import { createConsole, tellStory } from './console-window.ts';
import { waitForState } from './task-log.ts';
import {
  carryOver,
  dialogNamed,
  findListed,
  letGo,
  listed,
  pickUp,
  reasonTold,
  row,
  rowSaying,
  select,
} from './tree-acts.ts';

describe('VMs dropped where something has to be solved first', () => {
  const subject = createConsole('drop', { env: { VM_CONSOLE_LAB_SPEED: '2' } });
  tellStory(subject);
  beforeAll(async () => {
    const page = await subject.open();
    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await row(page, 'Lab VMware').waitFor();
  });

  test('a network that is missing there is mapped in the dialog that opens, and the VM goes', async () => {
    const page = subject.page();
    await select(page, 'esx05');
    await findListed(page, 'scan-01');
    await pickUp(page, listed(page, 'scan-01'));
    await carryOver(page, row(page, 'esx01'));
    await rowSaying(page, 'esx01', /, 1 warning$/u).waitFor();
    await reasonTold(page, row(page, 'esx01'), 'Map the adapter to another network');
    await subject.shoot('over-missing-network');
    await letGo(page);
    const dialog = dialogNamed(page, 'Migrate scan-01 to esx01');
    await dialog.getByText('esx01 has no such network.').waitFor();
    await subject.shoot('missing-network');
    await dialog.getByRole('combobox', { name: /^Network of scan-01/u }).click();
    await page.getByRole('option', { name: 'tyo-app' }).click();
    await dialog.getByText('Ready to start 1 hot migration.').waitFor();
    await subject.shoot('mapped');
    await dialog.getByRole('button', { name: 'Start migration' }).click();
    await waitForState(page, 'scan-01', 'Completed');
    await select(page, 'esx01');
    await findListed(page, 'scan-01');
    await subject.shoot('moved');
  });

  test('a device that the console takes out keeps nobody from dropping its VM either', async () => {
    const page = subject.page();
    await select(page, 'CL-PROD-01');
    await findListed(page, 'legacy-dos-01');
    await pickUp(page, listed(page, 'legacy-dos-01'));
    await carryOver(page, row(page, 'rp-batch'));
    await rowSaying(page, 'rp-batch', /, \d+ warnings?$/u).waitFor();
    await reasonTold(page, row(page, 'rp-batch'), 'floppy');
    await subject.shoot('over-device');
    await letGo(page);
    const dialog = dialogNamed(page, 'Migrate legacy-dos-01 to rp-batch');
    await dialog.getByRole('button', { name: 'Set the floppy to no media…' }).waitFor();
    await subject.shoot('device');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
