import { AppError } from '../../shared/errors/app-error.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * A fault of SQLite or of the file system as the error people read. `setAside` stays empty here: whoever moves a
 * damaged file away fills it in.
 */
export const storageError = (error: unknown, file: string): AppError => {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('storage-damaged', { file, setAside: '' }, error);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new AppError('storage-locked', { file }, error);
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('storage-failed', { file, reason: code === '' ? reason : `${reason} (${code})` }, error);
};

/** Runs work on a file and turns whatever it throws into an AppError about that file. */
export const onFile = <Result>(file: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw storageError(error, file);
  }
};
