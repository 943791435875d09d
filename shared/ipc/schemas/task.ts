import { z } from 'zod';
import type { TaskEvent, TaskHeader, TaskProgress, TaskView, WaitReason } from '../../domain/task.ts';
import { wireErrorSchema } from './error.ts';
import { coldProgressSchema, followUpSchema, recoveryChoiceSchema } from './evacuation.ts';
import { entityIdSchema, operationIdSchema, taskIdSchema } from './ids.ts';
import { acknowledgementSchema, findingSchema, moveSchema, placementSchema } from './migration.ts';

const stepName = z.enum([
  'check',
  'relocate',
  'checkpoint',
  'export',
  'seal',
  'park',
  'restore',
  'verify',
  'power-on',
  'finish',
]);

export const taskStateSchema = z.enum([
  'waiting',
  'running',
  'cancelling',
  'cancelled',
  'completed',
  'failed',
  'needs-attention',
  'interrupted',
  'unknown',
]);

const waitReasonSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('host-limit'), host: entityIdSchema, hostName: z.string(), limit: z.number() }),
  z.object({ kind: z.literal('operation-limit'), limit: z.number() }),
  z.object({
    kind: z.literal('datastore-limit'),
    datastore: entityIdSchema,
    datastoreName: z.string(),
    limit: z.number(),
  }),
  z.object({ kind: z.literal('folder-limit'), folder: z.string(), limit: z.number() }),
  z.object({ kind: z.literal('folder-space'), folder: z.string(), missingBytes: z.number() }),
  z.object({ kind: z.literal('vm-held'), atMostMs: z.number() }),
  z.object({ kind: z.literal('site-offline'), siteName: z.string() }),
]) satisfies z.ZodType<WaitReason>;

export const taskHeaderSchema = z.object({
  id: taskIdSchema,
  operation: operationIdSchema,
  createdAt: z.number(),
  move: moveSchema,
  origin: placementSchema,
  originName: z.string(),
  acknowledgements: z.array(acknowledgementSchema).readonly(),
  atATime: z.number(),
  rerunOf: taskIdSchema.nullable(),
}) satisfies z.ZodType<TaskHeader>;

const refSchema = z.object({ id: z.string() });

const eventBodySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('created') }),
  z.object({ kind: z.literal('waiting'), reason: waitReasonSchema }),
  z.object({ kind: z.literal('started') }),
  z.object({ kind: z.literal('step-started'), step: stepName }),
  z.object({ kind: z.literal('checked'), findings: z.array(findingSchema).readonly() }),
  z.object({ kind: z.literal('platform-task'), step: stepName, ref: refSchema }),
  z.object({
    kind: z.literal('step-ended'),
    step: stepName,
    outcome: z.enum(['done', 'failed', 'cancelled', 'unknown']),
  }),
  z.object({ kind: z.literal('cancel-requested') }),
  z.object({ kind: z.literal('placement'), placement: placementSchema, placeName: z.string() }),
  z.object({ kind: z.literal('interrupted') }),
  z.object({ kind: z.literal('outcome-unknown'), error: wireErrorSchema }),
  z.object({
    kind: z.literal('reconciled'),
    found: z.enum(['at-destination', 'at-origin', 'elsewhere', 'still-running', 'gone']),
  }),
  z.object({ kind: z.literal('space-reserved'), folder: z.string(), bytes: z.number() }),
  z.object({ kind: z.literal('image-begun'), folder: z.string(), name: z.string(), id: z.string() }),
  z.object({ kind: z.literal('image-sealed'), bytes: z.number() }),
  z.object({ kind: z.literal('parking'), parkedName: z.string() }),
  z.object({
    kind: z.literal('restoring'),
    instanceUuid: z.string(),
    vmName: z.string(),
    destinationName: z.string(),
  }),
  z.object({ kind: z.literal('restored-vm'), vm: entityIdSchema }),
  z.object({ kind: z.literal('import-completed') }),
  z.object({ kind: z.literal('restored-vm-removed') }),
  z.object({ kind: z.literal('source-deleted') }),
  z.object({ kind: z.literal('source-held'), busyWith: z.string() }),
  z.object({ kind: z.literal('unparked') }),
  z.object({ kind: z.literal('image-removed') }),
  z.object({ kind: z.literal('follow-up'), item: followUpSchema }),
  z.object({ kind: z.literal('follow-ups-done'), by: z.string() }),
  z.object({ kind: z.literal('decision-needed'), error: wireErrorSchema }),
  z.object({ kind: z.literal('recovery-chosen'), choice: recoveryChoiceSchema, by: z.string() }),
  z.object({ kind: z.literal('completed') }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('failed'), error: wireErrorSchema }),
  z.object({ kind: z.literal('needs-attention'), error: wireErrorSchema }),
]);

export const taskEventSchema = z.object({
  task: taskIdSchema,
  sequence: z.number(),
  at: z.number(),
  body: eventBodySchema,
}) satisfies z.ZodType<TaskEvent>;

export const taskViewSchema = z.object({
  header: taskHeaderSchema,
  state: taskStateSchema,
  steps: z
    .array(
      z.object({
        name: stepName,
        state: z.enum(['pending', 'running', 'done', 'failed', 'cancelled', 'unknown']),
        startedAt: z.number().nullable(),
        endedAt: z.number().nullable(),
      }),
    )
    .readonly(),
  waitReason: waitReasonSchema.nullable(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  error: wireErrorSchema.nullable(),
  platformTask: refSchema.nullable(),
  findings: z.array(findingSchema).readonly(),
  placeName: z.string().nullable(),
  cold: coldProgressSchema,
}) satisfies z.ZodType<TaskView>;

export const taskProgressSchema = z.object({
  task: taskIdSchema,
  percent: z.number().min(0).max(100).nullable(),
  step: stepName,
  bytesPerSecond: z.number().exactOptional(),
  files: z
    .array(z.object({ label: z.string(), doneBytes: z.number(), totalBytes: z.number().nullable() }))
    .readonly()
    .exactOptional(),
}) satisfies z.ZodType<TaskProgress>;
