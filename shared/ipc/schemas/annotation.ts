import { z } from 'zod';
import type {
  AnnotationChange,
  AnnotationEvent,
  AnnotationState,
  GuestClusterMark,
  Lock,
  Waiver,
  WaiverSubject,
} from '../../domain/annotation.ts';
import { entityIdSchema, siteIdSchema } from './ids.ts';

/** A reason as people give it; the same that an acknowledgement needs. */
export const reasonSchema = z.string().trim().min(3).max(1_000);

/** ms since 1970, as far as a calendar goes. */
export const untilSchema = z.int().min(0).max(8_640_000_000_000_000);

export const waiverSubjectSchema = z.object({
  site: siteIdSchema,
  vm: entityIdSchema.nullable(),
  ruleId: z.string().min(1).max(10),
}) satisfies z.ZodType<WaiverSubject>;

const said = { by: z.string(), at: z.number() };

const lockSchema = z.object({
  vm: entityIdSchema,
  vmName: z.string(),
  ...said,
  reason: z.string(),
}) satisfies z.ZodType<Lock>;

const guestClusterMarkSchema = z.object({
  vm: entityIdSchema,
  vmName: z.string(),
  ...said,
}) satisfies z.ZodType<GuestClusterMark>;

const waiverSchema = waiverSubjectSchema.extend({
  vmName: z.string().nullable(),
  ...said,
  reason: z.string(),
  until: z.number(),
}) satisfies z.ZodType<Waiver>;

export const annotationStateSchema = z.object({
  locks: z.array(lockSchema).readonly(),
  guestClusters: z.array(guestClusterMarkSchema).readonly(),
  waivers: z.array(waiverSchema).readonly(),
}) satisfies z.ZodType<AnnotationState>;

const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('locked'), vm: entityIdSchema, reason: z.string() }),
  z.object({ kind: z.literal('unlocked'), vm: entityIdSchema }),
  z.object({ kind: z.literal('guest-cluster-marked'), vm: entityIdSchema }),
  z.object({ kind: z.literal('guest-cluster-unmarked'), vm: entityIdSchema }),
  waiverSubjectSchema.extend({ kind: z.literal('waived'), reason: z.string(), until: z.number() }),
  waiverSubjectSchema.extend({ kind: z.literal('unwaived') }),
]) satisfies z.ZodType<AnnotationChange>;

export const annotationEventSchema = z.object({
  sequence: z.number(),
  ...said,
  vmName: z.string().nullable(),
  change: changeSchema,
}) satisfies z.ZodType<AnnotationEvent>;
