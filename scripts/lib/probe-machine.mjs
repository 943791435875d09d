import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { missingFromLdconfig, missingFromLdd, sandboxRemedy } from './system-needs.mjs';

/** Whether this process runs as root (never on Windows). */
export const isRoot = process.getuid?.() === 0;

/**
 * Whether a program is on PATH.
 * @param {string} name
 */
export function hasProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/**
 * Gathers what the machine has for a window.
 * @param {{executablePath: string | undefined, compiles: boolean, noSandbox: boolean, ownDisplay: boolean, command: string}} plan
 *   executablePath: Electron, when it is already there; compiles: the SQLite binding has to be built first;
 *   ownDisplay: the caller brings a virtual display and needs xvfb whether or not there is a screen
 * @returns {import('./system-needs.mjs').MachineFacts}
 */
export function probeMachine(plan) {
  const linux = process.platform === 'linux';
  const hasScreen = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const hasXvfb = hasProgram('xvfb-run') && hasProgram('xauth');
  return {
    missingLibraries: linux ? missingLibraries(plan.executablePath) : [],
    missingTools: plan.compiles ? ['python3', 'make', 'g++'].filter((name) => !hasProgram(name)) : [],
    hasDisplay: !linux || (plan.ownDisplay ? hasXvfb : hasScreen),
    hasXvfb,
    sandboxRemedy: linux && !isRoot && !plan.noSandbox ? probeSandbox() : undefined,
    isRoot,
    command: plan.command,
  };
}

/** @param {string | undefined} executablePath */
function missingLibraries(executablePath) {
  if (executablePath) return missingFromLdd(outputOf('ldd', [executablePath]));
  const ldconfig = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((path) => existsSync(path));
  return ldconfig ? missingFromLdconfig(outputOf(ldconfig, ['-p'])) : [];
}

/** Tries what Chromium does: a user namespace of one's own. Undefined when that works or cannot be tried. */
function probeSandbox() {
  const tried = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  if (tried.error || tried.status === 0) return undefined;
  const names = [
    'kernel.apparmor_restrict_unprivileged_userns',
    'kernel.unprivileged_userns_clone',
    'user.max_user_namespaces',
  ];
  return sandboxRemedy(Object.fromEntries(names.map((name) => [name, readSetting(name)])));
}

/** @param {string} name */
function readSetting(name) {
  const path = join('/proc/sys', ...name.split('.'));
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function outputOf(command, args) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  return result.error ? '' : `${result.stdout}${result.stderr}`;
}
