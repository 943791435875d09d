// npm run check: types of every side, lint and format, import rules. Everything runs, then the failures are summed up.
import { join } from 'node:path';
import { runInForeground } from './lib/child.mjs';
import { pinnedNode, projectRoot, runScript } from './lib/project.mjs';

const SIDES = ['.', 'shared', 'electron', 'renderer', 'test', 'scripts'];

await runScript(async () => {
  /** @type {string[]} */
  const failed = [];
  for (const side of SIDES)
    await step(`types of ${side === '.' ? 'the configuration' : side}`, 'typescript/bin/tsc', ['-p', side]);
  await step('lint and format', '@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']);
  await step('import rules', 'vitest/vitest.mjs', ['run', '--project', 'node', 'test/architecture']);
  if (failed.length > 0) {
    console.error(`\nFailed: ${failed.join(', ')}`);
    return 1;
  }
  console.log('\nAll checks passed.');
  return 0;

  /** @param {string} name @param {string} tool @param {string[]} args */
  async function step(name, tool, args) {
    const started = Date.now();
    const program = [join(projectRoot, 'node_modules', ...tool.split('/')), ...args];
    const code = await runInForeground(pinnedNode(), program, { cwd: projectRoot });
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push(name);
  }
});
