import type { FileProgress, StepName } from '../../../shared/domain/task.ts';
import { AppError, type ErrorCode, toWire } from '../../../shared/errors/app-error.ts';
import type { PlatformCount } from '../../hypervisors/transfer.ts';
import { backOffMs } from '../../sites/back-off.ts';
import type { ColdRun } from './cold-run.ts';

/** A stream broke; the lease may live on, and the file is sent again from its beginning. */
const worthAnotherTry: readonly ErrorCode[] = ['transfer-broken', 'connection-lost', 'server-timeout'];
const triesAFile = 3;

/** Copies one file, and copies it anew when the connection broke on the way. @throws what the last try failed with */
export const withRetries = async <Result>(run: ColdRun, copy: () => Promise<Result>): Promise<Result> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await copy();
    } catch (error) {
      if (tried >= triesAFile || run.interruption.aborted || !worthAnotherTry.includes(toWire(error).code)) throw error;
      await run.tools.clock.delay(backOffMs(tried), run.interruption);
    }
  }
};

/** Works on several items at a time; after the first failure nothing new is begun, and all that runs is waited for. */
export const someAtATime = async <Item, Result>(
  items: readonly Item[],
  atATime: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  let next = 0;
  let failure: { readonly error: unknown } | null = null;
  const worker = async (): Promise<void> => {
    while (next < items.length && failure === null) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as Item, index);
      } catch (error) {
        // The others fail because of the first one.
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, worker));
  const first = failure as { readonly error: unknown } | null;
  if (first !== null) throw first.error;
  return results;
};

export interface ProgressMeter {
  /** The file has this many bytes now. */
  readonly at: (index: number, bytes: number) => void;
  readonly doneBytes: () => number;
}

/** How often progress is told, ms; and over how long a rate is measured. */
const tellEveryMs = 250;
const rateOverMs = 5_000;

/** Adds up what the files of one step have, and tells it now and then. Every file has its own line. */
export const progressMeter = (
  run: ColdRun,
  step: StepName,
  files: readonly { readonly label: string; readonly expectedBytes: number | null }[],
  onPercent: (percent: number) => void,
): ProgressMeter => {
  const { clock, onProgress } = run.tools;
  const done = files.map(() => 0);
  const expected = files.reduce((sum, { expectedBytes }) => sum + (expectedBytes ?? 0), 0);
  const allKnown = files.every(({ expectedBytes }) => expectedBytes !== null);
  let toldAt = Number.NEGATIVE_INFINITY;
  let samples: readonly { readonly at: number; readonly bytes: number }[] = [];

  const sum = (): number => done.reduce((total, bytes) => total + bytes, 0);

  const tell = (now: number): void => {
    const bytes = sum();
    samples = [...samples.filter(({ at }) => now - at <= rateOverMs), { at: now, bytes }];
    const [first] = samples;
    const spanMs = first === undefined ? 0 : now - first.at;
    // A platform knows the size only roughly: the last percent belongs to the end.
    const percent = allKnown && expected > 0 ? Math.min(99, Math.floor((bytes / expected) * 100)) : null;
    onPercent(percent ?? 0);
    onProgress({
      task: run.task.header.id,
      percent,
      step,
      ...(first === undefined || spanMs < tellEveryMs
        ? {}
        : { bytesPerSecond: Math.round(((bytes - first.bytes) * 1000) / spanMs) }),
      files: files.map(({ label, expectedBytes }, index): FileProgress => {
        const doneBytes = done[index] ?? 0;
        return { label, doneBytes, totalBytes: expectedBytes === null ? null : Math.max(expectedBytes, doneBytes) };
      }),
    });
  };

  return {
    at: (index, bytes) => {
      done[index] = bytes;
      const now = clock.now();
      if (now - toldAt < tellEveryMs) return;
      toldAt = now;
      tell(now);
    },
    doneBytes: sum,
  };
};

/**
 * Compares what the platform counted with what the console counted.
 * @throws `transfer-differs` at the first difference; what one of them did not count is passed over
 */
export const compareCounts = (
  vmName: string,
  own: ReadonlyMap<
    string,
    { readonly name: string; readonly bytes: number; readonly sha1: string | null; readonly sha256: string }
  >,
  platform: readonly PlatformCount[],
): void => {
  for (const count of platform) {
    const file = own.get(count.key);
    if (file === undefined) continue;
    const same =
      (count.bytes === undefined || count.bytes === file.bytes) &&
      (count.sha1 === undefined || file.sha1 === null || count.sha1.toLowerCase() === file.sha1) &&
      (count.sha256 === undefined || count.sha256.toLowerCase() === file.sha256);
    if (!same) throw new AppError('transfer-differs', { vmName, file: file.name });
  }
};
