import { type FindingQuery, parseFindingWords, splitFindingWords } from './finding-query.ts';
import { parseSearch, type SearchQuery, searchFields } from './search-query.ts';

/** Every field a person can narrow a search with. */
export const understoodFields = [...searchFields, 'finding'] as const;
export type UnderstoodField = (typeof understoodFields)[number];

/** A search of the inventory: names and places, and what is found of VMs. Both must hold. */
export interface InventorySearch {
  readonly places: SearchQuery;
  readonly findings: FindingQuery;
  /** What stood behind `finding:`. Empty: any VM will do, whatever is found of it. */
  readonly findingWords: readonly string[];
  /** Parts such as `colour:red` or `finding:blue` that mean nothing. Nothing is found then. */
  readonly notUnderstood: readonly string[];
}

/** Reads what a person typed, such as `pool:web state:off finding:rdm`. */
export const parseInventorySearch = (typed: string): InventorySearch => {
  const { words, rest } = splitFindingWords(typed);
  const places = parseSearch(rest);
  const findings = parseFindingWords(words);
  return {
    places,
    findings,
    findingWords: words,
    notUnderstood: [...findings.notUnderstood.map((word) => `finding:${word}`), ...places.notUnderstood],
  };
};
