import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface TimedRun {
  /** From just before the process is started until it has ended. */
  readonly wallMs: number;
  readonly output: string;
}

export interface TimedCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** An open file that takes the output instead. */
  readonly outputFile?: number;
}

/** A run that takes this long hangs. */
const limitMs = 180_000;

/**
 * Runs a program to its end and takes its time.
 * @throws Error with what it complained of, when it fails or does not end
 */
export const timedProcess = async ({ program, args, input, env, outputFile }: TimedCommand): Promise<TimedRun> => {
  const begun = performance.now();
  const child = spawn(program, args, { env: env ?? process.env, stdio: ['pipe', outputFile ?? 'pipe', 'pipe'] });
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  const limit = setTimeout(end, limitMs);
  try {
    let output = '';
    let complaints = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints = (complaints + text).slice(-10_000);
    });
    child.stdin?.on('error', () => undefined).end(input ?? '');
    const exited = once(child, 'exit').then(() => performance.now());
    const closed = once(child, 'close');
    const wallMs = (await exited) - begun;
    await closed;
    if (child.exitCode === 0) return { wallMs, output };
    throw new Error(`${program} ended with ${child.exitCode ?? child.signalCode}:\n${complaints}`);
  } finally {
    clearTimeout(limit);
    process.off('exit', end);
  }
};
