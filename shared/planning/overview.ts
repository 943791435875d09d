import type { Waiver } from '../domain/annotation.ts';
import { type Finding, type Verdict, verdictOf } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Destination, MigrationMethod, Move } from '../domain/migration.ts';
import type { VirtualMachine } from '../domain/virtual-machine.ts';
import { powerStateFindings } from '../rules/d5-power-state.ts';
import { evaluateVm, worstFirst } from '../rules/evaluate.ts';
import type { PrecautionContext } from '../rules/precaution.ts';
import { applyWaivers } from '../rules/waivers.ts';
import { defaultMethodOf } from './destination.ts';
import { type FindingQuery, matchesFinding } from './finding-query.ts';
import { findingKey } from './findings-by-vm.ts';

/** A finding that needs no destination, and the methods for which it holds. */
export interface OverviewFinding {
  readonly finding: Finding;
  readonly methods: readonly MigrationMethod[];
}

/** What stands against moving a VM anywhere. */
export interface VmOverview {
  readonly vm: EntityId;
  readonly vmName: string;
  /** How it would move as it is now; null when it can move neither way. */
  readonly method: MigrationMethod | null;
  /** Of the findings that hold as the VM is now. */
  readonly verdict: Verdict;
  /** Also those of the other method: what to mend before the VM is stopped, or started. Worst first. */
  readonly findings: readonly OverviewFinding[];
}

/** The ways a VM moves by its power state (D5). */
const methodsByState: readonly MigrationMethod[] = ['hot', 'cold-evacuate'];

/** Rules about the VM alone look at no destination; a move has one all the same. */
const noDestination = (vm: VirtualMachine): Destination => ({ kind: 'host', id: vm.id, name: '' });

const moveOf = (vm: VirtualMachine, method: MigrationMethod): Move => ({
  vm: vm.id,
  vmName: vm.name,
  method,
  destination: noDestination(vm),
  host: null,
  datastore: null,
  networkMap: {},
});

/** Whether a finding holds as the VM is now. A VM that can move neither way is told of both. */
export const holdsNow = ({ methods }: OverviewFinding, method: MigrationMethod | null): boolean =>
  method === null || methods.includes(method);

/** What the rules say of a VM without a destination: of its state, its devices, its age, and what people said of it. */
export const overviewOf = (vm: VirtualMachine, context: PrecautionContext, waivers: readonly Waiver[]): VmOverview => {
  const method = defaultMethodOf(vm);
  const found = new Map<string, { readonly finding: Finding; readonly methods: MigrationMethod[] }>();
  const add = (findings: readonly Finding[], methods: readonly MigrationMethod[]): void => {
    for (const finding of applyWaivers(findings, [vm.id], waivers, context.now)) {
      const key = findingKey(finding);
      const known = found.get(key) ?? { finding, methods: [] };
      known.methods.push(...methods);
      found.set(key, known);
    }
  };
  add(powerStateFindings(vm, null, context), method === null ? methodsByState : [method]);
  for (const each of methodsByState) add(evaluateVm({ vm, move: moveOf(vm, each) }, context), [each]);

  const order = worstFirst([...found.values()].map(({ finding }) => finding));
  const findings = order.flatMap((finding) => found.get(findingKey(finding)) ?? []);
  const now = findings.filter((one) => holdsNow(one, method)).map(({ finding }) => finding);
  return { vm: vm.id, vmName: vm.name, method, verdict: verdictOf(now), findings };
};

/**
 * The part of an overview that a person asked for; null when nothing of it is. Without words: what blocks the VM as it is
 * now. With words: the findings for which all of them hold, of any method.
 */
export const narrowed = (overview: VmOverview, query: FindingQuery): VmOverview | null => {
  const asked = query.terms.length > 0 || query.notUnderstood.length > 0;
  const findings = overview.findings.filter((one) =>
    asked ? matchesFinding(one.finding, query) : one.finding.severity === 'blocker' && holdsNow(one, overview.method),
  );
  return findings.length === 0 ? null : { ...overview, findings };
};

const weight: Readonly<Record<Verdict, number>> = { blocked: 0, warnings: 1, clear: 2 };

/** Blocked VMs first, then by name. */
export const byVerdict = (left: VmOverview, right: VmOverview): number =>
  weight[left.verdict] - weight[right.verdict] ||
  left.vmName.localeCompare(right.vmName, 'en', { numeric: true }) ||
  left.vm.localeCompare(right.vm);
