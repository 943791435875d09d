import { basename, join } from 'node:path';
import type { ImageFile, ImageProblem } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ChecksumKind } from '../hypervisors/transfer.ts';
import type { ChecksumResult } from './checksum-protocol.ts';
import { countedPieces } from './counted-pieces.ts';
import type { FileSystem } from './file-system.ts';
import { type ImageContents, readingProblem } from './image-contents.ts';
import type { ImageReader } from './ports.ts';
import { beginChecksums, type RunningChecksums } from './running-checksums.ts';
import { openExistingUncached } from './uncached-file.ts';

/** Told while a file is read. */
interface Listener {
  readonly onBytes: (bytes: number) => void;
  readonly onResult: (result: ChecksumResult) => void;
}

/**
 * The bytes of a file, compared with its checksum on the way. The last piece is given only when all are right, so that
 * whoever takes them never has the whole of a file that differs.
 * @throws the kind of problem
 */
async function* checkedPieces(
  files: FileSystem,
  path: string,
  expected: ImageFile,
  checksums: RunningChecksums,
  { onBytes, onResult }: Listener,
): AsyncGenerator<Uint8Array> {
  const damaged = (kind: ImageProblem['kind']): AppError =>
    new AppError('image-damaged', { image: basename(path), problem: { kind, file: expected.name } });
  const { file, bytes } = await openExistingUncached(files, join(path, expected.name));
  try {
    if (bytes !== expected.bytes) throw damaged('wrong-size');
    let last: Uint8Array | null = null;
    let given = 0;
    for await (const piece of countedPieces(file, checksums)) {
      if (last !== null) {
        yield last;
        given += last.length;
        onBytes(given);
      }
      last = piece;
    }
    const result = await checksums.result();
    if (result.sha256 !== expected.sha256) throw damaged('wrong-content');
    onResult(result);
    if (last === null) return;
    yield last;
    onBytes(expected.bytes);
  } finally {
    await file.close();
  }
}

export const createImageReader = (
  files: FileSystem,
  place: { readonly path: string; readonly name: string },
  { record, descriptor }: ImageContents,
): ImageReader => {
  async function* pieces(name: string, checksum: ChecksumKind, listener: Listener): AsyncGenerator<Uint8Array> {
    const checksums = beginChecksums(['sha256', checksum]);
    try {
      const file = record.files.find((each) => each.name === name);
      if (file === undefined) {
        throw new AppError('internal', { detail: `${name} is no file of the image ${place.name}` });
      }
      yield* checkedPieces(files, place.path, file, checksums, listener);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('image-damaged', { image: place.name, problem: readingProblem(error, name) }, error);
    } finally {
      checksums.drop();
    }
  }

  return {
    record,
    descriptor,
    read: ({ name }, checksum, onBytes) => {
      let sha1: string | null = null;
      const onResult = (result: ChecksumResult): void => {
        sha1 = result.sha1 ?? null;
      };
      return { bytes: pieces(name, checksum, { onBytes, onResult }), sha1: () => sha1 };
    },
  };
};
