import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder that holds package.json. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Prints one line for the person at the terminal.
 * @typedef {(line: string) => void} Say
 */

/**
 * Version of an installed package.
 * @param {string} name
 * @returns {string}
 */
export function installedVersion(name) {
  const file = join(projectRoot, 'node_modules', name, 'package.json');
  if (!existsSync(file)) throw new UserFacingError(`The package ${name} is not installed. Run "npm ci" first.`);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/**
 * Folder for what may be fetched or built again: kept outside the working tree, so that `npm ci` and a new clone reuse it.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function cacheRoot(env = process.env) {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vm-migration-console');
}

/**
 * The Node for child processes: some tools need 22 or newer, while the system's own may be 20.
 * @returns {string} path of an executable
 */
export function pinnedNode() {
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  const pinned = join(projectRoot, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(pinned) ? pinned : process.execPath;
}

/** An error whose message is all that a person needs: it is printed without a stack trace. */
export class UserFacingError extends Error {}

/**
 * Runs a script's main function; ends with exit code 1 and a plain message when it fails.
 * @param {() => Promise<number | void>} main resolves to the exit code
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof UserFacingError) console.error(`\n${error.message}\n`);
    else console.error(error);
    process.exitCode = 1;
  }
}
