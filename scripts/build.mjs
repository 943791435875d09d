// npm run build: bundles main process, preload and window into out/.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintSources, stampBuild } from './lib/build-state.mjs';
import { runQuietly } from './lib/child.mjs';
import { pinnedNode, projectRoot, runScript, UserFacingError } from './lib/project.mjs';

const PARTS = ['main', 'preload', 'renderer'];

await runScript(async () => {
  const started = Date.now();
  const out = join(projectRoot, 'out');
  const fingerprint = fingerprintSources(projectRoot);
  mkdirSync(out, { recursive: true });
  // Built aside and moved into place: a console that is starting meanwhile never sees half a build.
  const staging = mkdtempSync(join(out, '.staging-'));
  try {
    const results = await Promise.all(PARTS.map((part) => bundle(part, join(staging, part))));
    const failed = results.filter((result) => result !== undefined);
    if (failed.length > 0) throw new UserFacingError(`The build failed.\n\n${failed.join('\n\n')}`);
    for (const part of PARTS) {
      rmSync(join(out, part), { recursive: true, force: true });
      renameSync(join(staging, part), join(out, part));
    }
    stampBuild(out, fingerprint);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
});

/**
 * @param {string} part
 * @param {string} folder
 * @returns {Promise<string | undefined>} what went wrong
 */
async function bundle(part, folder) {
  const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(projectRoot, `vite.${part}.config.ts`);
  const args = [
    vite,
    'build',
    '--configLoader',
    'runner',
    '--config',
    config,
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  const result = await runQuietly(pinnedNode(), args, { cwd: projectRoot });
  if (result.code === 0) {
    if (result.output.trim() !== '') console.log(result.output.trim());
    return undefined;
  }
  return `${part}:\n${result.output.trim()}`;
}
