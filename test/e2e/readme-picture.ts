import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { projectRoot } from '../../scripts/lib/project.mjs';
import { withPalette } from './small-png.ts';

/*
 * The pictures of the README. Each run takes them, so that they cannot grow old unnoticed; with VM_CONSOLE_README_SHOTS=1
 * they go to docs/screenshots, else to test-results/readme.
 */
const folder =
  process.env.VM_CONSOLE_README_SHOTS === '1'
    ? join(projectRoot, 'docs', 'screenshots')
    : join(projectRoot, 'test-results', 'readme');

/** Most bytes a picture may have in the repository. */
const largest = 250_000;

/** Keeps what is on screen as `<name>.png`. */
export const takeForReadme = async (page: Page, name: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const picture = withPalette(await page.screenshot({ animations: 'disabled' }));
  writeFileSync(join(folder, `${name}.png`), picture);
  expect(picture.length).toBeLessThan(largest);
};
