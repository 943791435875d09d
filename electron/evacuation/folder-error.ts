import type { FolderProblem } from '../../shared/domain/evacuation.ts';
import { AppError } from '../../shared/errors/app-error.ts';

/** What a call of the file system says went wrong: `ENOSPC`, `EROFS` …; empty for anything else that was thrown. */
export const faultCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const problems: Readonly<Record<string, FolderProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'not-a-folder',
  EROFS: 'read-only',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EIO: 'unreachable',
  ENXIO: 'unreachable',
  ENODEV: 'unreachable',
  ESTALE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ENOTCONN: 'unreachable',
  ECONNRESET: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNABORTED: 'unreachable',
};

/** Why a folder cannot be used, after a call of the file system failed; null when that is not the folder's doing. */
export const folderProblemOf = (error: unknown): FolderProblem | null => problems[faultCode(error)] ?? null;

/**
 * A fault of the file system as the error people read.
 * @param missingBytes what still had to be written, when that was the call that failed
 */
export const folderError = (error: unknown, folder: string, missingBytes: number): unknown => {
  if (error instanceof AppError) return error;
  const code = faultCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('folder-full', { folder, missingBytes }, error);
  const problem = folderProblemOf(error);
  return problem === null ? error : new AppError('folder-unusable', { folder, problem }, error);
};

/**
 * Runs work on the file system of a folder.
 * @throws `folder-unusable`, `folder-full`
 */
export const onFolder = async <Result>(
  folder: string,
  work: () => Promise<Result>,
  missingBytes = 0,
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw folderError(error, folder, missingBytes);
  }
};
