import type { Finding, Verdict } from '../domain/finding.ts';
import { verdictOf } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Destination } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import { methodFindings, powerStateFindings } from '../rules/d5-power-state.ts';
import { destinationRules } from '../rules/destination-rules.ts';
import type { RuleContext } from '../rules/rule.ts';

export interface DropVerdict {
  /** `blocked` only when no VM at all can go there. */
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly blockedVms: readonly EntityId[];
}

/**
 * What dropping these VMs on this pool would mean, by the destination rules D1-D6. The tree, the tooltip, the dialog,
 * the command line and the guard before a start all ask this function.
 */
export const canDrop = (vms: readonly VmSummary[], destination: Destination, context: RuleContext): DropVerdict =>
  verdictFor(vms, (vm) => destinationRules.flatMap((rule) => rule.check(vm, destination, context)));

/** What evacuating these VMs would mean, wherever they are: they have to be stopped, and nobody else's task may hold them. */
export const canEvacuate = (vms: readonly VmSummary[], context: RuleContext): DropVerdict =>
  verdictFor(vms, (vm) => [
    ...powerStateFindings(vm, null, context),
    ...methodFindings(vm, 'cold-evacuate', null, context),
  ]);

const verdictFor = (vms: readonly VmSummary[], findingsOf: (vm: VmSummary) => readonly Finding[]): DropVerdict => {
  const findings: Finding[] = [];
  const blockedVms: EntityId[] = [];
  for (const vm of vms) {
    const own = findingsOf(vm);
    if (own.some((finding) => finding.severity === 'blocker')) blockedVms.push(vm.id);
    findings.push(...own);
  }
  const allBlocked = vms.length === 0 || blockedVms.length === vms.length;
  const verdict = allBlocked ? 'blocked' : verdictOf(findings) === 'clear' ? 'clear' : 'warnings';
  return { verdict, findings, blockedVms };
};
