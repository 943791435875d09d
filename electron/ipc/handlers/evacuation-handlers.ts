import type { ImageCatalog } from '../../evacuation/image-catalog.ts';
import type { FolderService } from '../../evacuation/ports.ts';
import type { HandlersOf } from '../handlers.ts';

export interface EvacuationHandlerParts {
  readonly folders: FolderService;
  readonly catalog: ImageCatalog;
  /** Asks the person for a folder of this machine; null when they cancel. */
  readonly chooseFolder: () => Promise<string | null>;
}

export const evacuationHandlers = ({
  folders,
  catalog,
  chooseFolder,
}: EvacuationHandlerParts): HandlersOf<'evacuation'> => ({
  'evacuation.folders': () => folders.status(),
  'evacuation.addFolder': async (folder) => {
    await folders.add(folder);
    return folders.status();
  },
  'evacuation.removeFolder': ({ path }) => {
    folders.remove(path);
    return folders.status();
  },
  'evacuation.chooseFolder': async () => ({ path: await chooseFolder() }),
  'evacuation.images': () => catalog.list(),
  'evacuation.verifyImage': async ({ folder, image }, { signal }) => ({
    problem: await catalog.verify(folder, image, signal),
  }),
  'evacuation.deleteImage': async ({ folder, image }) => {
    await catalog.remove(folder, image);
    return catalog.list();
  },
});
