import type { FileProgress, TaskProgress } from '../../../shared/domain/task.ts';

export const isWhole = ({ doneBytes, totalBytes }: FileProgress): boolean =>
  totalBytes !== null && doneBytes >= totalBytes;

/** 0-100; null when it is not known how much there is. */
export const percentOf = ({ doneBytes, totalBytes }: FileProgress): number | null =>
  totalBytes === null ? null : totalBytes === 0 ? 100 : Math.min(100, (doneBytes / totalBytes) * 100);

/** All files together; the total is null as soon as one of them cannot be told. */
export const sumOf = (files: readonly FileProgress[]): Pick<FileProgress, 'doneBytes' | 'totalBytes'> => ({
  doneBytes: files.reduce((sum, file) => sum + file.doneBytes, 0),
  totalBytes: files.reduce<number | null>(
    (sum, { totalBytes }) => (sum === null || totalBytes === null ? null : sum + totalBytes),
    0,
  ),
});

/**
 * The file that is being copied, which the rate of the task belongs to; undefined when several are, or none: then no
 * file has a rate of its own.
 */
export const currentFile = (files: readonly FileProgress[]): FileProgress | undefined => {
  const begun = files.filter((file) => file.doneBytes > 0 && !isWhole(file));
  return begun.length === 1 ? begun[0] : undefined;
};

/** Time these bytes still need at that rate, ms; null when it cannot be told. */
export const timeLeftAt = (
  { doneBytes, totalBytes }: Pick<FileProgress, 'doneBytes' | 'totalBytes'>,
  bytesPerSecond: TaskProgress['bytesPerSecond'],
): number | null =>
  totalBytes === null || bytesPerSecond === undefined || bytesPerSecond <= 0
    ? null
    : (Math.max(0, totalBytes - doneBytes) / bytesPerSecond) * 1_000;
