import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chooseElectron } from './electron-choice.mjs';
import { EVALUATION_RUNTIME, ensureEvaluationRuntime, evaluationRuntimePaths } from './evaluation-runtime.mjs';
import {
  downloadOfficialElectron,
  forgetFailedDownload,
  installedOfficialElectron,
  recallFailedDownload,
  rememberFailedDownload,
} from './official-electron.mjs';
import { isRoot, probeMachine } from './probe-machine.mjs';
import { installedVersion, UserFacingError } from './project.mjs';
import { describeNeeds } from './system-needs.mjs';

/**
 * @typedef {object} ResolvedElectron
 * @property {string} executablePath
 * @property {string[]} args arguments to put before the application folder
 * @property {Record<string, string>} env variables to add to the environment
 * @property {boolean} evaluation true: the old Electron for closed networks
 *
 * @typedef {object} ResolveOptions
 * @property {import('./project.mjs').Say} [say] progress; silent when left out
 * @property {boolean} [officialOnly] try to download the official Electron even after a recent failure, take no other
 * @property {boolean} [ownDisplay] the caller runs the window on a virtual display
 * @property {boolean} [noSandbox] give the sandbox of the window's processes up
 * @property {string} [command] what the person typed, for messages
 */

/**
 * Finds an Electron that can open the window on this machine; downloads or builds it when needed.
 * @param {ResolveOptions} [options]
 * @returns {Promise<ResolvedElectron>}
 * @throws {UserFacingError} with everything the machine lacks in one message
 */
export async function resolveElectron(options = {}) {
  const say = options.say ?? (() => {});
  const noSandbox = isRoot || options.noSandbox === true;
  const found = await findElectron(say, options.officialOnly === true);
  /** @param {string | undefined} executablePath @param {boolean} compiles */
  const checkMachine = (executablePath, compiles) => {
    const needs = describeNeeds(
      probeMachine({
        executablePath,
        compiles,
        noSandbox,
        ownDisplay: options.ownDisplay === true,
        command: options.command ?? 'npm start',
      }),
    );
    if (needs) throw new UserFacingError(needs);
  };

  const args = noSandbox ? ['--no-sandbox'] : [];
  if (found.kind === 'official') {
    checkMachine(found.executablePath, false);
    return { executablePath: found.executablePath, args, env: {}, evaluation: false };
  }
  const paths = evaluationRuntimePaths();
  // Asked before the long work, so that nobody waits minutes to hear that a package is missing.
  checkMachine(existsSync(paths.executablePath) ? paths.executablePath : undefined, !existsSync(paths.bindingPath));
  const runtime = await ensureEvaluationRuntime(say);
  checkMachine(runtime.executablePath, false);
  return {
    executablePath: runtime.executablePath,
    args,
    env: { VM_CONSOLE_EVALUATION_RUNTIME: '1', VM_CONSOLE_SQLITE_BINDING: runtime.bindingPath },
    evaluation: true,
  };
}

/**
 * @param {import('./project.mjs').Say} say
 * @param {boolean} officialOnly
 * @returns {Promise<{kind: 'official', executablePath: string} | {kind: 'evaluation'}>}
 */
async function findElectron(say, officialOnly) {
  const version = installedVersion('electron');
  const choice = chooseElectron({
    overrideFolder: process.env.ELECTRON_OVERRIDE_DIST_PATH,
    installedPath: installedOfficialElectron(),
    officialVersion: version,
    failedDownload: recallFailedDownload(),
    officialOnly,
    platform: process.platform,
    arch: process.arch,
    nowMs: Date.now(),
  });
  switch (choice.kind) {
    case 'official':
      return choice;
    case 'override':
      return { kind: 'official', executablePath: overridden(choice.folder) };
    case 'evaluation':
      sayEvaluation(say, `${choice.failed.reason}, tried at ${new Date(choice.failed.atMs).toLocaleString()}`);
      return choice;
    case 'download': {
      const result = await downloadOfficialElectron(say);
      if ('executablePath' in result) {
        forgetFailedDownload();
        return { kind: 'official', executablePath: result.executablePath };
      }
      rememberFailedDownload({ version, atMs: Date.now(), reason: result.reason });
      if (!choice.thenEvaluation) throw new UserFacingError(cannotDownload(version, result.reason));
      sayEvaluation(say, result.reason);
      return { kind: 'evaluation' };
    }
    default: {
      /** @type {never} */
      const unknown = choice;
      throw new Error(`Unknown choice: ${JSON.stringify(unknown)}`);
    }
  }
}

/** @param {string} folder */
function overridden(folder) {
  const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
  const found = names.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found) return found;
  throw new UserFacingError(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no Electron in it.`);
}

/**
 * @param {import('./project.mjs').Say} say
 * @param {string} reason
 */
function sayEvaluation(say, reason) {
  say(`The official Electron could not be downloaded: ${reason}.`);
  say(
    `Using the evaluation runtime instead: Electron ${EVALUATION_RUNTIME.electronVersion}, an old version for trying the console ` +
      'out and for tests on closed networks. Do not use it for daily work. Try the official one again with: npm start -- --official',
  );
}

/**
 * @param {string} version
 * @param {string} reason
 */
function cannotDownload(version, reason) {
  return (
    `Electron ${version} could not be downloaded: ${reason}.\n` +
    'Set ELECTRON_MIRROR to a mirror of its releases, or ELECTRON_OVERRIDE_DIST_PATH to a folder that holds an unpacked one,\n' +
    'then run the command again.'
  );
}
