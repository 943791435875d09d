import { AppError } from '../../shared/errors/app-error.ts';
import type { ByteSink, ChecksumKind } from '../hypervisors/transfer.ts';
import type { ChecksumResult } from './checksum-protocol.ts';
import type { FileSystem, OpenFile } from './file-system.ts';
import { writeAll } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';
import { newPiece, type Piece, pieceBytes, wholePiece } from './piece.ts';
import { beginChecksums } from './running-checksums.ts';
import { openNewUncached } from './uncached-file.ts';

/** Pieces that are written, then counted, at a time. While they are, another one is filled. */
const piecesUnderWay = 3;
/** How much is written until the system is asked to begin to put it on disk, so that the end need not wait for all. */
const flushEveryBytes = 64 * 1024 * 1024;

export interface Written {
  readonly bytes: number;
  readonly checksums: ChecksumResult;
}

interface FileTarget {
  readonly file: OpenFile;
  readonly folder: string;
  readonly kinds: readonly ChecksumKind[];
  readonly onBytes: (bytes: number) => void;
  /** Told once, when a piece cannot be kept. */
  readonly onFailure: (error: unknown) => void;
}

interface FileSink extends ByteSink {
  /** Resolves when all is in the file and on disk. */
  end(): Promise<Written>;
  /** Nothing more is wanted. Resolves when nobody uses the file any more; never rejects. */
  stop(): Promise<void>;
}

/**
 * Gathers bytes in pieces, and has each of them written and then counted, while the next ones are filled and written. A
 * piece is filled again when that is done, as new memory for all that passes would cost more than copying it.
 */
const createFileSink = ({ file, folder, kinds, onBytes, onFailure }: FileTarget): FileSink => {
  const checksums = beginChecksums(kinds);
  const free: Piece[] = [];
  let filling = newPiece();
  let filled = 0;
  let taken = 0;
  const underWay = new Set<Promise<void>>();
  let written = 0;
  let flushed = 0;
  let writing: Promise<void> = Promise.resolve();
  let flushing: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;

  const fail = (error: unknown): void => {
    if (failure !== null) return;
    failure = { error };
    onFailure(error);
  };

  const write = async (piece: Piece, before: Promise<void>): Promise<void> => {
    await before;
    if (failure !== null) throw failure.error;
    await onFolder(folder, () => writeAll(file, piece, written), piece.length);
    written += piece.length;
    onBytes(written);
    if (written - flushed < flushEveryBytes) return;
    flushed = written;
    flushing = Promise.all([flushing, onFolder(folder, () => file.sync())]).then(() => undefined);
    flushing.catch(fail);
  };

  const keep = async (piece: Piece): Promise<void> => {
    try {
      writing = write(piece, writing);
      await writing;
      free.push(wholePiece(await checksums.add(piece)));
    } catch (error) {
      fail(error);
    }
  };

  const keepFilled = (): void => {
    const kept = keep(filling.subarray(0, filled)).finally(() => underWay.delete(kept));
    underWay.add(kept);
    filling = free.pop() ?? newPiece();
    filled = 0;
  };

  const room = async (): Promise<void> => {
    while (underWay.size >= piecesUnderWay) await Promise.race(underWay);
    if (failure !== null) throw failure.error;
  };

  const take = (bytes: Uint8Array): Promise<void> | null => {
    for (let from = 0; from < bytes.length; ) {
      const part = Math.min(bytes.length - from, pieceBytes - filled);
      filling.set(part === bytes.length ? bytes : bytes.subarray(from, from + part), filled);
      filled += part;
      from += part;
      if (filled === pieceBytes) keepFilled();
    }
    taken += bytes.length;
    return failure === null && underWay.size < piecesUnderWay ? null : room();
  };

  const settled = async (): Promise<void> => {
    await Promise.all(underWay);
    await flushing.catch(fail);
  };

  return {
    take,
    end: async () => {
      if (filled > 0) keepFilled();
      await settled();
      if (failure !== null) throw failure.error;
      await onFolder(folder, () => file.sync());
      return { bytes: taken, checksums: await checksums.result() };
    },
    stop: async () => {
      checksums.drop();
      failure ??= { error: new AppError('cancelled', {}) };
      await settled();
    },
  };
};

/**
 * Streams what `read` gives into a new file; all of it is on disk when this resolves.
 * @param read gives the bytes to the sink, and stops with the signal's reason when that aborts
 * @throws `folder-full`, `folder-unusable`, `cancelled`, and what `read` fails with
 */
export const writeImageFile = async (
  files: FileSystem,
  target: { readonly folder: string; readonly path: string; readonly kinds: readonly ChecksumKind[] },
  read: (sink: ByteSink, signal: AbortSignal) => Promise<void>,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Written> => {
  const { folder, path, kinds } = target;
  const file = await onFolder(folder, () => openNewUncached(files, path));
  const broken = new AbortController();
  const sink = createFileSink({ file, folder, kinds, onBytes, onFailure: (error) => broken.abort(error) });
  try {
    await read(sink, AbortSignal.any([signal, broken.signal]));
    if (signal.aborted) throw signal.reason;
    return await sink.end();
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', {}, error);
    throw broken.signal.aborted ? broken.signal.reason : error;
  } finally {
    await sink.stop();
    await onFolder(folder, () => file.close());
  }
};
