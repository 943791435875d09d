/**
 * Which Electron to start, decided from facts alone: whoever calls gathers the facts and acts on the answer.
 *
 * @typedef {object} ElectronFacts
 * @property {string | undefined} overrideFolder ELECTRON_OVERRIDE_DIST_PATH
 * @property {string | undefined} installedPath the official binary, when it is already downloaded
 * @property {string} officialVersion version of the `electron` package
 * @property {FailedDownload | undefined} failedDownload what the last try to download left behind
 * @property {boolean} officialOnly the person asked for the official one (`--official`)
 * @property {NodeJS.Platform} platform
 * @property {string} arch
 * @property {number} nowMs
 *
 * @typedef {{version: string, atMs: number, reason: string}} FailedDownload
 *
 * @typedef {{kind: 'override', folder: string}
 *   | {kind: 'official', executablePath: string}
 *   | {kind: 'download', thenEvaluation: boolean}
 *   | {kind: 'evaluation', failed: FailedDownload}} ElectronChoice
 */

/** How long a failed download is remembered, in milliseconds: a day. */
export const FAILURE_REMEMBERED_MS = 24 * 60 * 60 * 1000;

/**
 * @param {ElectronFacts} facts
 * @returns {ElectronChoice}
 */
export function chooseElectron(facts) {
  if (facts.overrideFolder) return { kind: 'override', folder: facts.overrideFolder };
  if (facts.installedPath) return { kind: 'official', executablePath: facts.installedPath };
  const failed = facts.failedDownload;
  if (!facts.officialOnly && failed && isRecent(failed, facts) && hasEvaluationRuntime(facts.platform, facts.arch)) {
    return { kind: 'evaluation', failed };
  }
  return {
    kind: 'download',
    thenEvaluation: !facts.officialOnly && hasEvaluationRuntime(facts.platform, facts.arch),
  };
}

/**
 * The evaluation runtime is made from a package that exists for one platform.
 * @param {NodeJS.Platform} platform
 * @param {string} arch
 */
export function hasEvaluationRuntime(platform, arch) {
  return platform === 'linux' && arch === 'x64';
}

/**
 * @param {FailedDownload} failed
 * @param {ElectronFacts} facts
 */
function isRecent(failed, facts) {
  const age = facts.nowMs - failed.atMs;
  // A clock that was set back must not keep the memory for ever.
  return failed.version === facts.officialVersion && age >= 0 && age < FAILURE_REMEMBERED_MS;
}
