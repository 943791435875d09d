import { runCommandLine } from '../../electron/cli/run-command-line.ts';
import type { Terminal } from '../../electron/cli/terminal.ts';
import { systemClock } from '../../electron/clock.ts';
import { type ConsoleServices, composeConsole } from '../../electron/compose.ts';
import { createLabAdapter, type LabAdapter } from '../../electron/hypervisors/lab/lab-adapter.ts';
import { realClock } from '../../electron/hypervisors/lab/lab-clock.ts';
import type { HypervisorAdapter } from '../../electron/hypervisors/port.ts';
import { createMemoryCredentialStore } from '../../electron/secrets/credential-store.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface CommandRun {
  readonly code: number;
  /** What a script would read. */
  readonly out: string;
  /** Notes, questions and errors. */
  readonly notes: string;
  /** The standard output as JSON. */
  json<Result>(): Result;
}

export interface CommandBench {
  readonly directory: string;
  readonly lab: LabAdapter;
  /** Questions that were asked of the person. */
  readonly questions: readonly string[];
  /** Presses Ctrl+C in the command under way. */
  interrupt(): void;
  /** Carries out one command line, in this process. */
  run(words: string | readonly string[], options?: RunOptions): Promise<CommandRun>;
}

export interface RunOptions {
  /** What the person answers, one by one; without any, nobody sits there. */
  readonly answers?: readonly string[];
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called for every line of the result while the command runs. */
  readonly onLine?: (line: string) => void;
}

/**
 * The command line on a data folder of its own and a fast lab, which lives from one command to the next.
 * @param change puts other services in place of some
 */
export const aCommandBench = (
  otherAdapters: readonly HypervisorAdapter[] = [],
  labSpeed = 200,
  change: (services: ConsoleServices) => ConsoleServices = (services) => services,
): CommandBench => {
  const directory = temporaryDirectory();
  const lab = createLabAdapter({ clock: realClock, speed: labSpeed });
  const questions: string[] = [];
  let interrupt = (): void => undefined;

  const run: CommandBench['run'] = async (words, { answers, input = '', environment = {}, onLine } = {}) => {
    const out: string[] = [];
    const notes: string[] = [];
    const waiting = [...(answers ?? [])];
    const ask = async (question: string): Promise<string | null> => {
      if (answers === undefined) return null;
      questions.push(question);
      return waiting.shift() ?? '';
    };
    const say = (line: string): void => {
      out.push(line);
      onLine?.(line);
    };
    const terminal: Terminal = {
      out: say,
      document: say,
      note: (line) => notes.push(line),
      flash: () => undefined,
      isInteractive: answers !== undefined,
      ask,
      askHidden: ask,
      readInput: async () => input,
    };
    const code = await runCommandLine({
      words: typeof words === 'string' ? words.split(' ') : words,
      terminal,
      environment: { LANG: 'C', ...environment },
      now: systemClock.now,
      onInterrupt: (handle) => {
        interrupt = handle;
      },
      compose: (_place, listeners) =>
        change(
          composeConsole({
            directory,
            adapters: [lab, ...otherAdapters],
            credentials: createMemoryCredentialStore(),
            clock: systemClock,
            processId: process.pid,
            remembersOffline: false,
            ...listeners,
            onFault: (what, error) => {
              throw new Error(what, { cause: error });
            },
          }),
        ),
    });
    const text = out.join('\n');
    return { code, out: text, notes: notes.join('\n'), json: () => JSON.parse(text) };
  };

  return { directory, lab, questions, run, interrupt: () => interrupt() };
};
