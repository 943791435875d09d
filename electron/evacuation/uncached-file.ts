import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSystem, OpenFile } from './file-system.ts';
import { openExisting, openNew, reopen } from './files-on-disk.ts';
import { faultCode } from './folder-error.ts';

/*
 * Disks of images go past the system's cache where that is safe and quick. What is copied once would only drive out of
 * memory what others need, cost the processor a copy of every byte, and let a verification read the memory instead of
 * the disk.
 */

/** Node knows it on Linux alone; elsewhere nothing of this happens. */
const uncached = constants.O_DIRECT ?? 0;

/** `f_type` of statfs(2): ext4 and XFS. Network file systems would wait for their server after each piece. */
const suited: readonly number[] = [0xef_53, 0x58_46_53_42];

/** What position, length and memory must be multiples of: no disk has larger sectors, open(2). */
const blockBytes = 4096;

const isWholeBlocks = (data: Uint8Array, offset: number, length: number, position: number): boolean =>
  (data.byteOffset + offset) % blockBytes === 0 && length % blockBytes === 0 && position % blockBytes === 0;

/**
 * Whole blocks go past the cache; what is left at the end of a file, and everything once the system has refused that,
 * goes through it, by a second descriptor. Linux keeps both views of a file the same.
 */
const inBlocks = (direct: OpenFile, openCached: () => Promise<OpenFile>): OpenFile => {
  let cached: Promise<OpenFile> | null = null;
  let isRefused = false;

  const call = async <Result>(isPossible: boolean, work: (file: OpenFile) => Promise<Result>): Promise<Result> => {
    if (isPossible && !isRefused) {
      try {
        return await work(direct);
      } catch (error) {
        if (faultCode(error) !== 'EINVAL') throw error;
        isRefused = true;
      }
    }
    cached ??= openCached();
    return work(await cached);
  };

  return {
    write: (data, offset, length, position) =>
      call(isWholeBlocks(data, offset, length, position), (file) => file.write(data, offset, length, position)),
    read: (data, offset, length, position) =>
      call(isWholeBlocks(data, offset, length, position), (file) => file.read(data, offset, length, position)),
    // Flushes the file, whoever wrote to it.
    sync: () => direct.sync(),
    close: async () => {
      try {
        await direct.close();
      } finally {
        // Looked at only now: what was still under way may have been refused, and have opened it.
        await cached?.then(
          (file) => file.close(),
          () => undefined,
        );
      }
    },
  };
};

/** Opens past the cache where the file system is suited and agrees; null where it is not, or refuses. */
const unlessRefused = async <Opened>(
  files: FileSystem,
  path: string,
  open: () => Promise<Opened>,
): Promise<Opened | null> => {
  if (uncached === 0 || !suited.includes((await files.statfs(dirname(path))).type)) return null;
  try {
    return await open();
  } catch (error) {
    if (faultCode(error) === 'EINVAL') return null;
    throw error;
  }
};

/** As {@link openNew}, for a large file that is written in pieces of whole blocks of page-aligned memory. */
export const openNewUncached = async (files: FileSystem, path: string): Promise<OpenFile> => {
  const direct = await unlessRefused(files, path, () => openNew(files, path, uncached));
  return direct === null ? openNew(files, path) : inBlocks(direct, () => reopen(files, path, constants.O_WRONLY));
};

/** As {@link openExisting}, for a large file that is read in pieces of whole blocks into page-aligned memory. */
export const openExistingUncached: typeof openExisting = async (files, path) => {
  const direct = await unlessRefused(files, path, () => openExisting(files, path, uncached));
  return direct === null
    ? openExisting(files, path)
    : { ...direct, file: inBlocks(direct.file, () => reopen(files, path, constants.O_RDONLY)) };
};
