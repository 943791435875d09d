import type { MigrationStep } from '../migrate.ts';
import { createInventoryTables } from './inventory-cache-1-create.ts';

/** Step n takes `inventory-cache.db` from version n-1 to n. Only ever add to the end. */
export const inventoryCacheSteps: readonly MigrationStep[] = [createInventoryTables];
