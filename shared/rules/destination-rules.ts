import { otherSoftware } from './d1-same-software.ts';
import { destinationKind } from './d2-destination-kind.ts';
import { differentPool } from './d3-different-pool.ts';
import { movablePowerState } from './d5-power-state.ts';
import { sameManager } from './d6-same-manager.ts';
import type { DestinationRule } from './rule.ts';

/**
 * The destination rules that look at one VM. D4 (all VMs of one operation go to one pool) is a property of the
 * operation itself and is refused by its schema, see `shared/ipc/schemas/migration.ts`.
 */
export const destinationRules: readonly DestinationRule[] = [
  otherSoftware,
  destinationKind,
  differentPool,
  movablePowerState,
  sameManager,
];
