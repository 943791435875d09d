import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../clock.ts';

/**
 * Asks a folder something, and stops waiting when its file system does not answer.
 * @throws `folder-unusable` (`unreachable`) after the limit, and what the work fails with
 */
export type Patience = <Answer>(folder: string, work: () => Promise<Answer>) => Promise<Answer>;

/** How long a file system may take for a small answer, ms. A dead network mount takes minutes, or forever. */
const limitMs = 5_000;
/** A call that hangs holds a thread. All files of the process share four of them, so one must stay free. */
const callsAtOnce = 3;

export const createPatience = (clock: Clock): Patience => {
  /** Folders of which a call is still out after the limit. */
  const hanging = new Map<string, number>();
  const queue = new Set<() => void>();
  let running = 0;

  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      if (running < callsAtOnce) {
        running += 1;
        resolve();
      } else queue.add(resolve);
    });

  const next = (): void => {
    const [first] = queue;
    if (first === undefined) running -= 1;
    else {
      queue.delete(first);
      first();
    }
  };

  return async (folder, work) => {
    const unreachable = (): AppError => new AppError('folder-unusable', { folder, problem: 'unreachable' });
    // Asking it again would only hold another thread.
    if (hanging.has(folder)) throw unreachable();
    const late = new AbortController();
    let isLate = false;
    const limit = clock.delay(limitMs, late.signal).then(
      () => {
        isLate = true;
        throw unreachable();
      },
      () => new Promise<never>(() => {}),
    );
    const asked = turn().then(async () => {
      try {
        // Nobody waits for it any more.
        if (isLate) throw unreachable();
        return await work();
      } finally {
        next();
      }
    });
    try {
      return await Promise.race([asked, limit]);
    } catch (error) {
      if (isLate) {
        hanging.set(folder, (hanging.get(folder) ?? 0) + 1);
        const answered = (): void => {
          const left = (hanging.get(folder) ?? 1) - 1;
          if (left === 0) hanging.delete(folder);
          else hanging.set(folder, left);
        };
        asked.then(answered, answered);
      }
      throw error;
    } finally {
      late.abort();
    }
  };
};
