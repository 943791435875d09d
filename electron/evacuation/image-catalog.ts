import type { EvacuationImage, ImageProblem } from '../../shared/domain/evacuation.ts';
import { taskLabel } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FolderService, ImageStore } from './ports.ts';
import { usesImage } from './reservations.ts';

/** The images people see and may act on: those in the folders that were set up, and no others. */
export interface ImageCatalog {
  /** Of all folders that can be reached, newest first. */
  list(): Promise<readonly EvacuationImage[]>;
  /** Null when nothing is wrong. @throws `not-found`, `image-not-found`, `folder-unusable`, `cancelled` */
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
      return images.verify(folder, name, signal);
    },
    remove: async (folder, name) => {
      known(folder);
      const task = openTasks().find((each) => usesImage(each, folder, name));
      if (task !== undefined) throw new AppError('image-in-use', { image: name, task: taskLabel(task.header.id) });
      if ((await images.state(folder, name)) === 'none') throw new AppError('image-not-found', { folder, image: name });
      await images.remove(folder, name);
    },
  };
};
