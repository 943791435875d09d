/**
 * The part of vitest's JSON report that is looked at.
 * @typedef {{testResults: readonly {name: string, status: string,
 *   assertionResults: readonly {status: string}[]}[]}} VitestReport
 */

/** The suites that run against vcsim, as in vitest.config.ts. */
const VCSIM_SUITE = /[/\\]test[/\\](vcsim[/\\].*|.*\.vcsim)\.test\.ts$/;

/**
 * Whether the suites against vcsim really ran: a suite that is skipped or not found must not pass for one that succeeded.
 * @param {VitestReport} report
 * @returns {string | undefined} what is wrong
 */
export function missingVcsimRuns(report) {
  const suites = report.testResults.filter((suite) => VCSIM_SUITE.test(suite.name));
  if (suites.length === 0) return 'REQUIRE_VCSIM=1, but no suite against vcsim was found.';
  const idle = suites.filter((suite) => !suite.assertionResults.some((test) => test.status === 'passed'));
  if (idle.length === 0) return undefined;
  return `REQUIRE_VCSIM=1, but nothing ran in:\n${idle.map((suite) => `  ${suite.name}`).join('\n')}`;
}
