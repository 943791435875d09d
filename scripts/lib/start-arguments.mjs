/**
 * @typedef {object} StartArguments
 * @property {boolean} officialOnly `--official`: download the official Electron even after a recent failure
 * @property {boolean} noSandbox `--no-sandbox`: give the sandbox of the window's processes up
 * @property {boolean} help
 * @property {string[]} forApplication everything else, passed on
 */

export const START_HELP = `npm start                 open the console (builds it first when its sources changed)
npm start -- --official   download the official Electron even if that failed within the last day
npm start -- --no-sandbox give the sandbox of the window's processes up (implied for root)
Other arguments are passed to the console.`;

/**
 * @param {readonly string[]} argv what was typed after the script's name
 * @returns {StartArguments}
 */
export function parseStartArguments(argv) {
  const own = new Set(['--official', '--no-sandbox', '--help', '-h']);
  return {
    officialOnly: argv.includes('--official'),
    noSandbox: argv.includes('--no-sandbox'),
    help: argv.includes('--help') || argv.includes('-h'),
    forApplication: argv.filter((argument) => !own.has(argument)),
  };
}
