import { type Finding, finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { MigrationMethod } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';

/** The methods this version carries out. The main process refuses the others with `method-unavailable`. */
export const availableMethods: readonly MigrationMethod[] = ['hot'];

export const isAvailable = (method: MigrationMethod): boolean => availableMethods.includes(method);

/** Says that the VM would need a method this version does not carry out. */
export const methodUnavailable = (
  vm: Pick<VmSummary, 'id' | 'name'>,
  method: MigrationMethod,
  destination: EntityId | null,
  factReadAt: number | null,
): Finding =>
  finding({ ruleId: 'D5', severity: 'blocker', vm: vm.id, destination, factReadAt }, 'method-unavailable', {
    vm: vm.name,
    method,
  });
