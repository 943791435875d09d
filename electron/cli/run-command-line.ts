import type { TaskProgress, TaskView } from '../../shared/domain/task.ts';
import { AppError, toWire, type WireError } from '../../shared/errors/app-error.ts';
import { catalog, type Messages } from '../../shared/messages/catalog.ts';
import { errorText } from '../../shared/messages/errors.ts';
import type { Language } from '../../shared/messages/topic.ts';
import type { ConsoleServices } from '../compose.ts';
import { languageOfLocale } from '../preferences.ts';
import type { CommandContext, CommandResult, DataPlace } from './command.ts';
import { type Arguments, readArguments } from './command-line.ts';
import { type ChosenCommand, chooseCommand } from './commands.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { sayError } from './say-error.ts';
import type { Terminal } from './terminal.ts';

export interface TaskListeners {
  readonly onTask: (view: TaskView) => void;
  readonly onProgress: (progress: TaskProgress) => void;
}

export interface CommandLineParts {
  /** What was typed behind `vmmigrate`. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly compose: (place: DataPlace, listeners: TaskListeners) => ConsoleServices;
  /** Calls back for every Ctrl+C. */
  readonly onInterrupt: (handle: () => void) => void;
  /** ms since 1970. */
  readonly now: () => number;
}

const languageFrom = (words: readonly string[], environment: CommandLineParts['environment']): Language => {
  const at = words.findIndex((word) => word === '--language' || word.startsWith('--language='));
  const asked = at === -1 ? undefined : (words[at]?.split('=')[1] ?? words[at + 1]);
  const { VM_CONSOLE_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  return languageOfLocale(asked ?? VM_CONSOLE_LANGUAGE ?? (LC_ALL || LC_MESSAGES || LANG || 'en'));
};

/** With `--json` and `--csv` the standard output holds the result alone. */
const quiet = (terminal: Terminal): Terminal => ({ ...terminal, out: terminal.note, document: () => {} });

/** Carries out one command line. Never throws. @returns the exit code */
export const runCommandLine = async (parts: CommandLineParts): Promise<ExitCode> => {
  const language = languageFrom(parts.words, parts.environment);
  const words = catalog[language];
  const chosen = chooseCommand(parts.words);
  const wantsHelp = parts.words.some((word) => word === '--help' || word === '-h');
  if (wantsHelp || parts.words.length === 0) {
    parts.terminal.document(words.cli.help[chosen?.command.help ?? 'main']);
    return wantsHelp ? exitCodes.ok : exitCodes.usage;
  }
  if (chosen === null) {
    const asked = parts.words.filter((word) => !word.startsWith('-')).join(' ');
    return end(parts, language, words, asked, unknown(words, asked));
  }
  try {
    const given = readArguments(chosen.rest, chosen.command.options);
    return await run(parts, chosen, given, language, words);
  } catch (error) {
    return end(parts, language, words, chosen.name, toWire(error));
  }
};

const unknown = (words: Messages, asked: string): WireError => ({
  code: 'invalid-input',
  data: { issues: [{ path: '', message: words.cli.unknownCommand(asked) }] },
});

const run = async (
  parts: CommandLineParts,
  { name, command }: ChosenCommand,
  given: Arguments,
  language: Language,
  words: Messages,
): Promise<ExitCode> => {
  const interrupted = new AbortController();
  let interrupts = 0;
  let onInterrupt: (count: number) => void = () => interrupted.abort();
  parts.onInterrupt(() => {
    interrupts += 1;
    onInterrupt(interrupts);
  });

  let services: ConsoleServices | null = null;
  let listeners: TaskListeners = { onTask: () => {}, onProgress: () => {} };
  const json = given.flag('json');
  const csv = given.flag('csv');
  if (json && csv) {
    throw new AppError('invalid-input', { issues: [{ path: '--csv', message: 'either --json or --csv' }] });
  }
  const context: CommandContext = {
    given,
    terminal: json || csv ? quiet(parts.terminal) : parts.terminal,
    language,
    words,
    environment: parts.environment,
    signal: interrupted.signal,
    onInterrupt: (handle) => {
      onInterrupt = handle;
    },
    now: parts.now,
    open: (place = 'own') => {
      services ??= parts.compose(place, {
        onTask: (view) => listeners.onTask(view),
        onProgress: (progress) => listeners.onProgress(progress),
      });
      return services;
    },
    onTasks: (onTask, onProgress) => {
      listeners = { onTask, onProgress };
    },
  };

  let result: CommandResult;
  try {
    result = await command.run(context);
  } finally {
    await (services as ConsoleServices | null)?.close();
  }
  if (json) parts.terminal.document(JSON.stringify({ format: 1, command: name, result: result.data }, null, 2));
  if (csv) parts.terminal.document(result.csv ?? '');
  return result.exitCode;
};

/** Says why it ended badly. */
const end = (
  { terminal, words: typed }: CommandLineParts,
  language: Language,
  words: Messages,
  command: string,
  error: WireError,
): ExitCode => {
  if (typed.includes('--json')) {
    const text = errorText(error, language);
    terminal.document(JSON.stringify({ format: 1, command, error: { ...error, text } }, null, 2));
  } else {
    sayError(error, { terminal, language, words });
  }
  return exitCodeOf(error.code);
};
