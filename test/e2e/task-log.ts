import type { Locator, Page } from 'playwright-core';
import { catalog } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';

/* The task panel at the foot of the window. */

export const taskPanel = (page: Page, language: Language = 'en'): Locator =>
  page.getByRole('region', { name: catalog[language].tasks.panel, exact: true });

/** The newest task of a VM. */
export const taskOf = (page: Page, vm: string, language: Language = 'en'): Locator =>
  taskPanel(page, language).getByRole('listitem').filter({ hasText: vm }).first();

/** Waits until the newest task of a VM is in that state, in the words of the window. */
export const waitForState = (page: Page, vm: string, state: string, language: Language = 'en'): Promise<void> =>
  taskOf(page, vm, language).getByRole('button', { name: state, exact: true }).waitFor();

export const progressOf = (page: Page, vm: string, language: Language = 'en'): Locator =>
  taskOf(page, vm, language).getByRole('progressbar');
