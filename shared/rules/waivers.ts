import type { Waiver } from '../domain/annotation.ts';
import type { Finding, FindingWaiver } from '../domain/finding.ts';
import { type EntityId, siteOf } from '../domain/ids.ts';

/** @param now ms since 1970 */
export const isInForce = (waiver: Waiver, now: number): boolean => now < waiver.until;

const covers = (waiver: Waiver, ruleId: string, vm: EntityId): boolean =>
  waiver.ruleId === ruleId && waiver.site === siteOf(vm) && (waiver.vm === null || waiver.vm === vm);

/** The one that ends last; of two that end together the one given first. */
const lastToEnd = (waivers: readonly Waiver[]): Waiver | undefined =>
  waivers.reduce<Waiver | undefined>(
    (last, waiver) => (last === undefined || waiver.until > last.until ? waiver : last),
    undefined,
  );

/** Every one of these VMs needs a waiver; named is the one that ends first, because the whole ends with it. */
const waiverFor = (ruleId: string, vms: readonly EntityId[], waivers: readonly Waiver[]): FindingWaiver | null => {
  let first: Waiver | null = null;
  for (const vm of vms) {
    const own = lastToEnd(waivers.filter((waiver) => covers(waiver, ruleId, vm)));
    if (own === undefined) return null;
    if (first === null || own.until < first.until) first = own;
  }
  return first === null ? null : { by: first.by, reason: first.reason, until: first.until };
};

/**
 * Marks the warnings that people accepted in advance. A waived warning stays a warning and stays visible; blockers and
 * waivers whose time is over are left alone. A finding about the operation as a whole is waived when it is for every
 * VM of the operation.
 * @param vms the VMs of the operation
 * @param now ms since 1970
 */
export const applyWaivers = (
  findings: readonly Finding[],
  vms: readonly EntityId[],
  waivers: readonly Waiver[],
  now: number,
): readonly Finding[] => {
  const inForce = waivers.filter((waiver) => isInForce(waiver, now));
  if (inForce.length === 0) return findings;
  return findings.map((finding) => {
    if (finding.severity !== 'warning') return finding;
    const waiver = waiverFor(finding.ruleId, finding.vm === null ? vms : [finding.vm], inForce);
    return waiver === null ? finding : { ...finding, waiver };
  });
};
