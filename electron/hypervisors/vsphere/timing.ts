import { setTimeout as sleep } from 'node:timers/promises';

/** Intervals and deadlines in ms, together so that tests can do without waiting. */
export interface Timing {
  readonly connectTimeoutMs: number;
  /** For an ordinary call. */
  readonly callDeadlineMs: number;
  /** For a page of the first inventory, which the server may have to compute. */
  readonly pageDeadlineMs: number;
  /** How long one question for changes is held open by the server. Not below a few minutes (API reference). */
  readonly longPollMs: number;
  /** A server ends a session that was idle for 30 minutes. */
  readonly keepAliveMs: number;
  /** First and longest wait between two looks at a running task or at a lease that is not ready yet. */
  readonly firstTaskPollMs: number;
  readonly longestTaskPollMs: number;
  /** Between two readings of figures the server does not announce: load of hosts and pools. */
  readonly loadPollMs: number;
  /** The same for the space VMs take. */
  readonly storagePollMs: number;
  /** Longest pause between two signs of life of a lease; one that times out sooner gets them more often. */
  readonly leaseProgressMs: number;
  /** How long a host may take before the first byte of a file, and to answer after the last one. */
  readonly transferAnswerMs: number;
  readonly logoutDeadlineMs: number;
  /** Rejects when the signal aborts first. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const defaultTiming: Timing = {
  connectTimeoutMs: 15_000,
  callDeadlineMs: 60_000,
  pageDeadlineMs: 300_000,
  longPollMs: 240_000,
  keepAliveMs: 300_000,
  firstTaskPollMs: 5,
  longestTaskPollMs: 1000,
  loadPollMs: 60_000,
  storagePollMs: 300_000,
  leaseProgressMs: 30_000,
  transferAnswerMs: 120_000,
  logoutDeadlineMs: 3000,
  wait: async (ms, signal) => {
    await sleep(ms, undefined, { signal, ref: true });
  },
};

/** Waits between looks, each longer than the one before: most is done at once, and what is not takes its time. */
export const pauses = ({
  firstTaskPollMs,
  longestTaskPollMs,
  wait,
}: Timing): ((signal: AbortSignal) => Promise<void>) => {
  let next = firstTaskPollMs;
  return async (signal) => {
    const now = next;
    next = Math.min(longestTaskPollMs, next * 1.5);
    await wait(now, signal);
  };
};
