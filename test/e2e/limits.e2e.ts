import { beforeAll, describe, test } from 'vitest';
import { createConsole, tellStory } from './console-window.ts';
import { dialogNamed, row } from './tree-acts.ts';

describe('how much is done at a time', () => {
  const subject = createConsole('limits');
  tellStory(subject);
  beforeAll(async () => {
    const page = await subject.open();
    await page.getByRole('button', { name: 'Open the demo lab' }).click();
    await row(page, 'Lab VMware').waitFor();
  });

  test('is changed over the tasks, by the keyboard alone, and refused where it is no limit', async () => {
    const page = subject.page();
    await page.getByRole('button', { name: /^At a time: 4 per host/u }).focus();
    await page.keyboard.press('Enter');
    const dialog = dialogNamed(page, 'Tasks at a time');
    await dialog.waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('400');
    await dialog.getByText('“400” is no limit. Enter a whole number from 1 to 32.').waitFor();
    await subject.shoot('refused');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^At a time: 3 per host/u }).waitFor();
  });

  test('still holds after closing and opening, in Japanese and in the dark too', async () => {
    const page = await subject.open({ language: 'ja', theme: 'dark' });
    await page.getByRole('button', { name: /^同時実行数：ホスト 3/u }).click();
    await dialogNamed(page, '同時実行数').waitFor();
    await subject.shoot('dark-ja');
  });
});
