import { availableParallelism } from 'node:os';
import { createParseLine, type ParseLine } from './parse-line.ts';
import { createParseThread, type ParseThread } from './parse-thread.ts';

/** Parsing for all connections of this process, by a few threads. */
export interface ParsePool {
  /** For one connection, whose inventory is kept until it is closed. `address` is named in errors. */
  open(address: string): ParseThread;
}

export const createParsePool = (size: number): ParsePool => {
  const lines: { readonly line: ParseLine; users: number }[] = [];
  let lastOwner = 0;
  return {
    open: (address) => {
      let least = lines.reduce<(typeof lines)[number] | null>(
        (best, each) => (best === null || each.users < best.users ? each : best),
        null,
      );
      if (least === null || (least.users > 0 && lines.length < size)) {
        least = { line: createParseLine(), users: 0 };
        lines.push(least);
      }
      const chosen = least;
      chosen.users += 1;
      lastOwner += 1;
      return createParseThread(chosen.line, lastOwner, address, () => {
        chosen.users -= 1;
      });
    },
  };
};

/** One processor is left to everything else. More than four would wait for the main process to take in what they read. */
export const sharedParsePool = createParsePool(Math.min(4, Math.max(1, availableParallelism() - 1)));
