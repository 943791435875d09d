import { AppError } from '../../shared/errors/app-error.ts';
import type { ChecksumKind } from '../hypervisors/transfer.ts';
import { createKeptThread } from '../kept-thread.ts';
import type { ChecksumMessage, ChecksumReply, ChecksumResult, SharedPiece } from './checksum-protocol.ts';

/** The checksums of one file, counted in a thread beside while its bytes pass. */
export interface RunningChecksums {
  /**
   * Counts the next bytes.
   * @returns when they were counted and their memory may be used again
   * @throws `internal` when the thread ended
   */
  add(piece: SharedPiece): Promise<void>;
  /** Nothing more comes. @throws as {@link add} */
  result(): Promise<ChecksumResult>;
  /** Nobody wants to know any more; what still waits rejects with `cancelled`. After the result nothing happens. */
  drop(): void;
}

interface Waiting {
  readonly resolve: (result: ChecksumResult) => void;
  readonly reject: (error: AppError) => void;
}

/** What each file waits for, in the order it was asked in. */
const waiting = new Map<number, Waiting[]>();
let last = 0;

const noResult: ChecksumResult = {};

const onReply = (reply: ChecksumReply): void => {
  const first = waiting.get(reply.of)?.shift();
  first?.resolve(reply.kind === 'result' ? reply.result : noResult);
  if (reply.kind === 'result') forget(reply.of);
};

const forget = (of: number): readonly Waiting[] => {
  const left = waiting.get(of) ?? [];
  waiting.delete(of);
  thread.setBusy(waiting.size > 0);
  return left;
};

const thread = createKeptThread<ChecksumMessage, ChecksumReply>({
  beside: import.meta.url,
  name: 'checksum-worker',
  onReply,
  onEnd: (reason) => {
    const error = new AppError('internal', { detail: `the checksum thread ended: ${reason}` });
    for (const of of [...waiting.keys()]) for (const { reject } of forget(of)) reject(error);
  },
});

/**
 * One thread for all files of this process: it counts faster than networks and disks are.
 * @param kinds one named twice is counted once. Ended by {@link RunningChecksums.result} or {@link RunningChecksums.drop}.
 */
export const beginChecksums = (kinds: readonly ChecksumKind[]): RunningChecksums => {
  last += 1;
  const of = last;
  waiting.set(of, []);
  thread.setBusy(true);
  thread.post({ kind: 'begin', of, kinds });

  const ask = (message: ChecksumMessage): Promise<ChecksumResult> =>
    new Promise((resolve, reject) => {
      const mine = waiting.get(of);
      if (mine === undefined) {
        reject(new AppError('internal', { detail: 'the checksums of a file are not counted any more' }));
        return;
      }
      mine.push({ resolve, reject });
      thread.post(message);
    });

  return {
    add: async (piece) => {
      await ask({ kind: 'piece', of, piece });
    },
    result: () => ask({ kind: 'end', of }),
    drop: () => {
      if (!waiting.has(of)) return;
      for (const { reject } of forget(of)) reject(new AppError('cancelled', {}));
      thread.postIfRunning({ kind: 'drop', of });
    },
  };
};
