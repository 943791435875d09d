import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';
import type { FileSystem } from './file-system.ts';
import { writeSmallFile } from './files-on-disk.ts';

export interface Measured {
  /** What this user may still write, bytes. */
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** Which volume it is, on this machine. Folders of one volume share its room. */
  readonly volume: number;
}

/** @throws `folder-unusable` for what is no folder; what the file system says */
export const measureFolder = async (files: FileSystem, folder: string): Promise<Measured> => {
  const found = await files.stat(folder);
  if (!found.isDirectory()) throw new AppError('folder-unusable', { folder, problem: 'not-a-folder' });
  await files.access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  const { bsize, bavail, blocks } = await files.statfs(folder);
  return { freeBytes: bsize * bavail, totalBytes: bsize * blocks, volume: found.dev };
};

/** Writes something, flushes it and removes it: what permissions promise, a share may still refuse. */
export const tryFolder = async (files: FileSystem, folder: string): Promise<void> => {
  const path = join(folder, `.vm-migration-console-${randomUUID()}`);
  try {
    await writeSmallFile(files, path, 'VM Migration Console looks whether it can write here.\n');
  } finally {
    await files.rm(path, { recursive: false, force: true });
  }
};
