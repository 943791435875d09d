import { AppError } from '../../shared/errors/app-error.ts';

const units: readonly string[] = ['', 'K', 'M', 'G', 'T', 'P'];

/**
 * Bytes from what people write: `10GB`, `500 MiB`, `1.5T`, `0`. Counted in steps of 1024, as sizes are shown.
 * @throws `invalid-input`
 */
export const readSize = (option: string, text: string): number => {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([KMGTP]?)(?:i?B)?$/i.exec(text.trim()) ?? [];
  const power = units.indexOf(unit.toUpperCase());
  const bytes = number === undefined ? Number.NaN : Math.round(Number(number) * 1024 ** power);
  if (Number.isSafeInteger(bytes)) return bytes;
  throw new AppError('invalid-input', {
    issues: [{ path: option, message: `a size such as 10GB is needed, not ${text}` }],
  });
};
