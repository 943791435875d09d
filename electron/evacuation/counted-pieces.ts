import type { OpenFile } from './file-system.ts';
import { newPiece, type Piece, wholePiece } from './piece.ts';
import type { RunningChecksums } from './running-checksums.ts';

/** Given, and still needed when the next one is asked for: one that is held back, and one that is being sent. */
const piecesInUse = 2;

const quietly = <Value>(promise: Promise<Value>): Promise<Value> => {
  // Whoever waits for it is told; when nobody does any more, nobody need be.
  promise.catch(() => undefined);
  return promise;
};

/**
 * Reads a file to its end and has it counted: while pieces are used, the next one is counted and the next but one read.
 * The memory of a piece is used again when the third after it is asked for.
 * @throws what the file system says, and as {@link RunningChecksums.add}
 */
export async function* countedPieces(file: OpenFile, checksums: RunningChecksums): AsyncGenerator<Piece> {
  const free: Piece[] = [];
  let position = 0;
  const read = async (): Promise<Piece> => {
    const memory = free.pop() ?? newPiece();
    const { bytesRead } = await file.read(memory, 0, memory.length, position);
    position += bytesRead;
    return memory.subarray(0, bytesRead);
  };

  let reading = quietly(read());
  let counting: Promise<Piece> | null = null;
  const given: Piece[] = [];
  for (;;) {
    const piece = await reading;
    const isEnd = piece.length === 0;
    const before: Promise<Piece> | null = counting;
    if (!isEnd) {
      counting = quietly(checksums.add(piece));
      reading = quietly(read());
    }
    if (before !== null) {
      const counted = await before;
      yield counted;
      given.push(counted);
      const unused = given.length > piecesInUse ? given.shift() : undefined;
      if (unused !== undefined) free.push(wholePiece(unused));
    }
    if (isEnd) return;
  }
}
