import type { Finding, Severity } from '../domain/finding.ts';
import { rulesCalled } from '../rules/rule-names.ts';

/** What a person looks for among findings: all words must hold of one and the same finding. */
export interface FindingQuery {
  readonly terms: readonly FindingTerm[];
  /** Words that mean nothing here. They find nothing and are named. */
  readonly notUnderstood: readonly string[];
}

export type FindingTerm =
  | { readonly kind: 'rules'; readonly ids: readonly string[] }
  | { readonly kind: 'severity'; readonly severity: Severity }
  /** What could not be determined. */
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'waived' }
  | { readonly kind: 'any' };

const termOf = (word: string): FindingTerm | null => {
  const text = word.trim().toLowerCase();
  switch (text) {
    case 'blocker':
    case 'warning':
    case 'info':
      return { kind: 'severity', severity: text };
    case 'undetermined':
    case 'waived':
    case 'any':
      return { kind: text };
    default: {
      const ids = rulesCalled(text);
      return ids.length === 0 ? null : { kind: 'rules', ids };
    }
  }
};

/** Reads words such as `rdm`, `s12`, `usb`, `blocker`. */
export const parseFindingWords = (words: readonly string[]): FindingQuery => {
  const terms = words.map((word) => ({ word, term: termOf(word) }));
  return {
    terms: terms.flatMap(({ term }) => term ?? []),
    notUnderstood: terms.flatMap(({ word, term }) => (term === null ? [word] : [])),
  };
};

const field = /(?<=^|\s)finding:(?:"([^"]*)"?|(\S*))/giu;

/** Takes the `finding:…` parts out of what a person typed; the rest is for the search of names and places. */
export const splitFindingWords = (typed: string): { readonly words: readonly string[]; readonly rest: string } => ({
  // `finding:` with nothing behind it yet: the person is still typing.
  words: [...typed.matchAll(field)].map(([, quoted, plain]) => quoted ?? plain ?? '').filter((word) => word !== ''),
  rest: typed.replaceAll(field, '').trim(),
});

const holds = (finding: Finding, term: FindingTerm): boolean => {
  switch (term.kind) {
    case 'rules':
      return term.ids.includes(finding.ruleId);
    case 'severity':
      return finding.severity === term.severity;
    case 'undetermined':
      return finding.outcome === 'undetermined';
    case 'waived':
      return finding.waiver !== undefined;
    case 'any':
      return true;
    default: {
      const never: never = term;
      return never;
    }
  }
};

export const matchesFinding = (finding: Finding, { terms, notUnderstood }: FindingQuery): boolean =>
  notUnderstood.length === 0 && terms.every((term) => holds(finding, term));
