import { join } from 'node:path';
import type { ImageFile, ImageProblem, ImageRecord } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { countedPieces } from './counted-pieces.ts';
import type { FileSystem } from './file-system.ts';
import { readContents, readingProblem } from './image-contents.ts';
import { beginChecksums } from './running-checksums.ts';
import { openExistingUncached } from './uncached-file.ts';

const stopIf = (signal: AbortSignal): void => {
  if (signal.aborted) throw new AppError('cancelled', {});
};

/** Looks at the sizes alone: quick, also where the image is large. */
export const sizeProblem = async (
  files: FileSystem,
  path: string,
  record: ImageRecord,
): Promise<ImageProblem | null> => {
  for (const { name, bytes } of record.files) {
    try {
      const found = await files.lstat(join(path, name));
      if (!found.isFile()) return { kind: 'unreadable', file: name };
      if (found.size !== bytes) return { kind: 'wrong-size', file: name };
    } catch (error) {
      return readingProblem(error, name);
    }
  }
  return null;
};

const contentProblem = async (
  files: FileSystem,
  path: string,
  { name, bytes, sha256 }: ImageFile,
  signal: AbortSignal,
): Promise<ImageProblem | null> => {
  const { file } = await openExistingUncached(files, join(path, name));
  const checksums = beginChecksums(['sha256']);
  try {
    let read = 0;
    stopIf(signal);
    for await (const piece of countedPieces(file, checksums)) {
      stopIf(signal);
      read += piece.length;
    }
    if (read !== bytes) return { kind: 'wrong-size', file: name };
    return (await checksums.result()).sha256 === sha256 ? null : { kind: 'wrong-content', file: name };
  } finally {
    checksums.drop();
    await file.close();
  }
};

/**
 * Reads everything in an image's directory and compares it with its manifest; null when nothing is wrong.
 * @throws `cancelled`
 */
export const verifyContents = async (
  files: FileSystem,
  path: string,
  signal: AbortSignal,
): Promise<ImageProblem | null> => {
  const read = await readContents(files, path);
  if ('problem' in read) return read.problem;
  const { record } = read;
  const wrongSize = await sizeProblem(files, path, record);
  if (wrongSize !== null) return wrongSize;
  for (const file of record.files) {
    try {
      const wrong = await contentProblem(files, path, file, signal);
      if (wrong !== null) return wrong;
    } catch (error) {
      if (error instanceof AppError) throw error;
      return readingProblem(error, file.name);
    }
  }
  return null;
};
