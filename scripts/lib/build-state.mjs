import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the built application is made of. */
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'package-lock.json',
  'vite.main.config.ts',
  'vite.preload.config.ts',
  'vite.renderer.config.ts',
];

/** Files that must be there for a build to count as one. */
const PRODUCTS = ['main/main.js', 'main/cli.js', 'preload/preload.cjs', 'renderer/index.html'];

const STAMP = 'build-stamp.txt';

/**
 * A text that changes whenever a source is changed, added, removed or renamed. It looks at sizes and times only: reading
 * every file would slow each start.
 * @param {string} root project folder
 * @returns {string}
 */
export function fingerprintSources(root) {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesUnder(join(root, source)).sort()) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
  );
}

/**
 * Why the application has to be built before it can run, for people; undefined when it is up to date.
 * @param {string} root
 * @returns {string | undefined}
 */
export function whyBuild(root) {
  const out = join(root, 'out');
  if (PRODUCTS.some((product) => !existsSync(join(out, product)))) return 'it has not been built yet';
  const stamp = join(out, STAMP);
  const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  return built === fingerprintSources(root) ? undefined : 'its sources changed since the last build';
}

/**
 * Records what the products in a folder were made of.
 * @param {string} outFolder
 * @param {string} fingerprint taken before the build began, so that a change during the build counts as newer
 */
export function stampBuild(outFolder, fingerprint) {
  writeFileSync(join(outFolder, STAMP), fingerprint);
}
