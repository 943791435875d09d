import { type Finding, finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { MigrationMethod } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import type { DestinationRule, RuleContext } from './rule.ts';

/** What the VM's own state says, whatever the destination is; `destination` null: none is thought of. */
export const powerStateFindings = (
  vm: VmSummary,
  destination: EntityId | null,
  context: RuleContext,
): readonly Finding[] => {
  const movable = vm.powerState === 'on' || vm.powerState === 'off';
  if (movable && !vm.isTemplate && vm.busyWith === null) return [];
  const frame = {
    ruleId: 'D5',
    severity: 'blocker',
    vm: vm.id,
    destination,
    factReadAt: context.factReadAt(vm.id),
  } as const;
  if (vm.isTemplate) return [finding(frame, 'D5-template', { vm: vm.name })];
  if (vm.busyWith !== null) return [finding(frame, 'D5-busy', { vm: vm.name, busyWith: vm.busyWith })];
  switch (vm.powerState) {
    case 'on':
    case 'off':
      return [];
    case 'unknown':
      return [finding({ ...frame, outcome: 'undetermined' }, 'D5-unknown', { vm: vm.name })];
    case 'suspended':
    case 'paused':
    case 'saved':
      return [finding(frame, 'D5', { vm: vm.name, powerState: vm.powerState })];
    default: {
      const never: never = vm.powerState;
      return never;
    }
  }
};

/**
 * The method was chosen when the VM was seen last; it may have been started or stopped since. Says so when the method
 * no longer fits; nothing for a VM that moves neither way, which {@link powerStateFindings} tells.
 */
export const methodFindings = (
  vm: VmSummary,
  method: MigrationMethod,
  destination: EntityId | null,
  context: RuleContext,
): readonly Finding[] => {
  const fits = (method === 'hot') === (vm.powerState === 'on');
  if (fits || (vm.powerState !== 'on' && vm.powerState !== 'off')) return [];
  const frame = {
    ruleId: 'D5',
    severity: 'blocker',
    vm: vm.id,
    destination,
    factReadAt: context.factReadAt(vm.id),
  } as const;
  return [finding(frame, 'D5-method', { vm: vm.name, method, powerState: vm.powerState })];
};

/** D5: powered on moves hot, powered off moves cold; in any other state, or while another task holds the VM, neither. */
export const movablePowerState: DestinationRule = {
  id: 'D5',
  source:
    '停止中の仮想ホストを異なるリソースプールに移動します。/ 稼働中の仮想ホストを異なるリソースプールに移動します。',
  check: (vm, destination, context) => powerStateFindings(vm, destination.id, context),
};
