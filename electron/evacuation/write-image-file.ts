import { createHash } from 'node:crypto';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FileSystem, OpenFile } from './file-system.ts';
import { openNew, writeAll } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';

/** What is written at once. Sources give 16 to 64 KiB, and each write costs a turn of the event loop and of a thread. */
const pieceBytes = 1024 * 1024;

export interface Written {
  readonly bytes: number;
  /** Lower-case hexadecimal, as {@link Written.sha1}. */
  readonly sha256: string;
  readonly sha1: string;
}

interface HashingSink {
  readonly sink: Writable;
  written(): Written;
}

/**
 * Takes bytes, writes them and counts both checksums while the file system is at work. Of two pieces one is filled
 * while the other is written; they are used again, as new memory for all that passes would cost more than copying it.
 */
const hashingSink = (file: OpenFile, folder: string, onBytes: (bytes: number) => void): HashingSink => {
  const sha256 = createHash('sha256');
  // Only because vSphere counts it in the manifests of its leases.
  const sha1 = createHash('sha1');
  let bytes = 0;
  let filling = Buffer.allocUnsafe(pieceBytes);
  let other = Buffer.allocUnsafe(pieceBytes);
  let filled = 0;
  let writing = Promise.resolve();

  const store = async (data: Uint8Array): Promise<void> => {
    const stored = onFolder(folder, () => writeAll(file, data, bytes), data.length);
    sha256.update(data);
    sha1.update(data);
    await stored;
    bytes += data.length;
    onBytes(bytes);
  };

  const storePiece = async (): Promise<void> => {
    await writing;
    writing = store(filling.subarray(0, filled));
    // Whoever waits for it next is told.
    writing.catch(() => undefined);
    [filling, other] = [other, filling];
    filled = 0;
  };

  /** Copies what fits. @returns how much that was */
  const fill = (chunk: Uint8Array): number => {
    const part = Math.min(chunk.length, pieceBytes - filled);
    filling.set(part === chunk.length ? chunk : chunk.subarray(0, part), filled);
    filled += part;
    return part;
  };

  const take = async (chunk: Uint8Array): Promise<void> => {
    for (let taken = 0; taken < chunk.length; ) {
      taken += fill(chunk.subarray(taken));
      if (filled === pieceBytes) await storePiece();
    }
  };

  const sink = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => {
      if (filled + chunk.length < pieceBytes) {
        fill(chunk);
        done();
      } else take(chunk).then(() => done(), done);
    },
    final: (done) => {
      storePiece()
        .then(() => writing)
        .then(() => done(), done);
    },
  });
  return { sink, written: () => ({ bytes, sha256: sha256.digest('hex'), sha1: sha1.digest('hex') }) };
};

/**
 * Streams a source into a new file; all of it is on disk when this resolves.
 * @throws `folder-full`, `folder-unusable`, `cancelled`, and what the source fails with
 */
export const writeImageFile = async (
  files: FileSystem,
  target: { readonly folder: string; readonly path: string },
  source: Readable,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Written> => {
  const { folder, path } = target;
  const file = await onFolder(folder, () => openNew(files, path));
  try {
    const { sink, written } = hashingSink(file, folder, onBytes);
    await pipeline(source, sink, { signal });
    await onFolder(folder, () => file.sync());
    return written();
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', {}, error);
    throw error;
  } finally {
    await onFolder(folder, () => file.close());
  }
};
