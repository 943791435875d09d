import type { Finding } from '../../../shared/domain/finding.ts';
import { type EntityId, type SiteId, siteOf } from '../../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import { destinationOf } from '../../../shared/planning/destination.ts';
import type { Drag } from '../../stores/drag.ts';
import { useSites } from '../../stores/sites.ts';
import { dropVerdict } from './drop-verdict.ts';

/** VMs one operation takes at most, as its schema says. */
export const mostVmsPerOperation = 500;

/** What a row that can take VMs says while some are dragged. */
export type DropOutcome =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'warnings'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'some-blocked';
      readonly blocked: number;
      readonly all: number;
      readonly findings: readonly Finding[];
    }
  /** All of them are there already. */
  | { readonly kind: 'current' }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  | { readonly kind: 'too-many'; readonly limit: number }
  | { readonly kind: 'site-offline'; readonly siteName: string };

/** Whether letting go there opens the dialog. */
export const opensDialog = (outcome: DropOutcome): boolean =>
  outcome.kind === 'allowed' || outcome.kind === 'warnings' || outcome.kind === 'some-blocked';

/** Words for why these VMs cannot be moved at all now; null when each pool decides for itself. */
const refusalOf = (neededSites: ReadonlySet<SiteId>, count: number): DropOutcome | null => {
  if (count > mostVmsPerOperation) return { kind: 'too-many', limit: mostVmsPerOperation };
  const offline = useSites
    .getState()
    .sites.find(
      ({ site, connection }) =>
        neededSites.has(site.id) && connection.kind !== 'connected' && connection.kind !== 'syncing',
    );
  return offline === undefined ? null : { kind: 'site-offline', siteName: offline.site.name };
};

const outcomeFor = (drag: Drag, destination: Destination): DropOutcome => {
  const sites = drag.fromImage === true ? [siteOf(destination.id)] : drag.vms.map((vm) => vm.site);
  const refusal = refusalOf(new Set(sites), drag.vms.length);
  const { verdict, findings, blockedVms } =
    refusal?.kind === 'too-many'
      ? { verdict: 'blocked' as const, findings: [], blockedVms: [] }
      : dropVerdict(drag, destination);
  const there = new Set(findings.filter(({ ruleId }) => ruleId === 'D3').map(({ vm }) => vm));
  if (drag.vms.length > 0 && there.size === drag.vms.length) return { kind: 'current' };
  // Another kind of software stays the better reason than a connection that is missing just now.
  if (refusal !== null && !findings.some((finding) => finding.ruleId === 'D1')) return refusal;
  if (verdict === 'blocked') return { kind: 'refused', findings };
  if (blockedVms.length > 0) {
    return { kind: 'some-blocked', blocked: blockedVms.length, all: drag.vms.length, findings };
  }
  return verdict === 'clear' ? { kind: 'allowed' } : { kind: 'warnings', findings };
};

const known = new WeakMap<Drag, Map<EntityId, DropOutcome>>();

/**
 * What dropping on that place would mean; null for places that never take a VM (a site, a data center, a folder).
 * Asked once per drag for each row that comes into sight.
 */
export const dropOutcome = (drag: Drag, place: InfrastructureEntity): DropOutcome | null => {
  const destination = destinationOf(place);
  if (destination === null) return null;
  const outcomes = known.get(drag) ?? new Map<EntityId, DropOutcome>();
  known.set(drag, outcomes);
  const before = outcomes.get(place.id);
  if (before !== undefined) return before;
  const outcome = outcomeFor(drag, destination);
  outcomes.set(place.id, outcome);
  return outcome;
};

/** The same, decided on what the inventory says at this moment. */
export const freshOutcome = (drag: Drag, place: InfrastructureEntity): DropOutcome | null => {
  known.get(drag)?.delete(place.id);
  return dropOutcome(drag, place);
};
