import type { FindingCode, FindingData } from './finding-data.ts';
import type { EntityId } from './ids.ts';

/** `blocker` cannot start; `warning` must be acknowledged; `info` is told. */
export type Severity = 'blocker' | 'warning' | 'info';

/** A value named in a finding's text. Words are made from it at the edge, in the reader's language. */
export type EvidenceValue = string | number | boolean | null | readonly string[];

/** What a precaution says of one VM and one destination. Holds codes and data, no sentences. */
export interface Finding {
  /** `D1`, `S2`, `X20` … as in the rule reference. */
  readonly ruleId: string;
  /** Which of the rule's texts applies; a rule with one text uses its own id. */
  readonly code: FindingCode;
  readonly severity: Severity;
  /** `undetermined`: the inventory lacks a fact the rule needs; `evidence.missing` names it. */
  readonly outcome: 'violated' | 'undetermined';
  readonly vm: EntityId | null;
  readonly destination: EntityId | null;
  readonly evidence: Readonly<Record<string, EvidenceValue>>;
  /** When the fact it rests on was read, ms since 1970; null for rules that rest on the request alone. */
  readonly factReadAt: number | null;
  /** A person accepted this warning in advance: it is still shown, and nobody has to acknowledge it again. */
  readonly waiver?: FindingWaiver;
}

/** Who waived a warning, why, and until when (ms since 1970). */
export interface FindingWaiver {
  readonly by: string;
  readonly reason: string;
  readonly until: number;
}

/** The parts of a finding that do not follow from its code. */
export type FindingFrame = Pick<Finding, 'ruleId' | 'severity' | 'vm' | 'destination' | 'factReadAt'> &
  Partial<Pick<Finding, 'outcome'>>;

/** Makes a finding whose evidence is the one its code demands. `outcome` is `violated` unless told otherwise. */
export const finding = <Code extends FindingCode>(
  frame: FindingFrame,
  code: Code,
  evidence: FindingData[Code],
): Finding => ({ outcome: 'violated', ...frame, code, evidence: evidence as Finding['evidence'] });

/** Worst verdict over findings: what a drop target shows. */
export type Verdict = 'clear' | 'warnings' | 'blocked';

export const verdictOf = (findings: readonly Finding[]): Verdict => {
  if (findings.some((finding) => finding.severity === 'blocker')) return 'blocked';
  if (findings.some((finding) => finding.severity === 'warning')) return 'warnings';
  return 'clear';
};
