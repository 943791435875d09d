// npm run test:e2e: drives the built console in a real window on a virtual display. Arguments go to vitest.
import { join } from 'node:path';
import { whyBuild } from './lib/build-state.mjs';
import { runInForeground } from './lib/child.mjs';
import { pinnedNode, projectRoot, runScript } from './lib/project.mjs';
import { resolveElectron } from './lib/resolve-electron.mjs';

/** Large enough that nothing of a 1440 x 900 window is cut off. */
const SCREEN = '-screen 0 1920x1200x24';

await runScript(async () => {
  await resolveElectron({ say: (line) => console.log(line), ownDisplay: true, command: 'npm run test:e2e' });
  const reason = whyBuild(projectRoot);
  if (reason) {
    console.log(`Building the console: ${reason} …`);
    const code = await runInForeground(pinnedNode(), [join(projectRoot, 'scripts', 'build.mjs')], { cwd: projectRoot });
    if (code !== 0) return code;
  }
  const vitest = [join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'e2e'];
  const command = [pinnedNode(), ...vitest, ...process.argv.slice(2)];
  const [program, ...args] =
    // A virtual display even where there is a screen: the suites move the pointer, and so would the person.
    process.platform === 'linux' ? ['xvfb-run', '-a', '-s', SCREEN, ...command] : command;
  return runInForeground(program ?? '', args, {
    cwd: projectRoot,
    env: { ...process.env, VM_CONSOLE_E2E: '1' },
  });
});
