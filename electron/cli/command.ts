import type { ParseArgsOptionsConfig } from 'node:util';
import type { TaskProgress, TaskView } from '../../shared/domain/task.ts';
import type { Messages } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';
import type { ConsoleServices } from '../compose.ts';
import type { Arguments } from './command-line.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `temporary`: a new folder that is removed again, so that nothing of the person's own data is touched. */
export type DataPlace = 'own' | 'temporary';

/** What a command works with. */
export interface CommandContext {
  readonly given: Arguments;
  readonly terminal: Terminal;
  readonly language: Language;
  readonly words: Messages;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl+C, unless the command has taken that over. */
  readonly signal: AbortSignal;
  /** Replaces what Ctrl+C does: called with 1, 2 … */
  onInterrupt(handle: (count: number) => void): void;
  /** ms since 1970. */
  now(): number;
  /**
   * The services, opened at the first call and closed when the command has ended.
   * @throws `storage-newer`, `storage-damaged`, `storage-locked`, `storage-failed`
   */
  open(place?: DataPlace): ConsoleServices;
  /** Tells of every task and its progress from now on. */
  onTasks(onTask: (view: TaskView) => void, onProgress: (progress: TaskProgress) => void): void;
}

/** What a command found out: for people already printed, for scripts the data of `--json`. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  /** Keeps its shape; documented by the tests. */
  readonly data: unknown;
  /** The same for spreadsheets, of commands with the option `--csv`. */
  readonly csv?: string;
}

/** The option of commands that can answer with a table for spreadsheets. */
export const csvOption = { csv: { type: 'boolean' } } as const satisfies ParseArgsOptionsConfig;

export interface Command {
  /** Which help belongs to it. */
  readonly help: keyof Messages['cli']['help'];
  readonly options: ParseArgsOptionsConfig;
  readonly run: (context: CommandContext) => Promise<CommandResult>;
}
