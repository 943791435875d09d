import { spawnSync } from 'node:child_process';

/**
 * What to say about the suites that run against the vCenter simulator, a Go program built when they start.
 * @param {{goVersion: string | undefined, required: boolean}} facts required: REQUIRE_VCSIM=1
 * @returns {{kind: 'run'} | {kind: 'skip', notice: string} | {kind: 'refuse', notice: string}}
 */
export function decideVcsim(facts) {
  if (facts.goVersion !== undefined) return { kind: 'run' };
  const why =
    'Go was not found, and the vCenter simulator (vcsim) is a Go program. Install Go from https://go.dev/dl/.';
  return facts.required
    ? { kind: 'refuse', notice: `The suites against vcsim are required (REQUIRE_VCSIM=1) but cannot run: ${why}` }
    : { kind: 'skip', notice: `SKIPPED: all suites that run against vcsim. ${why}` };
}

/** Version line of the Go on PATH, or undefined. */
export function findGo() {
  const asked = spawnSync('go', ['version'], { encoding: 'utf8' });
  return asked.error || asked.status !== 0 ? undefined : asked.stdout.trim();
}
