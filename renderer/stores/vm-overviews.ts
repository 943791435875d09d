import { create } from 'zustand';
import type { AnnotationState } from '../../shared/domain/annotation.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import { holdsNow, overviewOf } from '../../shared/planning/overview.ts';
import { useAnnotations } from './annotations.ts';
import { useInventory } from './inventory.ts';
import { readKnownVms } from './known-vms.ts';
import { isUnknowableHere, knownVm, precautionContext } from './precaution-context.ts';

/** What stands against moving a VM anywhere as it is now, worst first, and what that was found out from. */
export interface Examined {
  readonly findings: readonly Finding[];
  readonly row: VmSummary;
  readonly said: AnnotationState;
}

interface OverviewsState {
  /** VMs that were in sight lately. */
  readonly examined: ReadonlyMap<EntityId, Examined>;
}

export const useVmOverviews = create<OverviewsState>(() => ({ examined: new Map() }));

/** Its facts have changed: find out anew when it is looked at next. */
export const forgetExamined = (id: EntityId): void => {
  const examined = new Map(useVmOverviews.getState().examined);
  if (examined.delete(id)) useVmOverviews.setState({ examined });
};

/** More than this are forgotten, the longest known first. */
const kept = 2_000;

/** What a list says of a VM: not what is only for information, or was accepted. */
const isWorthSaying = (finding: Finding): boolean =>
  finding.severity !== 'info' && finding.waiver === undefined && !isUnknowableHere(finding);

/**
 * Finds out what is to be said of these VMs, where that is not known or not true any more.
 * @throws AppError as `inventory.facts` does; `cancelled` when the signal aborts
 */
export const examineVms = async (ids: readonly EntityId[], signal: AbortSignal): Promise<void> => {
  const { index } = useInventory.getState();
  const { said } = useAnnotations.getState();
  const before = useVmOverviews.getState().examined;
  const wanted = ids.filter((id) => {
    const known = before.get(id);
    return known === undefined || known.row !== index.vm(id) || known.said !== said;
  });
  if (wanted.length === 0) return;
  const facts = await readKnownVms(wanted, signal);
  if (signal.aborted) return;
  const context = precautionContext(facts);
  const examined = new Map(useVmOverviews.getState().examined);
  for (const id of facts.keys()) {
    const row = index.vm(id);
    const vm = knownVm(id, facts);
    if (row === undefined || vm === undefined) continue;
    const { method, findings } = overviewOf(vm, context, said.waivers);
    const now = findings.filter((one) => holdsNow(one, method)).map(({ finding }) => finding);
    examined.delete(id);
    examined.set(id, { findings: now.filter(isWorthSaying), row, said });
  }
  for (const id of examined.keys()) {
    if (examined.size <= kept) break;
    examined.delete(id);
  }
  useVmOverviews.setState({ examined });
};
