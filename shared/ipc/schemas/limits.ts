import { z } from 'zod';
import type { Limits } from '../../domain/limits.ts';

/** No limit is taken beyond this. */
export const mostAtATime = 32;

export const limitSchema = z.int().min(1).max(mostAtATime);

export const limitsSchema = z.object({
  perHost: limitSchema,
  perDatastore: limitSchema,
  perFolder: limitSchema,
  filesPerVm: limitSchema,
}) satisfies z.ZodType<Limits>;

/** Those that are to change. */
export const limitsChangeSchema = z.object({
  perHost: limitSchema.exactOptional(),
  perDatastore: limitSchema.exactOptional(),
  perFolder: limitSchema.exactOptional(),
  filesPerVm: limitSchema.exactOptional(),
}) satisfies z.ZodType<Partial<Limits>>;
