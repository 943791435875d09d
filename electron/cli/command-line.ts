import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error.ts';

/** What every command understands. */
export const commonOptions = {
  json: { type: 'boolean' },
  language: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

/** How a password gets in; never as an argument, because arguments are visible to every user of the machine. */
export const passwordOptions = { 'password-stdin': { type: 'boolean' } } as const satisfies ParseArgsOptionsConfig;

export interface Arguments {
  readonly positionals: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  /** @throws `invalid-input` when it is not a whole number between the two */
  number(name: string, least: number, most: number): number | undefined;
}

const refused = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

/** @throws `invalid-input` for options the command does not know, and for values that are missing */
export const readArguments = (words: readonly string[], options: ParseArgsOptionsConfig): Arguments => {
  if (words.some((word) => word === '--password' || word.startsWith('--password='))) {
    throw refused(
      '--password',
      'a password is never taken from the arguments, where every user of this machine can read it: ' +
        'use the prompt, --password-stdin or the environment variable VMMIGRATE_PASSWORD',
    );
  }
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], options: { ...commonOptions, ...options }, allowPositionals: true });
  } catch (error) {
    throw refused('', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  const { values, positionals } = parsed;
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    positionals,
    flag: (name) => values[name] === true,
    text,
    texts: (name) => {
      const value = values[name];
      return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
    },
    number: (name, least, most) => {
      const given = text(name);
      if (given === undefined) return undefined;
      const number = Number(given);
      if (!/^\d+$/.test(given) || number < least || number > most) {
        throw refused(`--${name}`, `a whole number from ${least} to ${most} is needed, not ${given}`);
      }
      return number;
    },
  };
};

/** @throws `invalid-input` unless there are so many */
export const countArguments = (given: Arguments, least: number, most: number, usage: string): void => {
  const count = given.positionals.length;
  if (count < least || count > most) throw refused('', usage);
};
