import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Where a command reads and writes. A plain object in tests. */
export interface Terminal {
  /** Results: what a script reads. */
  out(line: string): void;
  /** A whole result of many lines, as it is. */
  document(text: string): void;
  /** Everything else: progress, questions, errors. */
  note(line: string): void;
  /** Shows a line that the next one replaces; only where {@link isInteractive}. */
  flash(line: string): void;
  /** A person sits at it: questions may be asked and lines redrawn. */
  readonly isInteractive: boolean;
  /** Null when nobody can answer. */
  ask(question: string): Promise<string | null>;
  /** As {@link ask}, and what is typed is not shown. */
  askHidden(question: string): Promise<string | null>;
  readInput(): Promise<string>;
}

const clearLine = '\r\u001b[K';

/** Names from a server must not move the cursor, colour the terminal or pretend to be lines of their own. */
const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, '?');

export const systemTerminal = (): Terminal => {
  const { stdin, stdout, stderr } = process;
  const isInteractive = stdin.isTTY === true && stderr.isTTY === true;
  let flashing = false;

  const wipe = (): void => {
    if (flashing) stderr.write(clearLine);
    flashing = false;
  };

  const prompt = async (question: string, hidden: boolean): Promise<string | null> => {
    if (!isInteractive) return null;
    wipe();
    stderr.write(question);
    // Readline echoes what is typed to its output: for a password that output goes nowhere.
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: stdin, output: hidden ? nowhere : stderr, terminal: true, historySize: 0 });
    try {
      return await new Promise<string | null>((resolve) => {
        lines.once('line', resolve);
        lines.once('close', () => resolve(null));
        lines.once('SIGINT', () => {
          lines.close();
          process.emit('SIGINT');
        });
      });
    } finally {
      lines.close();
      if (hidden) stderr.write('\n');
    }
  };

  return {
    isInteractive,
    out: (line) => {
      wipe();
      stdout.write(`${oneLine(line)}\n`);
    },
    document: (text) => {
      wipe();
      stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    note: (line) => {
      wipe();
      stderr.write(`${oneLine(line)}\n`);
    },
    flash: (line) => {
      if (!isInteractive) return;
      stderr.write(`${clearLine}${oneLine(line).slice(0, (stderr.columns ?? 80) - 1)}`);
      flashing = true;
    },
    ask: (question) => prompt(question, false),
    askHidden: (question) => prompt(question, true),
    readInput: async () => {
      let text = '';
      stdin.setEncoding('utf8');
      for await (const chunk of stdin) text += chunk;
      return text;
    },
  };
};
