import type { Journal } from '../storage/ports.ts';

/** The right to run tasks, held only while there is something to run, so that another process can have its turn. */
export interface RunnerClaim {
  readonly held: () => boolean;
  /** `refused`: another process runs tasks now. */
  readonly take: () => 'taken' | 'held' | 'refused';
  readonly release: () => void;
}

export const createRunnerClaim = (journal: Journal, processId: number, now: () => number): RunnerClaim => {
  let held = false;
  return {
    held: () => held,
    take: () => {
      if (held) return 'held';
      held = journal.claimRunner(processId, now());
      return held ? 'taken' : 'refused';
    },
    release: () => {
      if (!held) return;
      held = false;
      try {
        journal.releaseRunner(processId);
      } catch {
        // It stays with this process then, which may take it again, and it ends with the process.
      }
    },
  };
};
