import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { FindingQuery } from '../../shared/planning/finding-query.ts';
import { byVerdict, narrowed, overviewOf, type VmOverview } from '../../shared/planning/overview.ts';
import { type KnownFacts, knownFactsOf } from './check-facts.ts';
import { type ContextParts, precautionContext } from './precaution-context.ts';

export interface OverviewParts extends ContextParts {
  readonly known: KnownFacts;
  /** Makes sure that {@link ContextParts.vmsWithMac} knows the site. */
  readonly learnAddresses: (site: SiteId) => Promise<void>;
}

export interface OverviewAnswer {
  /** Blocked ones first, then by name; no more than were asked for. */
  readonly vms: readonly VmOverview[];
  /** How many there are, also those beyond the limit. */
  readonly matching: number;
  readonly examined: number;
}

export interface FoundVms {
  readonly vms: readonly EntityId[];
  readonly examined: number;
}

export interface OverviewService {
  /**
   * What stands against moving these VMs anywhere, on the facts read last. Works in small parts, so that nothing else
   * is held up; ids that nobody knows are left out.
   * @throws AbortError when the signal aborts; `storage-failed`, `storage-locked`, `storage-damaged`
   */
  examine(
    wanted: { readonly vms: readonly EntityId[]; readonly query: FindingQuery; readonly limit: number },
    signal: AbortSignal,
  ): Promise<OverviewAnswer>;
  /** The same, when only which VMs they are is wanted, in the order given: a search of all VMs may find most of them. */
  find(
    wanted: { readonly vms: readonly EntityId[]; readonly query: FindingQuery },
    signal: AbortSignal,
  ): Promise<FoundVms>;
}

/** How many VMs are looked at between two turns of the event loop: a few ms of work. */
const atOnce = 100;

export const createOverviewService = (parts: OverviewParts): OverviewService => {
  /** Tells each VM of which something was asked for. @returns how many were looked at */
  const look = async (
    vms: readonly EntityId[],
    query: FindingQuery,
    signal: AbortSignal,
    tell: (part: VmOverview) => void,
  ): Promise<number> => {
    for (const site of new Set(vms.map(siteOf))) await parts.learnAddresses(site);
    let examined = 0;
    for (let from = 0; from < vms.length; from += atOnce) {
      await nextTurn();
      signal.throwIfAborted();
      const ids = vms.slice(from, from + atOnce);
      const facts = knownFactsOf(ids, parts.known);
      const context = precautionContext(parts, facts, 1, null);
      const { waivers } = parts.said();
      for (const id of ids) {
        const vm = facts.inventory.get(id);
        if (vm?.kind !== 'virtual-machine') continue;
        examined += 1;
        const part = narrowed(overviewOf(vm, context, waivers), query);
        if (part !== null) tell(part);
      }
    }
    return examined;
  };

  return {
    examine: async ({ vms, query, limit }, signal) => {
      const found: VmOverview[] = [];
      const examined = await look(vms, query, signal, (part) => found.push(part));
      return { vms: found.sort(byVerdict).slice(0, limit), matching: found.length, examined };
    },
    find: async ({ vms, query }, signal) => {
      const found: EntityId[] = [];
      const examined = await look(vms, query, signal, ({ vm }) => found.push(vm));
      return { vms: found, examined };
    },
  };
};
