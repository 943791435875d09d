import { join } from 'node:path';
import type { ImageProblem } from '../../shared/domain/evacuation.ts';
import { AppError, hasCode } from '../../shared/errors/app-error.ts';
import { type FileSystem, systemFiles } from './file-system.ts';
import { flushDirectory, writeSmallFile } from './files-on-disk.ts';
import { onFolder } from './folder-error.ts';
import { type ImageContents, readContents } from './image-contents.ts';
import { imagePath, markerFile, markerText, partialSuffix } from './image-layout.ts';
import { imageNameFor } from './image-name.ts';
import { type ImagePlace, placesOf, stateOfDirectory } from './image-places.ts';
import { createImageReader } from './image-reader.ts';
import { createImageWriter } from './image-writer.ts';
import { imagesIn } from './list-images.ts';
import type { Patience } from './patience.ts';
import type { ImageStore } from './ports.ts';
import { removePlaces } from './remove-image.ts';
import { expectChecksums } from './running-checksums.ts';
import { describedWhole, giveFinalName, imageBytes, readBack } from './seal-image.ts';
import { verifyContents } from './verify-image.ts';

export interface ImageStoreParts {
  /** Version of the console, kept in the images it writes. */
  readonly version: string;
  readonly patience: Patience;
  readonly files?: FileSystem;
}

export const createImageStore = ({ version, patience, files = systemFiles }: ImageStoreParts): ImageStore => {
  /** The first touch of every act, so that a dead mount is found out before anything else hangs on it. */
  const reach = (folder: string): Promise<void> =>
    onFolder(folder, () =>
      patience(folder, async () => {
        if (!(await files.stat(folder)).isDirectory()) {
          throw new AppError('folder-unusable', { folder, problem: 'not-a-folder' });
        }
      }),
    );

  const places = async (folder: string, name: string): Promise<readonly ImagePlace[]> => {
    await reach(folder);
    return onFolder(folder, () => placesOf(files, folder, name));
  };

  const sealedPlace = async (folder: string, name: string): Promise<ImagePlace> => {
    const sealed = (await places(folder, name)).find(({ state }) => state === 'sealed');
    if (sealed === undefined) throw new AppError('image-not-found', { folder, image: name });
    return sealed;
  };

  /** What was found wrong may be the folder's going away, not the image's. */
  const confirmed = async (folder: string, name: string, problem: ImageProblem): Promise<ImageProblem> => {
    await sealedPlace(folder, name);
    return problem;
  };

  const contentsOf = async (folder: string, name: string): Promise<ImageContents> => {
    const { path } = await sealedPlace(folder, name);
    const read = await readContents(files, path);
    if (!('problem' in read)) return read;
    throw new AppError('image-damaged', { image: name, problem: await confirmed(folder, name, read.problem) });
  };

  const createDirectory = async (path: string): Promise<void> => {
    await files.mkdir(path);
    await writeSmallFile(files, join(path, markerFile), markerText);
  };

  return {
    nameFor: imageNameFor,
    begin: async (folder, name) => {
      const sealedPath = imagePath(folder, name);
      if (sealedPath === null || stateOfDirectory(name) !== 'sealed') {
        throw new AppError('internal', { detail: `${JSON.stringify(name)} is no name for an image` });
      }
      expectChecksums();
      const left = await places(folder, name);
      if (left.some(({ state }) => state === 'sealed')) {
        throw new AppError('internal', { detail: `there is a sealed image ${sealedPath} already` });
      }
      const partialPath = `${sealedPath}${partialSuffix}`;
      await onFolder(
        folder,
        async () => {
          await removePlaces(files, folder, left);
          await createDirectory(partialPath);
          await flushDirectory(files, folder);
        },
        markerText.length,
      );
      return createImageWriter({ files, version, folder, partialPath });
    },
    whole: async (folder, name) => {
      const [first] = await places(folder, name);
      if (first?.state === 'sealed') return { record: (await contentsOf(folder, name)).record, isSealed: true };
      const record = first?.state === 'partial' ? await describedWhole(files, first.path, name) : null;
      return record === null ? null : { record, isSealed: false };
    },
    seal: async (folder, name, signal) => {
      const [first] = await places(folder, name);
      const sealedPath = imagePath(folder, name);
      if (sealedPath === null || first === undefined || first.state === 'deleting') {
        throw new AppError('image-not-found', { folder, image: name });
      }
      const image = { folder, name, sealedPath };
      if (signal.aborted) throw new AppError('cancelled', {});
      if (first.state === 'partial') await giveFinalName(files, image);
      await readBack(files, image, signal);
      return onFolder(folder, () => imageBytes(files, sealedPath));
    },
    open: async (folder, name) => {
      expectChecksums();
      const { path } = await sealedPlace(folder, name);
      return createImageReader(files, { path, name }, await contentsOf(folder, name));
    },
    state: async (folder, name) => {
      const [first] = await places(folder, name);
      if (first === undefined) return 'none';
      return first.state === 'sealed' ? 'sealed' : 'partial';
    },
    verify: async (folder, name, signal) => {
      const { path } = await sealedPlace(folder, name);
      const problem = await verifyContents(files, path, signal);
      return problem === null ? null : confirmed(folder, name, problem);
    },
    remove: async (folder, name) => {
      const left = await places(folder, name);
      await onFolder(folder, () => removePlaces(files, folder, left));
    },
    list: async (folders) => {
      const images = await Promise.all(
        folders.map(async (folder) => {
          try {
            await reach(folder);
            return await onFolder(folder, () => imagesIn(files, folder));
          } catch (error) {
            if (hasCode(error, 'folder-unusable')) return [];
            throw error;
          }
        }),
      );
      return images.flat().sort((left, right) => (right.record?.createdAt ?? 0) - (left.record?.createdAt ?? 0));
    },
  };
};
