import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { cacheRoot, installedVersion, pinnedNode, projectRoot } from './project.mjs';

/** How long the server may take to answer before it counts as unreachable, in milliseconds. */
const ANSWER_LIMIT_MS = 10_000;
/** How long the whole download may take, in milliseconds: 110 MB over a slow line. */
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

const packageFolder = join(projectRoot, 'node_modules', 'electron');

/**
 * Path of the official binary, when the package already holds it in its own version.
 * @returns {string | undefined}
 */
export function installedOfficialElectron() {
  const pathFile = join(packageFolder, 'path.txt');
  const versionFile = join(packageFolder, 'dist', 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return undefined;
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== installedVersion('electron')) return undefined;
  const executablePath = join(packageFolder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executablePath) ? executablePath : undefined;
}

/**
 * Lets the `electron` package download its binary.
 * @param {import('./project.mjs').Say} say
 * @returns {Promise<{executablePath: string} | {reason: string}>} reason: one line for people
 */
export async function downloadOfficialElectron(say) {
  const version = installedVersion('electron');
  const url = downloadUrl(version, process.env);
  say(`Electron ${version} is not here yet: downloading it from ${new URL(url).host} …`);
  // A proxy is the downloader's own business: our quick look would go around it and say nothing true.
  const usesProxy = Boolean(process.env.HTTPS_PROXY || process.env.https_proxy);
  const unreachable = usesProxy ? undefined : await whyUnreachable(url);
  if (unreachable) return { reason: unreachable };
  const result = await runQuietly(pinnedNode(), [join(packageFolder, 'install.js')], {
    cwd: projectRoot,
    timeoutMs: DOWNLOAD_LIMIT_MS,
    heartbeat: (seconds) => say(`  still downloading Electron (${seconds} s) …`),
  });
  const executablePath = installedOfficialElectron();
  if (executablePath) return { executablePath };
  if (result.timedOut) return { reason: `the download took longer than ${DOWNLOAD_LIMIT_MS / 60_000} minutes` };
  return { reason: firstLine(result.output) };
}

/**
 * Where the binary lies, following the mirror settings that the downloader itself honours.
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 */
export function downloadUrl(version, env) {
  const mirror =
    env.npm_config_electron_mirror ?? env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  const folder = (env.npm_config_electron_custom_dir ?? env.ELECTRON_CUSTOM_DIR ?? `v${version}`).replace(
    '{{ version }}',
    version,
  );
  return `${mirror}${folder}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

/** @param {string} url */
async function whyUnreachable(url) {
  const host = new URL(url).host;
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    return answer.ok ? undefined : `${host} answered with status ${answer.status}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') {
      return `${host} did not answer within ${ANSWER_LIMIT_MS / 1000} s`;
    }
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return `${host} cannot be reached (${cause})`;
  }
}

/** @param {string} output */
function firstLine(output) {
  return (
    output
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim() ?? 'the download failed without a message'
  );
}

const failureFile = () => join(cacheRoot(), 'official-electron-download-failed.json');

/**
 * What the last failed download left behind; unreadable memory counts as none.
 * @returns {import('./electron-choice.mjs').FailedDownload | undefined}
 */
export function recallFailedDownload() {
  try {
    const { version, atMs, reason } = JSON.parse(readFileSync(failureFile(), 'utf8'));
    return typeof version === 'string' && typeof atMs === 'number' && typeof reason === 'string'
      ? { version, atMs, reason }
      : undefined;
  } catch {
    return undefined;
  }
}

/** @param {import('./electron-choice.mjs').FailedDownload} failed */
export function rememberFailedDownload(failed) {
  mkdirSync(dirname(failureFile()), { recursive: true });
  writeFileSync(failureFile(), `${JSON.stringify(failed)}\n`);
}

/** Forgets an earlier failure. */
export function forgetFailedDownload() {
  rmSync(failureFile(), { force: true });
}
