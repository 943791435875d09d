import { z } from 'zod';
import type { WireError } from '../../errors/app-error.ts';

/** Code and data as the main process made them; the data's shape belongs to the code (see ErrorData). */
export const wireErrorSchema = z.custom<WireError>((value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { code, data } = value as { code?: unknown; data?: unknown };
  return typeof code === 'string' && typeof data === 'object' && data !== null;
}, 'not an error of this console');
