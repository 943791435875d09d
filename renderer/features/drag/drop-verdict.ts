import type { Finding } from '../../../shared/domain/finding.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import { defaultMethodOf } from '../../../shared/planning/destination.ts';
import { canDrop, type DropVerdict } from '../../../shared/planning/drop.ts';
import { fixesFor } from '../../../shared/planning/fixes.ts';
import {
  evaluatePair,
  evaluateVm,
  evaluateWhole,
  type PlannedMove,
  worstFirst,
} from '../../../shared/rules/evaluate.ts';
import type { PrecautionContext } from '../../../shared/rules/precaution.ts';
import { type HostsByCluster, hostsByCluster, targetOf } from '../../../shared/rules/target.ts';
import { applyWaivers } from '../../../shared/rules/waivers.ts';
import { useAnnotations } from '../../stores/annotations.ts';
import type { Drag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { isUnknowableHere, type KnownVms, knownVm, precautionContext } from '../../stores/precaution-context.ts';
import { ruleContext } from '../../stores/rule-context.ts';

/** What is the same for every destination of a drag, found out once. */
interface Prepared {
  readonly context: PrecautionContext;
  readonly vms: readonly { readonly planned: PlannedMove; readonly own: readonly Finding[] }[];
}

let lastClusters: { readonly revision: number; readonly clusters: HostsByCluster } | null = null;

/** Which hosts belong to which cluster, found out once until the inventory changes. */
const presentClusters = (): HostsByCluster => {
  const { index } = useInventory.getState();
  if (lastClusters?.revision !== index.revision) {
    lastClusters = { revision: index.revision, clusters: hostsByCluster(index) };
  }
  return lastClusters.clusters;
};

const preparedDrags = new WeakMap<Drag, Prepared>();

const somewhere: Destination = { kind: 'host', id: '' as EntityId, name: '' };

const prepare = (drag: Drag, facts: KnownVms): Prepared => {
  const before = preparedDrags.get(drag);
  if (before !== undefined) return before;
  const context = precautionContext(facts);
  const vms = drag.vms.flatMap(({ id }) => {
    const vm = knownVm(id, facts);
    const method = vm === undefined ? null : defaultMethodOf(vm);
    if (vm === undefined || method === null) return [];
    const move = {
      vm: id,
      vmName: vm.name,
      method,
      destination: somewhere,
      host: null,
      datastore: null,
      networkMap: {},
    };
    const planned: PlannedMove = { vm, move };
    return [{ planned, own: evaluateVm(planned, context) }];
  });
  const prepared = { context, vms };
  preparedDrags.set(drag, prepared);
  return prepared;
};

/**
 * What all precautions say of dropping these VMs there, as far as the window can know; until the facts of the VMs have
 * come, what the destination rules say. What people accepted in advance is no reason any more.
 */
export const dropVerdict = (drag: Drag, destination: Destination): DropVerdict => {
  const clusters = presentClusters();
  const byRules = canDrop(drag.vms, destination, ruleContext, clusters);
  // Where none may go, further questions about networks and space there have no meaning.
  if (drag.facts === null || byRules.verdict === 'blocked') return byRules;
  const { context, vms } = prepare(drag, drag.facts);
  const target = targetOf(destination, { host: null, datastore: null }, context.inventory, clusters);
  const known = new Set(vms.map(({ planned }) => planned.vm.id));
  const there = vms.map(({ planned, own }) => ({
    planned: { vm: planned.vm, move: { ...planned.move, destination } },
    own,
  }));
  const moves = there.map(({ planned }) => planned);
  const all = [
    ...byRules.findings.filter(({ vm }) => vm === null || !known.has(vm)),
    ...there.flatMap(({ planned, own }) => [...own, ...evaluatePair(planned, target, context)]),
    ...evaluateWhole(moves, target, context),
  ];
  const findings = applyWaivers(
    worstFirst(all),
    drag.vms.map(({ id }) => id),
    useAnnotations.getState().said.waivers,
    context.now,
  ).filter((finding) => finding.severity !== 'info' && finding.waiver === undefined && !isUnknowableHere(finding));
  const factsOf = new Map(vms.map(({ planned: { vm } }) => [vm.id, vm]));
  const isSolvedInDialog = (finding: Finding): boolean =>
    (solvedByMapping.includes(finding.ruleId) && target.networks.size > 0) ||
    (finding.vm !== null && fixesFor(finding, factsOf.get(finding.vm)).length > 0);
  return verdictOver(drag, findings, isSolvedInDialog);
};

/** Rules whose blocker goes when an adapter is mapped to another network of the destination. */
const solvedByMapping: readonly string[] = ['X8', 'S10', 'S11'];

/** What people solve in the dialog, by choosing a network or taking a device out, keeps nobody from opening it. */
const verdictOver = (
  drag: Drag,
  findings: readonly Finding[],
  isSolvedInDialog: (finding: Finding) => boolean,
): DropVerdict => {
  const blockers = findings.filter((finding) => finding.severity === 'blocker' && !isSolvedInDialog(finding));
  const blocked = new Set(blockers.map(({ vm }) => vm));
  const blockedVms = drag.vms.flatMap(({ id }) => (blocked.has(id) || blocked.has(null) ? [id] : []));
  const verdict = blockedVms.length === drag.vms.length ? 'blocked' : findings.length > 0 ? 'warnings' : 'clear';
  return { verdict, findings, blockedVms };
};
