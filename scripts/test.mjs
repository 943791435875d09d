// npm test: unit, window and contract suites, and those against vcsim where Go is there. Arguments go to vitest.
import { join } from 'node:path';
import { runInForeground } from './lib/child.mjs';
import { decideVcsim, findGo } from './lib/go-toolchain.mjs';
import { pinnedNode, projectRoot, runScript, UserFacingError } from './lib/project.mjs';

await runScript(async () => {
  const vcsim = decideVcsim({ goVersion: findGo(), required: process.env.REQUIRE_VCSIM === '1' });
  if (vcsim.kind === 'refuse') throw new UserFacingError(vcsim.notice);
  if (vcsim.kind === 'skip') console.log(vcsim.notice);
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const code = await runInForeground(pinnedNode(), [vitest, 'run', ...process.argv.slice(2)], { cwd: projectRoot });
  // Said again: the first time it scrolled away.
  if (vcsim.kind === 'skip') console.log(`\n${vcsim.notice}`);
  return code;
});
