import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { redact } from './redact.ts';

/** Where the console writes what went wrong inside itself. Holds no secrets. */
export interface LogFile {
  readonly file: string;
  /** Never throws: a log that cannot be written must not stop anything. */
  write(message: string, error?: unknown): void;
}

/** bytes */
const sizeLimit = 1_000_000;
const kept = 3;

const describe = (error: unknown): string => {
  if (error === undefined) return '';
  if (!(error instanceof Error)) return ` ${String(error)}`;
  const cause = error.cause === undefined ? '' : `\ncaused by:${describe(error.cause)}`;
  return ` ${error.stack ?? error.message}${cause}`;
};

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** `console.log` becomes `console.1.log`, which becomes `console.2.log` … */
const rotate = (file: string): void => {
  const numbered = (number: number): string => (number === 0 ? file : file.replace(/(\.\w+)?$/, `.${number}$1`));
  for (let number = kept - 1; number >= 0; number -= 1) {
    if (sizeOf(numbered(number)) > 0) renameSync(numbered(number), numbered(number + 1));
  }
};

export const createLogFile = (file: string, now: () => number): LogFile => ({
  file,
  write: (message, error) => {
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      if (sizeOf(file) > sizeLimit) rotate(file);
      const line = redact(`${new Date(now()).toISOString()} ${message}${describe(error)}`);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A full disk, for example. There is nobody left to tell.
    }
  },
});
