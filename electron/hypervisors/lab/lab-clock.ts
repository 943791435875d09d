/** Time as the lab sees it. Injected, so that tests need not wait. */
export interface LabClock {
  /** ms since 1970. */
  now(): number;
  /** Calls back once, `delayMs` from now, unless the returned function is called before. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Time of the machine. */
export const realClock: LabClock = {
  now: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is advanced. */
export interface ManualClock extends LabClock {
  /** Moves time on and calls back, in order, whatever falls due on the way; also what is asked for meanwhile. */
  advance(byMs: number): void;
  /** How many callbacks are still waited for. */
  pending(): number;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly callback: () => void;
}

/** @param startAt ms since 1970 at which the clock stands first. */
export const createManualClock = (startAt = Date.UTC(2026, 0, 5, 9, 0, 0)): ManualClock => {
  let now = startAt;
  let order = 0;
  const waiting = new Set<Due>();

  const nextUntil = (limit: number): Due | undefined =>
    [...waiting].filter(({ at }) => at <= limit).sort((a, b) => a.at - b.at || a.order - b.order)[0];

  return {
    now: () => now,
    after: (delayMs, callback) => {
      order += 1;
      const due: Due = { at: now + Math.max(0, delayMs), order, callback };
      waiting.add(due);
      return () => {
        waiting.delete(due);
      };
    },
    advance: (byMs) => {
      const limit = now + byMs;
      for (let due = nextUntil(limit); due !== undefined; due = nextUntil(limit)) {
        waiting.delete(due);
        now = due.at;
        due.callback();
      }
      now = limit;
    },
    pending: () => waiting.size,
  };
};
