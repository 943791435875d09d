// npm start: opens the console. Finds or fetches Electron, builds what is stale, and says plainly what is missing.
import { join } from 'node:path';
import { whyBuild } from './lib/build-state.mjs';
import { runInForeground } from './lib/child.mjs';
import { isRoot } from './lib/probe-machine.mjs';
import { pinnedNode, projectRoot, runScript } from './lib/project.mjs';
import { resolveElectron } from './lib/resolve-electron.mjs';
import { parseStartArguments, START_HELP } from './lib/start-arguments.mjs';

await runScript(async () => {
  const wanted = parseStartArguments(process.argv.slice(2));
  if (wanted.help) {
    console.log(START_HELP);
    return 0;
  }
  const electron = await resolveElectron({
    say: (line) => console.log(line),
    officialOnly: wanted.officialOnly,
    noSandbox: wanted.noSandbox,
    command: 'npm start',
  });
  const reason = whyBuild(projectRoot);
  if (reason) {
    console.log(`Building the console: ${reason} …`);
    const code = await runInForeground(pinnedNode(), [join(projectRoot, 'scripts', 'build.mjs')], { cwd: projectRoot });
    if (code !== 0) return code;
  }
  if (isRoot) {
    console.log(
      'Running as root: the sandbox of the window is off (--no-sandbox). A normal user gets the full sandbox.',
    );
  } else if (wanted.noSandbox) {
    console.log('The sandbox of the window is off, as asked (--no-sandbox).');
  }
  return runInForeground(electron.executablePath, [...electron.args, projectRoot, ...wanted.forApplication], {
    env: { ...process.env, ...electron.env },
  });
});
