import type { Finding, Verdict } from '../domain/finding.ts';
import { verdictOf } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Destination } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import { methodFindings, powerStateFindings } from '../rules/d5-power-state.ts';
import { destinationRules } from '../rules/destination-rules.ts';
import type { RuleContext } from '../rules/rule.ts';
import { type HostsByCluster, hostsBehind, hostsByCluster, isUsable } from '../rules/target.ts';
import { hostNotUsableFindings } from '../rules/x10-host-not-usable.ts';

export interface DropVerdict {
  /** `blocked` only when no VM at all can go there. */
  readonly verdict: Verdict;
  /** Those without a VM are about the destination. */
  readonly findings: readonly Finding[];
  /** VMs that something of their own keeps from going there. */
  readonly blockedVms: readonly EntityId[];
}

/**
 * What dropping these VMs on this pool would mean, by the destination rules D1-D6 and by whether any host there takes
 * VMs (X10). The tree, the tooltip, the destination picker, the dialog and the command line all ask this function; the
 * guard before a start asks the same rules.
 * @param clusters for callers that ask about many destinations
 */
export const canDrop = (
  vms: readonly VmSummary[],
  destination: Destination,
  context: RuleContext,
  clusters?: HostsByCluster,
): DropVerdict => {
  const each = verdictFor(vms, (vm) => destinationRules.flatMap((rule) => rule.check(vm, destination, context)));
  // Where none may go, the state of the hosts there is no better reason.
  if (each.verdict === 'blocked') return each;
  const hosts = hostsBehind(destination, context.inventory, clusters ?? hostsByCluster(context.inventory));
  // What cannot be told of the hosts is left to the precautions, checked on facts read anew.
  const closed = hostNotUsableFindings({ destination, hosts, usableHosts: hosts.filter(isUsable) }, context).filter(
    ({ severity }) => severity === 'blocker',
  );
  return closed.length === 0 ? each : { ...each, verdict: 'blocked', findings: [...each.findings, ...closed] };
};

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
