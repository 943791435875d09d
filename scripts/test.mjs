// npm test: unit, window and contract suites, and those against vcsim where Go is there. Arguments go to vitest.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInForeground } from './lib/child.mjs';
import { decideVcsim, findGo } from './lib/go-toolchain.mjs';
import { pinnedNode, projectRoot, runScript, UserFacingError } from './lib/project.mjs';
import { missingVcsimRuns } from './lib/vcsim-report.mjs';

await runScript(async () => {
  const required = process.env.REQUIRE_VCSIM === '1';
  const vcsim = decideVcsim({ goVersion: findGo(), required });
  if (vcsim.kind === 'refuse') throw new UserFacingError(vcsim.notice);
  if (vcsim.kind === 'skip') console.log(vcsim.notice);
  const code = required ? await runAndProve() : await runSuites([]);
  // Said again: the first time it scrolled away.
  if (vcsim.kind === 'skip') console.log(`\n${vcsim.notice}`);
  return code;
});

/** @param {readonly string[]} reporting */
function runSuites(reporting) {
  const vitest = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', ...reporting, ...process.argv.slice(2)];
  return runInForeground(pinnedNode(), args, { cwd: projectRoot });
}

/** Runs the suites and makes sure that those against vcsim were among them. */
async function runAndProve() {
  const folder = mkdtempSync(join(tmpdir(), 'vm-migration-console-tests-'));
  try {
    const file = join(folder, 'report.json');
    const code = await runSuites(['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    const missing = code === 0 ? missingVcsimRuns(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
    if (missing) throw new UserFacingError(missing);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
