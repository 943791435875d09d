import { newPiece, pieceBytes, type SharedPiece } from './checksum-protocol.ts';
import type { OpenFile } from './file-system.ts';
import type { RunningChecksums } from './running-checksums.ts';

/** What is being read, what was given last, and what was given before that. */
const piecesInUse = 3;

/**
 * Reads a file to its end and has it counted: while one piece is used the next one is read. The memory of a piece is
 * used again when the next piece but one is asked for.
 * @throws what the file system says, and as {@link RunningChecksums.add}
 */
export async function* countedPieces(file: OpenFile, checksums: RunningChecksums): AsyncGenerator<SharedPiece> {
  const memory: SharedPiece[] = [];
  const read = async (number: number, position: number): Promise<SharedPiece> => {
    const slot = number % piecesInUse;
    const whole = memory[slot] ?? newPiece();
    memory[slot] = whole;
    const { bytesRead } = await file.read(whole, 0, pieceBytes, position);
    return whole.subarray(0, bytesRead);
  };
  const quietly = <Value>(promise: Promise<Value>): Promise<Value> => {
    // Whoever waits for it is told; when nobody does any more, nobody need be.
    promise.catch(() => undefined);
    return promise;
  };

  let counted: Promise<void> = Promise.resolve();
  let next = quietly(read(0, 0));
  for (let number = 0, done = 0; ; number += 1) {
    const piece = await next;
    if (piece.length === 0) break;
    // The memory of the piece before this one is free for the next but one.
    await counted;
    counted = quietly(checksums.add(piece));
    done += piece.length;
    next = quietly(read(number + 1, done));
    yield piece;
  }
  await counted;
}
