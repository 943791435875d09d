import type { Finding, FindingFrame } from '../domain/finding.ts';
import { type Fix, type FixKind, fixableDevices, fixObstacle } from '../domain/fix.ts';
import type { VirtualMachine } from '../domain/virtual-machine.ts';

/** Rules whose finding the console can take away by itself, and what it then does. */
const fixByRule: Readonly<Record<string, FixKind>> = { S6: 'eject-iso', S7: 'empty-floppy', S2: 'remove-usb' };

/** What the console does about that rule; null when it is left to people. */
export const fixKindOf = (ruleId: FindingFrame['ruleId']): FixKind | null =>
  Object.hasOwn(fixByRule, ruleId) ? (fixByRule[ruleId] ?? null) : null;

export const rulesWithFix: readonly string[] = Object.keys(fixByRule);

/** The fix for all devices of that kind in the VM, whether or not it can be carried out now. */
export const fixOf = (kind: FixKind, vm: VirtualMachine): Fix => ({
  kind,
  vm: vm.id,
  vmName: vm.name,
  deviceKeys: fixableDevices(kind, vm).map(({ key }) => key),
});

/**
 * What can be offered for a finding, on these facts of its VM: nothing for other rules, for what is not determined, and
 * as long as the VM does not stand still.
 */
export const fixesFor = (finding: Finding, vm: VirtualMachine | undefined): readonly Fix[] => {
  const kind = fixKindOf(finding.ruleId);
  if (kind === null || finding.outcome !== 'violated' || vm === undefined || finding.vm !== vm.id) return [];
  const fix = fixOf(kind, vm);
  return fixObstacle(fix, vm) === null ? [fix] : [];
};
