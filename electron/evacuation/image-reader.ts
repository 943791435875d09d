import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import type { ImageFile, ImageProblem } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FileSystem } from './file-system.ts';
import { openExisting } from './files-on-disk.ts';
import { type ImageContents, readingProblem } from './image-contents.ts';
import type { ImageReader } from './ports.ts';

const pieceBytes = 1024 * 1024;

/**
 * The bytes of a file, compared with its checksum on the way. The last piece is given only when all are right, so that
 * whoever takes them never has the whole of a file that differs.
 * @throws the kind of problem
 */
async function* checkedPieces(files: FileSystem, path: string, expected: ImageFile): AsyncGenerator<Buffer> {
  const damaged = (kind: ImageProblem['kind']): AppError =>
    new AppError('image-damaged', { image: basename(path), problem: { kind, file: expected.name } });
  const { file, bytes } = await openExisting(files, join(path, expected.name));
  try {
    if (bytes !== expected.bytes) throw damaged('wrong-size');
    const hash = createHash('sha256');
    let last: Buffer | null = null;
    for (let done = 0; ; ) {
      const piece = Buffer.allocUnsafe(pieceBytes);
      const { bytesRead } = await file.read(piece, 0, pieceBytes, done);
      if (bytesRead === 0) break;
      if (last !== null) yield last;
      last = piece.subarray(0, bytesRead);
      hash.update(last);
      done += bytesRead;
    }
    if (hash.digest('hex') !== expected.sha256) throw damaged('wrong-content');
    if (last !== null) yield last;
  } finally {
    await file.close();
  }
}

export const createImageReader = (
  files: FileSystem,
  place: { readonly path: string; readonly name: string },
  { record, descriptor }: ImageContents,
): ImageReader => {
  async function* pieces(name: string): AsyncGenerator<Buffer> {
    const file = record.files.find((each) => each.name === name);
    if (file === undefined) throw new AppError('internal', { detail: `${name} is no file of the image ${place.name}` });
    try {
      yield* checkedPieces(files, place.path, file);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('image-damaged', { image: place.name, problem: readingProblem(error, name) }, error);
    }
  }

  return {
    record,
    descriptor,
    read: ({ name }) => Readable.from(pieces(name), { objectMode: false, highWaterMark: pieceBytes }),
  };
};
