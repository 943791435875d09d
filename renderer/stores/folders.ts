import { create } from 'zustand';
import type { FolderStatus } from '../../shared/domain/evacuation.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';

interface FoldersState {
  /** Evacuation image folders as they were measured last; null before the first answer. */
  readonly folders: readonly FolderStatus[] | null;
  /** Why the last reading failed; what was known before stays. */
  readonly error: WireError | null;
}

export const useFolders = create<FoldersState>(() => ({ folders: null, error: null }));

/** Measures all folders (again). Never rejects: what went wrong is in the state. */
export const readFolders = async (): Promise<void> => {
  try {
    useFolders.setState({ folders: await call('evacuation.folders', {}), error: null });
  } catch (error) {
    useFolders.setState({ error: toWire(error) });
  }
};

/**
 * Sets up a folder; without a floor the console chooses one.
 * @returns its path as the console writes it from now on
 * @throws `folder-unusable`, `folder-full`, `folder-exists`, `invalid-input`
 */
export const addFolder = async (path: string, floorBytes: number | null): Promise<string> => {
  const before = new Set(useFolders.getState().folders?.map((folder) => folder.path));
  const folders = await call('evacuation.addFolder', { path, floorBytes });
  useFolders.setState({ folders, error: null });
  return folders.find((folder) => !before.has(folder.path))?.path ?? path;
};

/** The images in it stay. @throws `folder-in-use` */
export const removeFolder = async (path: string): Promise<void> =>
  useFolders.setState({ folders: await call('evacuation.removeFolder', { path }), error: null });

/** Lets the person pick a folder of this machine; null when they changed their mind. */
export const chooseFolder = async (): Promise<string | null> => (await call('evacuation.chooseFolder', {})).path;

const storageKey = 'vm-console.evacuation-folder';

/** The folder of the operation started last; null when none was, or nothing can be kept here. */
export const lastUsedFolder = (): string | null => {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
};

export const rememberFolder = (path: string): void => {
  try {
    localStorage.setItem(storageKey, path);
  } catch {
    // Not remembered; the person chooses again next time.
  }
};
