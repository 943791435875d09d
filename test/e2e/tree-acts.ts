import type { Locator, Page } from 'playwright-core';
import { catalog } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';
import { eventually } from './console-window.ts';

/* What a person does in the inventory and with dialogs. Rows are found by what screen readers call them: `name, note, verdict`. */

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');

export const tree = (page: Page): Locator => page.getByRole('tree');

/** The row of that name that is in the page now. `level` tells apart rows of one name, 1 for a site. */
export const row = (page: Page, name: string): Locator =>
  tree(page).getByRole('treeitem', { name: new RegExp(`^${literally(name)}(,|$)`, 'u') });

/** A row with what it says beside its name: a note, an age, while VMs are dragged a verdict. */
export const rowSaying = (page: Page, name: string, words: string | RegExp): Locator =>
  row(page, name).and(
    tree(page).getByRole('treeitem', {
      name: typeof words === 'string' ? new RegExp(`, ${literally(words)}(,|$)`, 'u') : words,
    }),
  );

/** Rows follow a scrolled list a few frames later. */
const drawn = async (list: Locator): Promise<void> => {
  await eventually(() =>
    list.evaluate((element) => {
      if (element.scrollHeight <= element.clientHeight) return true;
      const { left, top, bottom } = element.getBoundingClientRect();
      const isRow = (y: number): boolean =>
        document.elementFromPoint(left + 60, y)?.closest('[data-row], [data-vm]') != null;
      // Below the head that a table has.
      return isRow(top + 40) && isRow(bottom - 20);
    }),
  ).toBe(true);
};

/** Scrolls a list until one of its rows is in sight; only rows near the visible ones are in the page. */
const scrollTo = async (list: Locator, wanted: Locator): Promise<Locator> => {
  await drawn(list);
  if ((await wanted.count()) === 0) {
    await list.evaluate((element) => element.scrollTo(0, 0));
    await drawn(list);
    let moved = true;
    while (moved && (await wanted.count()) === 0) {
      moved = await list.evaluate((element) => {
        const before = element.scrollTop;
        element.scrollBy(0, element.clientHeight / 2);
        return element.scrollTop !== before;
      });
      await drawn(list);
    }
  }
  await wanted.scrollIntoViewIfNeeded();
  await drawn(list);
  return wanted;
};

export const bringIntoSight = (page: Page, name: string): Promise<Locator> => scrollTo(tree(page), row(page, name));

/** Opens or closes a row by its arrow. */
export const setOpen = async (page: Page, name: string, open: boolean): Promise<void> => {
  const wanted = await bringIntoSight(page, name);
  if ((await wanted.getAttribute('aria-expanded')) === String(open)) return;
  const box = await boxOf(wanted);
  const arrow = await wanted.locator('[data-twisty]').boundingBox();
  await page.mouse.click((arrow?.x ?? box.x) + 6, box.y + box.height / 2);
  await page.locator(`[role="treeitem"][aria-expanded="${open}"]`).and(wanted).waitFor();
};

export const openRows = async (page: Page, ...names: readonly string[]): Promise<void> => {
  for (const name of names) await setOpen(page, name, true);
};

export const closeRows = async (page: Page, ...names: readonly string[]): Promise<void> => {
  for (const name of names) await setOpen(page, name, false);
};

/** Clicks the first, adds the others with Ctrl. */
export const select = async (page: Page, ...names: readonly string[]): Promise<void> => {
  for (const [at, name] of names.entries()) {
    const wanted = await bringIntoSight(page, name);
    await wanted.click(at === 0 ? {} : { modifiers: ['Control'] });
    await page.locator('[aria-selected="true"]').and(wanted).waitFor();
  }
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxOf = async (locator: Locator): Promise<Box> => {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not on screen.`);
  return box;
};

/** A VM in the list of the place that is shown at the right. */
export const listed = (page: Page, vm: string): Locator =>
  page.getByRole('grid').getByRole('row', { name: new RegExp(`^${literally(vm)} `, 'u') });

/** The same, wherever in the list it is. */
export const findListed = (page: Page, vm: string): Promise<Locator> =>
  scrollTo(page.getByRole('grid'), listed(page, vm));

/** Where a hand would take hold of a row: on its name. */
const gripOf = async (locator: Locator): Promise<{ readonly x: number; readonly y: number }> => {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width * 0.45, y: y + height / 2 };
};

/** What hangs at the pointer while VMs are dragged. It is for eyes only, so it has no role. */
export const dragChip = (page: Page): Locator => page.getByTestId('drag-chip');

/** Why the place under the pointer warns or refuses. */
export const dropReason = (page: Page): Locator => page.locator('.drop-reason');

/** Presses the button on a row and moves far enough for a drag to begin. */
export const pickUp = async (page: Page, source: Locator): Promise<void> => {
  const { x, y } = await gripOf(source);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 4, { steps: 4 });
  await dragChip(page).waitFor();
};

/** A modal dialog by its title. */
export const dialogNamed = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('alertdialog', { name }).or(page.getByRole('dialog', { name }));

/** Any modal dialog. */
export const anyDialog = (page: Page): Locator => page.getByRole('alertdialog').or(page.getByRole('dialog'));

/** Gives a reason for every warning of a migration dialog, and waits until it may start. */
export const acknowledgeAll = async (dialog: Locator, language: Language = 'en'): Promise<void> => {
  const { findings } = catalog[language];
  await dialog.getByText(/^(?:Checked|チェック) \d/u).waitFor();
  const open = dialog.getByRole('button', { name: findings.acknowledgeOpen });
  const reason = dialog.getByRole('textbox', { name: findings.reason });
  while ((await open.count()) > 0) {
    await open.first().click();
    await reason.fill('Agreed with the owner of the service');
    await reason.press('Enter');
    await reason.waitFor({ state: 'detached' });
  }
  await dialog.getByText(/^Ready to|できます。$/u).waitFor();
};

/** Near its edges the tree scrolls under what is held, in CSS pixels. */
const edge = 40;

/**
 * Moves what is held over a row, as a hand does: not at one leap.
 * @throws Error when the row is so near the edge that it would scroll away
 */
export const carryOver = async (page: Page, target: Locator): Promise<void> => {
  const { x, y } = await gripOf(target);
  const list = await boxOf(tree(page));
  if (y < list.y + edge || y > list.y + list.height - edge) throw new Error(`${target} is at the edge of the tree.`);
  await page.mouse.move(x, y, { steps: 10 });
  const noticed = page.locator('[class*="tree-row-over-"]').and(target);
  await eventually(async () => {
    await rest(page, target);
    return noticed.count();
  }).toBe(1);
};

let nudge = 0;

/**
 * Stays on a row, wherever that is now. While something is held, a browser tells several times a second what is under
 * the pointer, even when that rests; a drag made by a program tells it only with each move.
 */
const rest = async (page: Page, target: Locator): Promise<void> => {
  nudge = 1 - nudge;
  const { x, y } = await gripOf(target);
  await page.mouse.move(x + nudge, y);
};

/** What is told of the row on which what is held rests, until that is said. */
export const reasonTold = async (page: Page, target: Locator, text: string): Promise<void> => {
  await eventually(async () => {
    await rest(page, target);
    return (await dropReason(page).allTextContents()).join('');
  }).toContain(text);
};

export const letGo = async (page: Page): Promise<void> => {
  await page.mouse.up();
  await dragChip(page).waitFor({ state: 'detached' });
};

/** Escape while the button is still down: nothing moves. */
export const giveUp = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await dragChip(page).waitFor({ state: 'detached' });
  await page.mouse.up();
};
