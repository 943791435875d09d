import { z } from 'zod';
import type { MigrationMethod } from '../../domain/migration.ts';
import { entityIdSchema } from './ids.ts';
import { findingSchema } from './migration.ts';

const methodSchema = z.enum(['hot', 'cold-evacuate', 'cold-direct']) satisfies z.ZodType<MigrationMethod>;

/** What stands against moving one VM anywhere; see `shared/planning/overview.ts`. */
export const vmOverviewSchema = z.object({
  vm: entityIdSchema,
  vmName: z.string(),
  method: methodSchema.nullable(),
  verdict: z.enum(['clear', 'warnings', 'blocked']),
  findings: z.array(z.object({ finding: findingSchema, methods: z.array(methodSchema).readonly() })).readonly(),
});
