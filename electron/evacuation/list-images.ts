import { join } from 'node:path';
import type { EvacuationImage, ImageProblem, ImageRecord } from '../../shared/domain/evacuation.ts';
import type { FileSystem } from './file-system.ts';
import { readContents } from './image-contents.ts';
import { imagePath } from './image-layout.ts';
import { isDirectory, looksLikeImage, stateOfDirectory, withoutSuffix } from './image-places.ts';
import { sizeProblem } from './verify-image.ts';

type ListedImage = Omit<EvacuationImage, 'task'>;

/** Others may remove, rename or forbid what is looked at. */
const unlessFails = <Value>(looking: Promise<Value>): Promise<Value | null> => looking.catch(() => null);

const bytesOf = async (files: FileSystem, path: string, content: readonly string[]): Promise<number> => {
  let bytes = 0;
  for (const name of content) {
    const found = await unlessFails(files.lstat(join(path, name)));
    if (found?.isFile() === true) bytes += found.size;
  }
  return bytes;
};

const examine = async (
  files: FileSystem,
  path: string,
): Promise<{ readonly record: ImageRecord | null; readonly problem: ImageProblem | null }> => {
  const read = await readContents(files, path);
  if ('problem' in read) return read;
  return { record: read.record, problem: await sizeProblem(files, path, read.record) };
};

/** Null for a directory that is something else, or into which this user may not look. */
const imageIn = async (files: FileSystem, folder: string, directory: string): Promise<ListedImage | null> => {
  const path = imagePath(folder, directory);
  if (path === null || (await unlessFails(isDirectory(files, path))) !== true) return null;
  const content = await unlessFails(files.readdir(path));
  if (content === null || !looksLikeImage(directory, content)) return null;
  const bytes = await bytesOf(files, path, content);
  const { record, problem } = await examine(files, path);
  const state = stateOfDirectory(directory);
  if (state !== 'sealed') return { folder, name: directory, state, record, bytes, problem: null };
  return { folder, name: directory, state: problem === null ? 'sealed' : 'damaged', record, bytes, problem };
};

/**
 * Everything in a folder that looks like an image. Sizes are compared, contents are not. What is half written or half
 * removed goes by the name of the image unless another directory has that.
 * @throws what the file system says of the folder
 */
export const imagesIn = async (files: FileSystem, folder: string): Promise<readonly ListedImage[]> => {
  const images: ListedImage[] = [];
  const names = (await files.readdir(folder)).sort();
  for (const directory of names) {
    const image = await imageIn(files, folder, directory);
    if (image === null) continue;
    const name = withoutSuffix(directory);
    const isTaken = names.includes(name) || images.some((other) => other.name === name);
    images.push(isTaken ? image : { ...image, name });
  }
  return images;
};
