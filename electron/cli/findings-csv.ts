import type { Finding } from '../../shared/domain/finding.ts';
import type { MigrationMethod } from '../../shared/domain/migration.ts';
import { type CsvCell, csvText } from '../../shared/messages/csv.ts';
import { findingText } from '../../shared/messages/rules.ts';
import type { Language } from '../../shared/messages/topic.ts';

/** One line: a finding of a VM, or (null) that there is none. */
export interface FindingRow {
  readonly vm: string;
  readonly path: string;
  readonly methods: readonly MigrationMethod[];
  /** Empty where no destination was asked about. */
  readonly destination: string;
  readonly finding: Finding | null;
  /** Why a person accepted the warning for this move; empty when nobody did. */
  readonly acknowledged: string;
}

/** Fixed for scripts; in no language. */
const headings = [
  'vm',
  'path',
  'method',
  'destination',
  'rule',
  'severity',
  'outcome',
  'title',
  'evidence',
  'consequence',
  'remedy',
  'readAt',
  'acknowledged',
  'waivedBy',
  'waivedUntil',
  'waiverReason',
];

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const cellsOf = (finding: Finding | null, acknowledged: string, language: Language): readonly CsvCell[] => {
  if (finding === null) return [null, 'clear', ...Array.from({ length: 10 }, () => null)];
  const text = findingText(finding, language);
  return [
    finding.ruleId,
    finding.severity,
    finding.outcome,
    text.title,
    text.evidence,
    text.consequence,
    text.remedy.join(' '),
    isoTime(finding.factReadAt),
    acknowledged,
    finding.waiver?.by ?? null,
    isoTime(finding.waiver?.until ?? null),
    finding.waiver?.reason ?? null,
  ];
};

/** Findings as CSV: codes and numbers for scripts, texts for people in their language, times in UTC (ISO 8601). */
export const findingsAsCsv = (rows: readonly FindingRow[], language: Language): string =>
  csvText(
    headings,
    rows.map(({ vm, path, methods, destination, finding, acknowledged }) => [
      vm,
      path,
      methods.join(' '),
      destination,
      ...cellsOf(finding, acknowledged, language),
    ]),
  );
