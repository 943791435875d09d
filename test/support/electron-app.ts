import { join } from 'node:path';
import { _electron, type ElectronApplication, errors, type Page } from 'playwright-core';
import { projectRoot } from '../../scripts/lib/project.mjs';
import { resolveElectron } from '../../scripts/lib/resolve-electron.mjs';

export interface LaunchOptions {
  /** Folder for everything the console keeps; a fresh one per test keeps tests apart. */
  readonly userDataDir: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Passed to the console after the application folder. */
  readonly args?: readonly string[];
  readonly language?: 'en' | 'ja';
  readonly theme?: 'light' | 'dark';
  /**
   * JavaScript for the page, to run as soon as the window can be reached. That is soon after it began to load, not before;
   * when the page is loaded anew it runs before the page's own. May run twice.
   */
  readonly initScript?: string;
}

export interface LaunchedConsole {
  readonly app: ElectronApplication;
  /** The first window, loaded. */
  readonly page: Page;
  /** What the main process wrote to its streams so far. */
  output(): string;
  /** Closes the console as a person would and waits until the process has ended. */
  close(): Promise<void>;
}

/** How long the window may take to come, in milliseconds; a second is normal. */
const WINDOW_LIMIT_MS = 30_000;
/** How long attaching to a started application may take before it is started anew, in milliseconds. */
const ATTACH_LIMIT_MS = 15_000;
const ATTACH_ATTEMPTS = 3;

/**
 * Opens the built console (`out/`, see `npm run build`) in a real window. Needs a display; `npm run test:e2e` brings one.
 * @throws Error with what the main process said, when no window comes
 */
export async function launchConsole(options: LaunchOptions): Promise<LaunchedConsole> {
  const electron = await resolveElectron({ ownDisplay: true, command: 'npm run test:e2e' });
  const app = await launchPatiently({
    executablePath: electron.executablePath,
    args: [...electron.args, `--user-data-dir=${options.userDataDir}`, projectRoot, ...(options.args ?? [])],
    cwd: projectRoot,
    // Playwright turns Chromium's sandbox off unless told; only root has to do without.
    chromiumSandbox: !electron.args.includes('--no-sandbox'),
    timeout: ATTACH_LIMIT_MS,
    env: {
      ...inheritedEnvironment(),
      ...electron.env,
      VM_CONSOLE_DATA_DIR: options.userDataDir,
      ...(options.language ? { VM_CONSOLE_LANGUAGE: options.language } : {}),
      ...(options.theme ? { VM_CONSOLE_THEME: options.theme } : {}),
      ...options.env,
    },
  });
  const said: string[] = [];
  app.process().stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  app.process().stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
  const output = () => said.join('');
  try {
    if (options.initScript !== undefined) await app.context().addInitScript(options.initScript);
    const page = await app.firstWindow({ timeout: WINDOW_LIMIT_MS });
    if (options.initScript !== undefined) await page.evaluate(options.initScript);
    await page.waitForLoadState('domcontentloaded');
    return { app, page, output, close: () => app.close() };
  } catch (error) {
    await endProcess(app);
    throw new Error(`No window came from ${join(projectRoot, 'out')}. The main process said:\n${output()}`, {
      cause: error,
    });
  }
}

/**
 * Playwright holds an application back until it has attached to it, but only with the Electron it finds by itself. With
 * an executable given, about one start in fifty is not noticed: the window is there already and Playwright waits for it.
 */
async function launchPatiently(options: Parameters<typeof _electron.launch>[0]): Promise<ElectronApplication> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await _electron.launch(options);
    } catch (error) {
      // What did not answer was ended by Playwright.
      if (!(error instanceof errors.TimeoutError) || attempt === ATTACH_ATTEMPTS) throw error;
    }
  }
}

/** The test's own environment without what would change how Electron starts. */
function inheritedEnvironment(): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_OPTIONS: __, ...rest } = process.env;
  return Object.fromEntries(Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A main process that shows an error dialog never closes by itself. */
async function endProcess(app: ElectronApplication): Promise<void> {
  const child = app.process();
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
