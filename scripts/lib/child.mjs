import { spawn } from 'node:child_process';

/**
 * @typedef {object} ChildResult
 * @property {number} code exit code; 1 when a signal ended it, 127 when it could not be started
 * @property {string} output the last part of what it wrote to both streams
 * @property {boolean} timedOut
 */

/** What is kept of a child's output: enough to explain a failure. */
const OUTPUT_LIMIT = 200_000;

/**
 * Runs a program quietly and collects what it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, heartbeat?: (seconds: number) => void}} [options]
 *   heartbeat: called every 15 seconds, so that long work shows that it lives
 * @returns {Promise<ChildResult>} never rejects
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const started = Date.now();
    let output = '';
    let timedOut = false;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && command === 'npm',
    });
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const beat = setInterval(() => options.heartbeat?.(Math.round((Date.now() - started) / 1000)), 15_000);
    const limit = setTimeout(() => {
      timedOut = true;
      child.kill('SIGTERM');
    }, options.timeoutMs ?? 0x7fffffff);
    /** @param {number} code */
    const finish = (code) => {
      clearInterval(beat);
      clearTimeout(limit);
      resolve({ code, output, timedOut });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/**
 * Runs a program in the foreground; its streams are ours.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<number>} exit code; 128 + number of the signal that ended it is not told apart: 1
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit' });
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', pass);
    process.on('SIGTERM', pass);
    const release = () => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code) => {
      release();
      resolve(code ?? 1);
    });
  });
}
