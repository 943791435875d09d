import type { Locator, Page } from 'playwright-core';

/* What the benchmarks do to the tree, by the ways a person has. */

const tree = (page: Page): Locator => page.getByRole('tree');

export const rowNamed = (page: Page, name: string): Locator =>
  tree(page)
    .locator('[role="treeitem"]')
    .filter({ has: page.locator(`.tree-name:text-is("${name}")`) });

/**
 * Scrolls from the top until a row of that name is in the middle.
 * @throws Error when there is none
 */
export const scrollToRow = async (page: Page, name: string): Promise<Locator> => {
  const found = await tree(page).evaluate(async (list, wanted) => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const find = () =>
      [...list.querySelectorAll('.tree-name')]
        .find((each) => each.textContent === wanted)
        ?.closest('[role="treeitem"]');
    for (let top = 0; ; top += list.clientHeight) {
      list.scrollTop = top;
      await drawn();
      const row = find();
      if (row) {
        const { top: rowTop } = row.getBoundingClientRect();
        const { top: listTop } = list.getBoundingClientRect();
        list.scrollTop += rowTop - listTop - list.clientHeight / 2;
        await drawn();
        return true;
      }
      if (top > list.scrollHeight) return false;
    }
  }, name);
  if (!found) throw new Error(`the tree shows no row named ${name}`);
  return rowNamed(page, name);
};

/** Opens a row and all rows beside it. */
export const openWithSiblings = async (page: Page, name: string): Promise<void> => {
  const row = await scrollToRow(page, name);
  await row.click();
  await page.keyboard.press('*');
  await page.locator('[aria-expanded="true"]').and(row).waitFor();
};

/** How many rows the tree has, seen or not. */
export const countRows = (page: Page): Promise<number> =>
  tree(page).evaluate((list) => {
    const row = list.querySelector('[role="treeitem"]');
    return row === null ? 0 : Math.round(list.scrollHeight / row.getBoundingClientRect().height);
  });

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a hand would take hold of a row: on its name. */
export const gripOf = async (row: Locator): Promise<Point> => {
  const box = await row.boundingBox();
  if (box === null) throw new Error(`${row} is not on screen`);
  return { x: box.x + box.width * 0.45, y: box.y + box.height / 2 };
};
