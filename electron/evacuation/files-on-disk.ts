import { constants } from 'node:fs';
import type { FileSystem, OpenFile } from './file-system.ts';
import { faultCode } from './folder-error.ts';

// Windows has no such flag; there the look before has to do.
const noFollow = constants.O_NOFOLLOW ?? 0;

/**
 * Opens a new file in place of whatever has that name. A symbolic link there is removed, never followed.
 * @param flags besides those that this needs
 */
export const openNew = async (files: FileSystem, path: string, flags = 0): Promise<OpenFile> => {
  await files.rm(path, { recursive: false, force: true });
  return files.open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noFollow | flags);
};

/** Opens once more what was opened already. @param access `O_RDONLY` or `O_WRONLY` */
export const reopen = (files: FileSystem, path: string, access: number): Promise<OpenFile> =>
  files.open(path, access | noFollow);

/**
 * Opens for reading what is a file in its own right.
 * @param flags besides those that this needs
 * @throws what the file system says, and `ELOOP` for a symbolic link and everything else that is no file
 */
export const openExisting = async (
  files: FileSystem,
  path: string,
  flags = 0,
): Promise<{ readonly file: OpenFile; readonly bytes: number }> => {
  const found = await files.lstat(path);
  if (!found.isFile()) throw Object.assign(new Error(`not a file: ${path}`), { code: 'ELOOP' });
  return { file: await files.open(path, constants.O_RDONLY | noFollow | flags), bytes: found.size };
};

/** Writes all of it: a single call may write less. */
export const writeAll = async (file: OpenFile, data: Uint8Array, position: number): Promise<void> => {
  for (let done = 0; done < data.length; ) {
    const { bytesWritten } = await file.write(data, done, data.length - done, position + done);
    done += bytesWritten;
  }
};

/** Writes a small file; it is on disk when this resolves. */
export const writeSmallFile = async (files: FileSystem, path: string, text: string): Promise<void> => {
  const file = await openNew(files, path);
  try {
    await writeAll(file, Buffer.from(text), 0);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Reads a file up to a size; null when it is larger. */
export const readSmallFile = async (files: FileSystem, path: string, limit: number): Promise<Buffer | null> => {
  const { file, bytes } = await openExisting(files, path);
  try {
    if (bytes > limit) return null;
    const data = Buffer.alloc(bytes);
    let done = 0;
    while (done < bytes) {
      const { bytesRead } = await file.read(data, done, bytes - done, done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    return data.subarray(0, done);
  } finally {
    await file.close();
  }
};

/** What says that a directory cannot be flushed by itself: Windows, and some network file systems. */
const cannotFlush: readonly string[] = ['EISDIR', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** Makes sure that the names in a directory are on disk, where the system can do that. */
export const flushDirectory = async (files: FileSystem, path: string): Promise<void> => {
  try {
    const directory = await files.open(path, constants.O_RDONLY);
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    const code = faultCode(error);
    if (cannotFlush.includes(code) || (process.platform === 'win32' && code === 'EPERM')) return;
    throw error;
  }
};
