import { isAbsolute, resolve } from 'node:path';
import type { EvacuationFolder, FolderStatus } from '../../shared/domain/evacuation.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { AppError, hasCode } from '../../shared/errors/app-error.ts';
import type { Settings } from '../storage/ports.ts';
import { type FileSystem, systemFiles } from './file-system.ts';
import { onFolder } from './folder-error.ts';
import { keepFolders, readFolders } from './folder-list.ts';
import { type Measured, measureFolder, tryFolder } from './measure-folder.ts';
import type { Patience } from './patience.ts';
import type { FolderService } from './ports.ts';
import { createReservations, usesFolder } from './reservations.ts';

export interface FolderServiceParts {
  readonly settings: Pick<Settings, 'preference' | 'setPreference'>;
  readonly openTasks: () => readonly TaskView[];
  readonly patience: Patience;
  /** ms since 1970. */
  readonly now: () => number;
  readonly files?: FileSystem;
}

const GIB = 1024 ** 3;

/** What is kept free when nobody says how much: enough for others on a small volume, no waste on a large one. */
export const defaultFloorBytes = (totalBytes: number): number => Math.min(10 * GIB, Math.floor(totalBytes / 20));

export const createFolderService = (parts: FolderServiceParts): FolderService => {
  const { settings, openTasks, patience, now, files = systemFiles } = parts;
  const reservations = createReservations(openTasks);
  /** Volumes of folders as measured last. */
  const volumes = new Map<string, number>();

  const folders = (): readonly EvacuationFolder[] => readFolders(settings) ?? [];

  const measure = async (path: string): Promise<Measured> => {
    const measured = await onFolder(path, () => patience(path, () => measureFolder(files, path)));
    volumes.set(path, measured.volume);
    return measured;
  };

  /** Promised on the folder's volume, be it in this folder or in another one there. */
  const reservedBytes = (path: string, volume: number | undefined, except?: TaskId): number =>
    reservations
      .open()
      .filter(({ task }) => task !== except)
      .filter(({ folder }) => folder === path || (volume !== undefined && volumes.get(folder) === volume))
      .reduce((sum, { bytes }) => sum + bytes, 0);

  /** Learns on which volumes the promised bytes are. A folder that cannot be reached takes no room from this one now. */
  const learnVolumes = async (): Promise<void> => {
    const unknown = new Set(reservations.open().map(({ folder }) => folder));
    await Promise.all(
      [...unknown].filter((folder) => !volumes.has(folder)).map((folder) => measure(folder).catch(() => null)),
    );
  };

  const statusOf = async (folder: EvacuationFolder): Promise<FolderStatus> => {
    try {
      const { freeBytes, totalBytes, volume } = await measure(folder.path);
      const reserved = reservedBytes(folder.path, volume);
      return { ...folder, freeBytes, totalBytes, reservedBytes: reserved, problem: null, measuredAt: now() };
    } catch (error) {
      if (!hasCode(error, 'folder-unusable')) throw error;
      const reserved = reservedBytes(folder.path, undefined);
      const { problem } = error.data;
      return { ...folder, freeBytes: null, totalBytes: null, reservedBytes: reserved, problem, measuredAt: now() };
    }
  };

  return {
    folders,
    add: async ({ path: given, floorBytes }) => {
      if (!isAbsolute(given)) throw new AppError('folder-unusable', { folder: given, problem: 'missing' });
      const path = resolve(given);
      if (folders().some((folder) => folder.path === path)) throw new AppError('folder-exists', { folder: path });
      const { totalBytes } = await measure(path);
      await onFolder(path, () => patience(path, () => tryFolder(files, path)));
      // The list may have changed while the folder was tried.
      const others = folders().filter((folder) => folder.path !== path);
      keepFolders(settings, [...others, { path, floorBytes: floorBytes ?? defaultFloorBytes(totalBytes) }]);
    },
    remove: (path) => {
      const left = folders().filter((folder) => folder.path !== path);
      if (left.length === folders().length) throw new AppError('not-found', { what: 'folder', name: path });
      if (openTasks().some((task) => usesFolder(task, path))) throw new AppError('folder-in-use', { folder: path });
      keepFolders(settings, left);
    },
    status: async () => {
      await learnVolumes();
      return Promise.all(folders().map(statusOf));
    },
    space: async (path, except) => {
      const folder = folders().find((each) => each.path === path);
      if (folder === undefined) throw new AppError('not-found', { what: 'folder', name: path });
      const [{ freeBytes, volume }] = await Promise.all([measure(path), learnVolumes()]);
      const reserved = reservedBytes(path, volume, except);
      return { path, freeBytes, reservedBytes: reserved, floorBytes: folder.floorBytes };
    },
    wrote: reservations.wrote,
  };
};
