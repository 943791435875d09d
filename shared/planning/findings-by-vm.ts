import type { Finding, Severity } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import { worstFirst } from '../rules/evaluate.ts';

const weight: Readonly<Record<Severity, number>> = { blocker: 0, warning: 1, info: 2 };

/** The same statement about the same VM, whoever made it. */
export const findingKey = (finding: Finding): string =>
  `${finding.vm ?? ''} ${finding.ruleId} ${finding.code} ${JSON.stringify(finding.evidence)}`;

/** Joins findings that are always live with those of the last check; what both say is shown once. */
export const mergeFindings = (live: readonly Finding[], checked: readonly Finding[]): readonly Finding[] => {
  const said = new Set(live.map((finding) => `${finding.vm ?? ''} ${finding.ruleId} ${finding.code}`));
  return [...live, ...checked.filter((finding) => !said.has(`${finding.vm ?? ''} ${finding.ruleId} ${finding.code}`))];
};

export interface FindingGroup {
  /** Null: findings of the operation as a whole. */
  readonly vm: EntityId | null;
  readonly findings: readonly Finding[];
}

/** One group per VM of the list (also the clear ones) and one for the whole operation, the worst group first. */
export const findingsByVm = (findings: readonly Finding[], vms: readonly EntityId[]): readonly FindingGroup[] => {
  const groups: FindingGroup[] = [null, ...vms]
    .map((vm) => ({ vm, findings: worstFirst(findings.filter((finding) => finding.vm === vm)) }))
    .filter((group) => group.vm !== null || group.findings.length > 0);
  const worst = (group: FindingGroup): number => {
    const first = group.findings[0];
    return first === undefined ? 3 : weight[first.severity];
  };
  return groups.toSorted((left, right) => worst(left) - worst(right));
};

export interface FindingCounts {
  readonly blockers: number;
  readonly warnings: number;
  /** Of those that would block or warn. */
  readonly undetermined: number;
  readonly infos: number;
}

/** Each finding counted once, as what the card shows it to be. */
export const countFindings = (findings: readonly Finding[]): FindingCounts => {
  const count = (counts: (finding: Finding) => boolean): number => findings.filter(counts).length;
  const isKnown = ({ outcome }: Finding): boolean => outcome === 'violated';
  return {
    blockers: count((finding) => finding.severity === 'blocker' && isKnown(finding)),
    warnings: count((finding) => finding.severity === 'warning' && isKnown(finding)),
    undetermined: count((finding) => finding.severity !== 'info' && !isKnown(finding)),
    infos: count((finding) => finding.severity === 'info'),
  };
};
