import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsoleMessage, ElectronApplication, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { projectRoot } from '../../scripts/lib/project.mjs';
import { type LaunchedConsole, type LaunchOptions, launchConsole } from '../support/electron-app.ts';

/** How long a suite waits for something that has to come, in ms. Never how long something may take: that is the bench's. */
export const patience = 30_000;

export type WindowOptions = Pick<LaunchOptions, 'env' | 'language' | 'theme'>;

/** One console as a person has it: its files stay while its window is closed and opened again. */
export interface ConsoleUnderTest {
  /** The open window. @throws Error while it is closed */
  page(): Page;
  /** The process behind it, for looks into its main part. @throws Error while it is closed */
  app(): ElectronApplication;
  /** Opens the window on the files of the one before. Changes go on top of the options given first. */
  open(changes?: WindowOptions): Promise<Page>;
  close(): Promise<void>;
  /** Ends the process as a power cut would. */
  kill(): Promise<void>;
  /** Where the console keeps its files. */
  readonly folder: string;
  /** Everything windows complained about so far: errors, warnings, refused content. */
  complaints(): readonly string[];
  /** Saves what is on screen as `test-results/<suite>/<number>-<name>.png`. */
  shoot(name: string): Promise<void>;
  /** Closes the window, and forgets its files. */
  end(): Promise<void>;
}

/**
 * @param suite folder below `test-results/` for its pictures
 */
export const createConsole = (suite: string, options: WindowOptions = {}): ConsoleUnderTest => {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  const pictures = join(projectRoot, 'test-results', suite);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const complaints: string[] = [];
  let launched: LaunchedConsole | null = null;
  let pictureCount = 0;

  const opened = (): LaunchedConsole => {
    if (launched === null) throw new Error('The console is closed.');
    return launched;
  };
  const page = (): Page => opened().page;

  const close = async (): Promise<void> => {
    const closing = launched;
    launched = null;
    if (closing === null) return;
    await closing.close();
    // Under test the main process says what went wrong there on its error stream.
    if (/^uncaught/mu.test(closing.output())) complaints.push(closing.output());
  };

  const shoot = async (name: string): Promise<void> => {
    pictureCount += 1;
    const file = `${String(pictureCount).padStart(2, '0')}-${name}.png`;
    await page().screenshot({ path: join(pictures, file), animations: 'disabled' });
  };

  return {
    page,
    app: () => opened().app,
    folder,
    complaints: () => complaints,
    open: async (changes = {}) => {
      await close();
      const all = { ...options, ...changes };
      launched = await launchConsole({
        language: 'en',
        theme: 'light',
        ...all,
        userDataDir: folder,
        env: { VM_CONSOLE_TEST: '1', ...options.env, ...changes.env },
      });
      launched.page.setDefaultTimeout(patience);
      listen(launched.page, complaints);
      // As for people who asked their system for it: what grows into its place is hit or missed by chance.
      await launched.page.emulateMedia({ reducedMotion: 'reduce' });
      return launched.page;
    },
    close,
    kill: async () => {
      const killed = launched;
      launched = null;
      if (killed === null) return;
      const gone = killed.app.waitForEvent('close');
      killed.app.process().kill('SIGKILL');
      await gone;
    },
    shoot,
    end: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A window that works says nothing on its console; what the security policy refuses shows there as an error. */
const listen = (page: Page, complaints: string[]): void => {
  const isComplaint = (message: ConsoleMessage): boolean => ['error', 'warning', 'assert'].includes(message.type());
  page.on('console', (message) => {
    if (isComplaint(message)) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  page.on('crash', () => complaints.push('The page crashed.'));
};

/**
 * The tests of this suite are steps of one story in one window: after a step that failed the others fail at once, and
 * what was on screen then is kept.
 */
export const tellStory = (subject: ConsoleUnderTest): void => {
  let broken = false;
  beforeEach(() => {
    if (broken) throw new Error('A step before this one failed.');
  });
  afterEach(async ({ task }) => {
    if (broken || task.result?.state !== 'fail') return;
    broken = true;
    await subject.shoot('failed');
  });
  afterAll(() => subject.end());
};

/** Waits until a question has the right answer: `await eventually(() => server.state('vm')).toMatchObject(…)`. */
export const eventually = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: patience, interval: 50 });
