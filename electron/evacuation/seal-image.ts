import { join } from 'node:path';
import type { ImageRecord } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FileSystem } from './file-system.ts';
import { flushDirectory } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';
import { readContents } from './image-contents.ts';
import { markerFile, partialSuffix } from './image-layout.ts';
import { sizeProblem, verifyContents } from './verify-image.ts';

/** Where an image is, and what it is called. */
export interface ImageAt {
  readonly folder: string;
  readonly name: string;
  /** Of its directory once it is sealed. */
  readonly sealedPath: string;
}

const backToPartial = async (files: FileSystem, { folder, sealedPath }: ImageAt): Promise<void> => {
  await files.rename(sealedPath, `${sealedPath}${partialSuffix}`);
  await flushDirectory(files, folder);
};

/**
 * Gives the directory of an image its final name; one that has it already is left as it is.
 * @throws `folder-full`, `folder-unusable`
 */
export const giveFinalName = (files: FileSystem, { folder, sealedPath }: ImageAt): Promise<void> =>
  onFolder(folder, async () => {
    const partialPath = `${sealedPath}${partialSuffix}`;
    await flushDirectory(files, partialPath);
    await files.rename(partialPath, sealedPath);
    await flushDirectory(files, folder);
  });

/**
 * Reads back what is there now. What differs, or was not compared to the end, must not be taken for sealed.
 * @throws `image-damaged`, `cancelled`
 */
export const readBack = async (files: FileSystem, image: ImageAt, signal: AbortSignal): Promise<void> => {
  try {
    const problem = await verifyContents(files, image.sealedPath, signal);
    if (problem !== null) throw new AppError('image-damaged', { image: image.name, problem });
  } catch (error) {
    // Where even this fails the folder is gone: whoever finds the image again has to verify it.
    await backToPartial(files, image).catch(() => {});
    throw error;
  }
};

/**
 * The record of an image that was described and never sealed, of which every file is there in its full size; null for what is less.
 * @throws `image-damaged` where it cannot be read, so that nobody takes it for less than it may be
 */
export const describedWhole = async (files: FileSystem, path: string, name: string): Promise<ImageRecord | null> => {
  const read = await readContents(files, path);
  const problem = 'problem' in read ? read.problem : await sizeProblem(files, path, read.record);
  if (problem?.kind === 'unreadable') throw new AppError('image-damaged', { image: name, problem });
  return problem === null ? read.record : null;
};

/** Bytes on disk of everything in an image but its marker. @throws what the file system says */
export const imageBytes = async (files: FileSystem, path: string): Promise<number> => {
  let bytes = 0;
  for (const name of await files.readdir(path)) {
    if (name !== markerFile) bytes += (await files.lstat(join(path, name))).size;
  }
  return bytes;
};
