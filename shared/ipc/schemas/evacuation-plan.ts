import { z } from 'zod';
import type { EvacuationFolder, EvacuationPlan } from '../../domain/evacuation.ts';

/** Absolute on this machine, or a UNC share. Whether it can be used is found out by using it. */
export const folderPathSchema = z
  .string()
  .min(1)
  .max(4_096)
  .regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/, 'an absolute path is needed')
  .refine((path) => !path.includes('\0'), 'a path has no NUL');

/** What is kept in the settings. */
export const evacuationFoldersSchema = z
  .array(z.object({ path: folderPathSchema, floorBytes: z.int().nonnegative() }))
  .max(100)
  .readonly() satisfies z.ZodType<readonly EvacuationFolder[]>;

/** A directory inside a folder, as the console names them: never a way out of it. */
export const imageNameSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u, 'not the name of an image');

export const evacuationPlanSchema = z.object({
  part: z.enum(['whole', 'evacuate', 'restore']),
  folder: folderPathSchema,
  sourcePolicy: z.enum(['retain-until-restored', 'delete-before-restore']),
  imagePolicy: z.enum(['delete-when-restored', 'keep']),
  powerOn: z.boolean(),
  image: imageNameSchema.exactOptional(),
}) satisfies z.ZodType<EvacuationPlan>;
