import { z } from 'zod';
import type { Finding } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-data.ts';
import type { Acknowledgement, Destination, MigrationOperation, Move, Placement } from '../../domain/migration.ts';
import { evacuationPlanSchema } from './evacuation-plan.ts';
import { entityIdSchema, operationIdSchema } from './ids.ts';

export const destinationSchema = z.object({
  kind: z.enum(['host', 'resource-pool', 'vapp', 'cluster']),
  id: entityIdSchema,
  name: z.string(),
}) satisfies z.ZodType<Destination>;

export const placementSchema = z.object({
  host: entityIdSchema.nullable(),
  pool: entityIdSchema.nullable(),
  datastores: z.array(entityIdSchema).readonly(),
}) satisfies z.ZodType<Placement>;

export const moveSchema = z.object({
  vm: entityIdSchema,
  vmName: z.string(),
  method: z.enum(['hot', 'cold-evacuate', 'cold-direct']),
  destination: destinationSchema,
  host: entityIdSchema.nullable(),
  datastore: entityIdSchema.nullable(),
  networkMap: z.record(z.string(), entityIdSchema).readonly(),
  evacuation: evacuationPlanSchema.exactOptional(),
}) satisfies z.ZodType<Move>;

export const acknowledgementSchema = z.object({
  vm: entityIdSchema,
  ruleId: z.string(),
  reason: z.string().trim().min(3).max(1_000),
}) satisfies z.ZodType<Acknowledgement>;

/** An evacuation alone goes nowhere: its destination is the pool the VM comes from. */
const goesSomewhere = ({ evacuation }: Move): boolean => evacuation?.part !== 'evacuate';

/** One to 500 VMs to one and the same destination (D4). */
export const operationSchema = z
  .object({
    id: operationIdSchema,
    destination: destinationSchema,
    moves: z.array(moveSchema).min(1).max(500).readonly(),
    acknowledgements: z.array(acknowledgementSchema).readonly(),
    atATime: z.int().min(1).max(16),
  })
  .refine(
    (operation) =>
      operation.moves.every((move) => move.destination.id === operation.destination.id || !goesSomewhere(move)),
    'all VMs of one operation go to one destination (D4)',
  )
  .refine(
    (operation) => new Set(operation.moves.map((move) => move.vm)).size === operation.moves.length,
    'a VM appears twice in one operation',
  )
  .refine(
    (operation) => operation.moves.every((move) => move.method === 'cold-evacuate' || move.evacuation === undefined),
    'only an evacuation has a plan for it',
  ) satisfies z.ZodType<MigrationOperation>;

export const findingSchema = z.object({
  ruleId: z.string(),
  code: z.custom<FindingCode>((value) => typeof value === 'string', 'not a finding code'),
  severity: z.enum(['blocker', 'warning', 'info']),
  outcome: z.enum(['violated', 'undetermined']),
  vm: entityIdSchema.nullable(),
  destination: entityIdSchema.nullable(),
  evidence: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
  ),
  factReadAt: z.number().nullable(),
  waiver: z.object({ by: z.string(), reason: z.string(), until: z.number() }).exactOptional(),
}) satisfies z.ZodType<Finding>;
