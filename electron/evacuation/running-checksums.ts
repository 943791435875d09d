import { AppError } from '../../shared/errors/app-error.ts';
import type { ChecksumKind } from '../hypervisors/transfer.ts';
import { createKeptThread } from '../kept-thread.ts';
import type { ChecksumMessage, ChecksumReply, ChecksumResult } from './checksum-protocol.ts';
import type { Piece } from './piece.ts';

/** The checksums of one file, counted in a thread beside while its bytes pass. */
export interface RunningChecksums {
  /**
   * Counts the next bytes. The piece is handed over, and is empty here until then.
   * @returns the piece, when it was counted
   * @throws `internal` when the thread ended; the piece is gone
   */
  add(piece: Piece): Promise<Piece>;
  /** Nothing more comes. @throws as {@link add} */
  result(): Promise<ChecksumResult>;
  /** Nobody wants to know any more; what still waits rejects with `cancelled`. After the result nothing happens. */
  drop(): void;
}

interface Waiting {
  readonly resolve: (reply: ChecksumReply) => void;
  readonly reject: (error: AppError) => void;
}

/** What each file waits for, in the order it was asked in. */
const waiting = new Map<number, Waiting[]>();
/** No file has this number. */
const noFile = 0;
let last = noFile;

const onReply = (reply: ChecksumReply): void => {
  waiting.get(reply.of)?.shift()?.resolve(reply);
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

/** Bytes are about to come: has the thread started meanwhile, which takes longer than a small file. */
export const expectChecksums = (): void => thread.post({ kind: 'drop', of: noFile });

const outOfOrder = (): never => {
  throw new AppError('internal', { detail: 'the checksum thread answered what it was not asked' });
};

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

  const ask = (message: ChecksumMessage, moved: readonly ArrayBuffer[] = []): Promise<ChecksumReply> =>
    new Promise((resolve, reject) => {
      const mine = waiting.get(of);
      if (mine === undefined) {
        reject(new AppError('internal', { detail: 'the checksums of a file are not counted any more' }));
        return;
      }
      mine.push({ resolve, reject });
      thread.post(message, moved);
    });

  return {
    add: async (piece) => {
      const reply = await ask({ kind: 'piece', of, piece }, [piece.buffer]);
      return reply.kind === 'counted' ? reply.piece : outOfOrder();
    },
    result: async () => {
      const reply = await ask({ kind: 'end', of });
      return reply.kind === 'result' ? reply.result : outOfOrder();
    },
    drop: () => {
      if (!waiting.has(of)) return;
      for (const { reject } of forget(of)) reject(new AppError('cancelled', {}));
      thread.postIfRunning({ kind: 'drop', of });
    },
  };
};
