import { setTimeout as sleep } from 'node:timers/promises';

/** Time, handed in so that tests need not wait. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Rejects with an AbortError when the signal aborts first. */
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  delay: async (ms, signal) => {
    await sleep(ms, undefined, { signal });
  },
};
