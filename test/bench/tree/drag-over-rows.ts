import type { Page } from 'playwright-core';
import { type FrameRound, recordRound } from '../window/frame-recording.ts';
import { gripOf, rowNamed, scrollToRow } from '../window/tree-hand.ts';

export interface DragPlan {
  /** First and last VM of those dragged; they stand one below the other. */
  readonly first: string;
  readonly last: string;
  readonly count: number;
  /** The row with which the places begin that are dragged over, below the last VM. */
  readonly target: string;
  readonly ms: number;
}

/** How far the mouse goes from one move to the next, px, and how long it waits, ms: a hand in a hurry. */
const stride = 9;
const restMs = 12;

/** Selects VMs, takes them up and carries them over the places below, up and down, without letting go over one. */
export const dragOverRows = async (page: Page, plan: DragPlan): Promise<FrameRound> => {
  await (await scrollToRow(page, plan.first)).click();
  const last = await scrollToRow(page, plan.last);
  await last.click({ modifiers: ['Shift'] });
  await page.locator('.status-bar').getByText(`${plan.count} selected`).waitFor();

  const from = await gripOf(last);
  const target = await gripOf(rowNamed(page, plan.target));
  const box = await page.getByRole('tree').boundingBox();
  if (box === null) throw new Error('there is no tree');
  // Nearer to the edge the list scrolls under a drag.
  const bottom = box.y + box.height - 80;
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 4, { steps: 4 });
  await page.getByTestId('drag-chip').waitFor();

  const frames = await recordRound(page, { ms: plan.ms, scrollBy: 0 }, async () => {
    const end = performance.now() + plan.ms;
    let direction = 1;
    for (let y = target.y; performance.now() < end; y += direction * stride) {
      if (y > bottom) direction = -1;
      if (y < target.y) direction = 1;
      await page.mouse.move(target.x, y);
      await page.waitForTimeout(restMs);
    }
  });
  const badges = await page.locator('.tree-list .badge').count();
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.getByTestId('drag-chip').waitFor({ state: 'detached' });
  if (badges === 0) throw new Error('no place said anything to the drag');
  return frames;
};
