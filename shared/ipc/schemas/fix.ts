import { z } from 'zod';
import type { Fix, FixedDevice, FixRecord } from '../../domain/fix.ts';
import { wireErrorSchema } from './error.ts';
import { entityIdSchema } from './ids.ts';

const deviceKey = z.string().min(1).max(200);

export const fixSchema = z.object({
  kind: z.enum(['eject-iso', 'empty-floppy', 'remove-usb']),
  vm: entityIdSchema,
  vmName: z.string().max(1_000),
  deviceKeys: z.array(deviceKey).min(1).max(100).readonly(),
}) satisfies z.ZodType<Fix>;

const fixedDeviceSchema = z.object({
  key: z.string(),
  label: z.string(),
  medium: z.string().nullable(),
}) satisfies z.ZodType<FixedDevice>;

export const fixNumberSchema = z.int().min(1);

export const fixRecordSchema = z.object({
  number: fixNumberSchema,
  fix: fixSchema,
  by: z.string(),
  at: z.number(),
  before: z.array(fixedDeviceSchema).readonly(),
  state: z.enum(['unknown', 'applied', 'failed', 'done']),
  error: wireErrorSchema.nullable(),
  done: z.object({ by: z.string(), at: z.number() }).nullable(),
}) satisfies z.ZodType<FixRecord>;
