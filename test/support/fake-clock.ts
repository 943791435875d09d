import type { Clock } from '../../electron/clock.ts';

/** Time that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves time on; what waited for it goes on, in order. */
  advance(ms: number): Promise<void>;
  /** How long the present waits still last, ms. */
  waits(): readonly number[];
}

interface Wait {
  readonly until: number;
  readonly resolve: () => void;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const createFakeClock = (start = Date.UTC(2026, 0, 5, 9)): FakeClock => {
  let now = start;
  const waiting = new Set<Wait>();
  return {
    now: () => now,
    delay: (ms, signal) =>
      new Promise((resolve, reject) => {
        const wait: Wait = { until: now + ms, resolve };
        waiting.add(wait);
        const abort = (): void => {
          waiting.delete(wait);
          reject(new DOMException('aborted', 'AbortError'));
        };
        if (signal.aborted) abort();
        else signal.addEventListener('abort', abort, { once: true });
      }),
    advance: async (ms) => {
      now += ms;
      for (const wait of [...waiting].sort((left, right) => left.until - right.until)) {
        if (wait.until > now) continue;
        waiting.delete(wait);
        wait.resolve();
      }
      await turn();
    },
    waits: () => [...waiting].map(({ until }) => until - now),
  };
};
