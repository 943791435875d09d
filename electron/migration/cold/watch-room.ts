import { AppError } from '../../../shared/errors/app-error.ts';
import { attempt } from '../attempt.ts';
import type { ColdRun } from './cold-run.ts';

/** How many bytes are written between two looks at the room that is left. */
const everyBytes = 256 * 1024 ** 2;

/** Sees to it that the floor of a folder is never used, whoever else fills its volume meanwhile. */
export interface RoomWatch {
  /** Aborted when there is no room left, or the folder is gone. */
  readonly signal: AbortSignal;
  readonly look: (writtenBytes: number) => void;
  /** Why it was aborted: `folder-full`, `folder-unusable`; null when it was not. */
  readonly problem: () => AppError | null;
  /** Resolves when no look is under way any more. */
  readonly stop: () => Promise<void>;
}

export const watchRoom = (run: ColdRun): RoomWatch => {
  const { folder } = run.plan;
  const ending = new AbortController();
  let problem: AppError | null = null;
  let lookedAt = 0;
  let looking: Promise<void> | null = null;

  const lookNow = async (): Promise<void> => {
    const space = await attempt(() => run.tools.cold.folders.space(folder, run.task.header.id));
    const missingBytes = space.ok ? space.value.floorBytes - space.value.freeBytes : 0;
    if (space.ok && missingBytes <= 0) return;
    problem = space.ok
      ? new AppError('folder-full', { folder, missingBytes })
      : space.error instanceof AppError
        ? space.error
        : new AppError('folder-unusable', { folder, problem: 'unreachable' });
    ending.abort();
  };

  return {
    signal: ending.signal,
    look: (writtenBytes) => {
      if (looking !== null || writtenBytes - lookedAt < everyBytes) return;
      lookedAt = writtenBytes;
      looking = lookNow().finally(() => {
        looking = null;
      });
    },
    problem: () => problem,
    stop: async () => {
      await looking;
    },
  };
};
