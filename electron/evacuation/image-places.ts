import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { faultCode } from './folder-error.ts';
import {
  checksumFile,
  deletingSuffix,
  imagePath,
  manifestFile,
  markerFile,
  partialSuffix,
  recordFile,
} from './image-layout.ts';

export type DirectoryState = 'sealed' | 'partial' | 'deleting';

/** A directory with an image in it, or with what is left of one. */
export interface ImagePlace {
  readonly path: string;
  /** As its name says. */
  readonly state: DirectoryState;
}

export const stateOfDirectory = (directory: string): DirectoryState => {
  if (directory.endsWith(partialSuffix)) return 'partial';
  return directory.endsWith(deletingSuffix) ? 'deleting' : 'sealed';
};

/** What the image in it is called once sealed. */
export const withoutSuffix = (directory: string): string =>
  directory.replace(new RegExp(`(\\${partialSuffix}|\\${deletingSuffix})$`), '');

/** True for a directory in its own right; a symbolic link to one is none. @throws what the file system says */
export const isDirectory = async (files: FileSystem, path: string): Promise<boolean> => {
  try {
    return (await files.lstat(path)).isDirectory();
  } catch (error) {
    if (faultCode(error) === 'ENOENT') return false;
    throw error;
  }
};

const ownFiles: readonly string[] = [markerFile, recordFile, checksumFile, manifestFile];

/**
 * Whether a directory is an image, whole or not, and not something else that people keep in the folder: the marker is
 * written before everything else and removed after it.
 */
export const looksLikeImage = (directory: string, content: readonly string[]): boolean =>
  content.some((name) => ownFiles.includes(name)) || (stateOfDirectory(directory) !== 'sealed' && content.length === 0);

/**
 * Every directory in which there may be something of that image, the sealed one first.
 * @throws what the file system says
 */
export const placesOf = async (files: FileSystem, folder: string, name: string): Promise<readonly ImagePlace[]> => {
  // What is no name of an image leads nowhere.
  if (imagePath(folder, name) === null) return [];
  const places: ImagePlace[] = [];
  for (const directory of [name, `${name}${partialSuffix}`, `${name}${deletingSuffix}`]) {
    const path = join(folder, directory);
    if (await isDirectory(files, path)) places.push({ path, state: stateOfDirectory(directory) });
  }
  return places;
};
