import { expect } from 'vitest';
import type { AppError } from '../../../../shared/errors/app-error.ts';

/** What a call was refused with; it has to be an error of the console. */
export const refusal = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: 'AppError' });
  return error as AppError;
};
