import type { EvacuationImage, ImageProblem } from '../../shared/domain/evacuation.ts';
import { taskLabel } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { AppError, hasCode } from '../../shared/errors/app-error.ts';
import type { FolderService, ImageStore } from './ports.ts';
import { usesImage } from './reservations.ts';

/** The images people see and may act on: those in the folders that were set up, and no others. */
export interface ImageCatalog {
  /** Of all folders that can be reached, newest first. */
  list(): Promise<readonly EvacuationImage[]>;
  /**
   * Null when nothing is wrong. One that holds all of a VM and was never sealed is sealed by that.
   * @throws `not-found`, `image-in-use`, `image-not-found`, `folder-unusable`, `cancelled`
   */
  verify(folder: string, name: string, signal: AbortSignal): Promise<ImageProblem | null>;
  /** For good. @throws `not-found`, `image-in-use`, `image-not-found`, `folder-unusable` */
  remove(folder: string, name: string): Promise<void>;
}

export interface ImageCatalogParts {
  readonly images: ImageStore;
  readonly folders: FolderService;
  readonly openTasks: () => readonly TaskView[];
}

export const createImageCatalog = ({ images, folders, openTasks }: ImageCatalogParts): ImageCatalog => {
  const known = (folder: string): void => {
    if (folders.folders().some(({ path }) => path === folder)) return;
    throw new AppError('not-found', { what: 'folder', name: folder });
  };

  const unused = (folder: string, name: string): void => {
    const task = openTasks().find((each) => usesImage(each, folder, name));
    if (task !== undefined) throw new AppError('image-in-use', { image: name, task: taskLabel(task.header.id) });
  };

  return {
    list: async () => {
      const found = await images.list(folders.folders().map(({ path }) => path));
      const tasks = openTasks();
      return found.map((image) => {
        const task = tasks.find((each) => usesImage(each, image.folder, image.name));
        return { ...image, task: task?.header.id ?? null };
      });
    },
    verify: async (folder, name, signal) => {
      known(folder);
      if ((await images.state(folder, name)) !== 'partial' || (await images.whole(folder, name)) === null) {
        return images.verify(folder, name, signal);
      }
      unused(folder, name);
      try {
        await images.seal(folder, name, signal);
        return null;
      } catch (error) {
        if (hasCode(error, 'image-damaged')) return error.data.problem;
        throw error;
      }
    },
    remove: async (folder, name) => {
      known(folder);
      unused(folder, name);
      if ((await images.state(folder, name)) === 'none') throw new AppError('image-not-found', { folder, image: name });
      await images.remove(folder, name);
    },
  };
};
