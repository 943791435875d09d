import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyBuild } from '../../../scripts/lib/build-state.mjs';
import { pinnedNode, projectRoot, UserFacingError } from '../../../scripts/lib/project.mjs';
import { resolveElectron } from '../../../scripts/lib/resolve-electron.mjs';
import { type LaunchedConsole, launchConsole } from '../../support/electron-app.ts';
import { openDisplay } from './virtual-display.ts';

/** A place to open the real console in, with a folder for what it keeps. */
export interface WindowStage {
  readonly folder: string;
  /** Which Electron it runs in, for notes. */
  readonly electron: string;
  /** Opens the console on that folder, as a person would: nothing is checked that is not checked for them. */
  open(initScript?: string): Promise<LaunchedConsole>;
}

/**
 * Runs work that opens windows, on a display of its own; windows still open afterwards are ended, the folder is removed.
 * @returns `cannotRun` where no window can be opened
 * @throws Error when the console cannot be built, and what `work` throws
 */
export const onStage = async <Result>(
  work: (stage: WindowStage) => Promise<Result>,
): Promise<Result | { readonly cannotRun: string }> => {
  let evaluation: boolean;
  try {
    ({ evaluation } = await resolveElectron({ ownDisplay: true, command: 'npm run bench' }));
  } catch (error) {
    if (error instanceof UserFacingError) return { cannotRun: error.message };
    throw error;
  }
  buildWhenNeeded();
  const folder = mkdtempSync(join(tmpdir(), 'bench-window-'));
  const opened = new Set<LaunchedConsole>();
  const endAll = (): void => {
    for (const { app } of opened) app.process().kill('SIGKILL');
  };
  process.once('exit', endAll);
  const display = await openDisplay();
  const open = async (initScript?: string): Promise<LaunchedConsole> => {
    const launched = await launchConsole({
      userDataDir: folder,
      language: 'en',
      theme: 'light',
      env: display.env,
      ...(initScript === undefined ? {} : { initScript }),
    });
    opened.add(launched);
    launched.app.once('close', () => opened.delete(launched));
    return launched;
  };
  try {
    const electron = evaluation ? 'the evaluation runtime (Electron 33)' : 'the official Electron';
    return await work({ folder, electron, open });
  } finally {
    endAll();
    process.off('exit', endAll);
    await display.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

const buildWhenNeeded = (): void => {
  if (whyBuild(projectRoot) === undefined) return;
  const build = spawnSync(pinnedNode(), [join(projectRoot, 'scripts', 'build.mjs')], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(`The console could not be built:\n${build.stdout}${build.stderr}`);
};
