import { basename, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FileSystem } from './file-system.ts';
import { flushDirectory } from './files-on-disk.ts';
import { deletingSuffix, markerFile } from './image-layout.ts';
import { type ImagePlace, looksLikeImage, withoutSuffix } from './image-places.ts';

/** Removes a directory and what is in it, the marker last: what is left of it after a crash is still known as an image. */
const erase = async (files: FileSystem, path: string, content: readonly string[]): Promise<void> => {
  for (const name of content) {
    if (name !== markerFile) await files.rm(join(path, name), { recursive: true, force: true });
  }
  await files.rm(join(path, markerFile), { recursive: true, force: true });
  await files.rmdir(path);
};

/**
 * Removes these directories of one image. A sealed one gets another name first, so that half of it is never taken for
 * an image.
 * @throws `image-not-found` for a directory that is something else; what the file system says
 */
export const removePlaces = async (files: FileSystem, folder: string, places: readonly ImagePlace[]): Promise<void> => {
  // Left-overs first: their name is needed.
  for (const { path, state } of places.toReversed()) {
    const directory = basename(path);
    const content = await files.readdir(path);
    if (!looksLikeImage(directory, content)) throw new AppError('image-not-found', { folder, image: directory });
    if (state !== 'sealed') {
      await erase(files, path, content);
      continue;
    }
    const deleting = join(folder, `${withoutSuffix(directory)}${deletingSuffix}`);
    await files.rename(path, deleting);
    await flushDirectory(files, folder);
    await erase(files, deleting, content);
  }
  if (places.length > 0) await flushDirectory(files, folder);
};
