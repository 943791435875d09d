import type { EvacuationPlan } from '../../shared/domain/evacuation.ts';
import type { Destination, Move } from '../../shared/domain/migration.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import { aMove } from './inventory-builders.ts';

/** The usual way of a cold migration, but for these facts. */
export const anEvacuationPlan = (facts: Partial<EvacuationPlan> = {}): EvacuationPlan => ({
  part: 'whole',
  folder: '/evac',
  sourcePolicy: 'retain-until-restored',
  imagePolicy: 'delete-when-restored',
  powerOn: true,
  ...facts,
});

/** The usual cold migration of a VM; the platform chooses host and datastore. */
export const aColdMoveOf = (
  vm: Pick<VmSummary, 'id' | 'name'>,
  destination: Destination,
  plan: Partial<EvacuationPlan> = {},
): Move => aMove(vm, destination, { method: 'cold-evacuate', evacuation: anEvacuationPlan(plan) });
