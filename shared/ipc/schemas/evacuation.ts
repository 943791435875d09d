import { z } from 'zod';
import type {
  EvacuationImage,
  FolderStatus,
  FollowUp,
  ImageProblem,
  ImageRecord,
  LostVm,
  RecoveryAssessment,
  RecoveryChoice,
} from '../../domain/evacuation.ts';
import type { ColdProgress } from '../../domain/task.ts';
import { imageNameSchema } from './evacuation-plan.ts';
import { entityIdSchema, siteIdSchema, taskIdSchema } from './ids.ts';
import { destinationSchema, placementSchema } from './migration.ts';
import { virtualMachineSchema } from './virtual-machine.ts';

const recoveryActionSchema = z.enum(['resume', 'roll-back', 'restore-to-origin', 'restore-elsewhere', 'keep-image']);

export const recoveryChoiceSchema = z
  .object({
    action: recoveryActionSchema,
    to: z
      .object({
        destination: destinationSchema,
        host: entityIdSchema.nullable(),
        datastore: entityIdSchema.nullable(),
        networkMap: z.record(z.string(), entityIdSchema).readonly(),
      })
      .exactOptional(),
  })
  .refine(
    ({ action, to }) => (action === 'restore-elsewhere') === (to !== undefined),
    'restoring elsewhere needs a destination, and nothing else has one',
  ) satisfies z.ZodType<RecoveryChoice>;

export const followUpSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mount-iso'), drive: z.string(), fileName: z.string() }),
  z.object({ kind: z.literal('delete-checkpoint'), name: z.string() }),
  z.object({ kind: z.literal('reconnect-network-after-revert'), checkpoint: z.string() }),
  z.object({ kind: z.literal('check-address'), adapter: z.string(), wanted: z.string(), found: z.string() }),
  z.object({ kind: z.literal('remove-left-over'), path: z.string() }),
  z.object({ kind: z.literal('delete-parked-source'), vmName: z.string() }),
  z.object({ kind: z.literal('compare-used-source'), vmName: z.string() }),
]) satisfies z.ZodType<FollowUp>;

export const coldProgressSchema = z.object({
  image: z
    .object({
      folder: z.string(),
      name: z.string(),
      id: z.string(),
      state: z.enum(['writing', 'sealed', 'removed']),
      bytes: z.number().nullable(),
    })
    .nullable(),
  reservation: z.object({ folder: z.string(), bytes: z.number() }).nullable(),
  parkedName: z.string().nullable(),
  sourceDeleted: z.boolean(),
  restore: z.object({ instanceUuid: z.string(), vm: entityIdSchema.nullable(), imported: z.boolean() }).nullable(),
  choice: recoveryChoiceSchema.nullable(),
  awaitsDecision: z.boolean(),
  followUps: z.array(followUpSchema).readonly(),
  followUpsDone: z.object({ by: z.string(), at: z.number() }).nullable(),
}) satisfies z.ZodType<ColdProgress>;

export const folderStatusSchema = z.object({
  path: z.string(),
  floorBytes: z.number(),
  freeBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  reservedBytes: z.number(),
  problem: z.enum(['missing', 'not-a-folder', 'read-only', 'no-permission', 'unreachable']).nullable(),
  measuredAt: z.number(),
}) satisfies z.ZodType<FolderStatus>;

const imageFileSchema = z.object({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  kind: z.enum(['disk', 'firmware', 'other']),
  label: z.string().exactOptional(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  deviceKey: z.string(),
  capacityBytes: z.number().nullable(),
});

/** What `image.json` must hold. It lies where others can change it, so it is read like any other input. */
export const imageRecordSchema = z.object({
  format: z.literal(1),
  id: z.uuid(),
  console: z.string(),
  task: taskIdSchema.nullable(),
  site: siteIdSchema,
  siteName: z.string(),
  platform: z.enum(['vmware', 'hyperv']),
  vm: virtualMachineSchema,
  origin: z.object({
    placement: placementSchema,
    placeName: z.string(),
    destination: destinationSchema,
    hostName: z.string(),
    networks: z.array(z.object({ adapter: z.string(), name: z.string() })).readonly(),
  }),
  parkedName: z.string(),
  descriptor: imageFileSchema.shape.name,
  manifest: imageFileSchema.shape.name,
  files: z.array(imageFileSchema).readonly(),
  createdAt: z.number(),
}) satisfies z.ZodType<ImageRecord>;

export const imageProblemSchema = z.object({
  kind: z.enum(['missing-file', 'wrong-size', 'wrong-content', 'unreadable-record', 'unreadable']),
  file: z.string(),
}) satisfies z.ZodType<ImageProblem>;

export const evacuationImageSchema = z.object({
  folder: z.string(),
  name: imageNameSchema,
  state: z.enum(['sealed', 'partial', 'deleting', 'damaged']),
  record: imageRecordSchema.nullable(),
  bytes: z.number(),
  task: taskIdSchema.nullable(),
  problem: imageProblemSchema.nullable(),
}) satisfies z.ZodType<EvacuationImage>;

export const recoveryAssessmentSchema = z.object({
  task: taskIdSchema,
  facts: z.object({
    source: z.enum(['intact', 'parked', 'used', 'running', 'gone', 'unknown']),
    image: z.enum(['none', 'partial', 'complete', 'sealed', 'damaged', 'unknown']),
    restored: z.enum(['none', 'incomplete', 'off', 'running', 'unknown']),
  }),
  sourceHeldBy: z.string().nullable(),
  imagePath: z.string().nullable(),
  options: z
    .array(
      z.object({
        action: recoveryActionSchema,
        obstacle: z
          .enum([
            'source-running',
            'source-used',
            'source-gone',
            'source-exists',
            'no-image',
            'image-damaged',
            'restored-running',
            'already-restored',
            'not-known',
          ])
          .nullable(),
      }),
    )
    .readonly(),
  advised: recoveryActionSchema.nullable(),
  assessedAt: z.number(),
}) satisfies z.ZodType<RecoveryAssessment>;

export const lostVmSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('only-an-image'), image: evacuationImageSchema }),
  z.object({ kind: z.literal('only-an-unsealed-image'), image: evacuationImageSchema }),
  z.object({ kind: z.literal('left-over-partial'), image: evacuationImageSchema }),
  z.object({ kind: z.literal('half-deleted'), image: evacuationImageSchema }),
  z.object({ kind: z.literal('twice'), vmName: z.string(), vms: z.array(entityIdSchema).readonly() }),
  z.object({ kind: z.literal('parked-without-task'), vmName: z.string(), vm: entityIdSchema }),
]) satisfies z.ZodType<LostVm>;
