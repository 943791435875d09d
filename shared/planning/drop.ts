import type { Finding, Verdict } from '../domain/finding.ts';
import { verdictOf } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Destination } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import { destinationRules } from '../rules/destination-rules.ts';
import type { RuleContext } from '../rules/rule.ts';

export interface DropVerdict {
  /** `blocked` only when no VM at all can go there. */
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly blockedVms: readonly EntityId[];
}

/**
 * What dropping these VMs on this pool would mean, by the destination rules D1-D5. The tree, the tooltip, the dialog,
 * the command line and the guard before a start all ask this function.
 */
export const canDrop = (vms: readonly VmSummary[], destination: Destination, context: RuleContext): DropVerdict => {
  const findings: Finding[] = [];
  const blockedVms: EntityId[] = [];
  for (const vm of vms) {
    const own = destinationRules.flatMap((rule) => rule.check(vm, destination, context));
    if (own.some((finding) => finding.severity === 'blocker')) blockedVms.push(vm.id);
    findings.push(...own);
  }
  const allBlocked = vms.length === 0 || blockedVms.length === vms.length;
  const verdict = allBlocked ? 'blocked' : verdictOf(findings) === 'clear' ? 'clear' : 'warnings';
  return { verdict, findings, blockedVms };
};
