import { createHash } from 'node:crypto';
import { type Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FileSystem, OpenFile } from './file-system.ts';
import { openNew, writeAll } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';

/** What is gathered while a write is under way, and then written at once. Sources give 64 KiB or less. */
const gatheredBytes = 1024 * 1024;

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

/** Takes bytes, writes them and counts both checksums while the file system is at work. */
const hashingSink = (file: OpenFile, folder: string, onBytes: (bytes: number) => void): HashingSink => {
  const sha256 = createHash('sha256');
  // Only because vSphere counts it in the manifests of its leases.
  const sha1 = createHash('sha1');
  let bytes = 0;

  const take = async (data: Uint8Array): Promise<void> => {
    const writing = onFolder(folder, () => writeAll(file, data, bytes), data.length);
    sha256.update(data);
    sha1.update(data);
    await writing;
    bytes += data.length;
    onBytes(bytes);
  };

  const sink = new Writable({
    highWaterMark: gatheredBytes,
    write: (chunk: Uint8Array, _encoding, done) => {
      take(chunk).then(() => done(), done);
    },
    writev: (chunks: readonly { readonly chunk: Uint8Array }[], done) => {
      take(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done);
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
