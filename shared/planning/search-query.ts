import type { PowerState } from '../domain/virtual-machine.ts';

/** Fields people can narrow a search with: `pool:web state:off`. */
export const searchFields = ['pool', 'host', 'cluster', 'state', 'kind', 'site'] as const;
export type SearchField = (typeof searchFields)[number];

/** What a person may look for by `kind:`; `pool` stands for every kind of pool people drop VMs on. */
const kindNames: Readonly<Record<string, readonly string[]>> = {
  vm: ['virtual-machine'],
  pool: ['resource-pool', 'vapp'],
  vapp: ['vapp'],
  host: ['host'],
  cluster: ['cluster'],
  datacenter: ['datacenter'],
  folder: ['folder'],
  site: ['site'],
};

const stateNames: Readonly<Record<string, readonly PowerState[]>> = {
  on: ['on'],
  off: ['off'],
  suspended: ['suspended', 'saved', 'paused'],
  saved: ['saved'],
  paused: ['paused'],
  unknown: ['unknown'],
};

export type SearchTerm =
  /** Part of the object's own name. */
  | { readonly kind: 'name'; readonly text: string }
  /** Part of the name of a place it is in. */
  | { readonly kind: 'inside'; readonly place: 'pool' | 'host' | 'cluster' | 'site'; readonly text: string }
  | { readonly kind: 'state'; readonly states: readonly PowerState[] }
  | { readonly kind: 'type'; readonly kinds: readonly string[] };

export interface SearchQuery {
  /** All must hold. Empty: nothing is searched for. */
  readonly terms: readonly SearchTerm[];
  /** Parts such as `colour:red` or `state:blue` that mean nothing here. They find nothing and are named. */
  readonly notUnderstood: readonly string[];
}

const part = /(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/giu;

/** Reads what a person typed into the search box. Texts are compared without regard to case. */
export const parseSearch = (typed: string): SearchQuery => {
  const terms: SearchTerm[] = [];
  const notUnderstood: string[] = [];
  for (const [whole, field, quoted, plain] of typed.trim().matchAll(part)) {
    const text = (quoted ?? plain ?? '').toLowerCase();
    // `pool:` with nothing behind it yet: the person is still typing.
    if (isEmptyField(whole)) continue;
    if (text === '') continue;
    const term = field === undefined ? ({ kind: 'name', text } as const) : termOf(field.toLowerCase(), text);
    if (term === null) notUnderstood.push(whole);
    else terms.push(term);
  }
  return { terms, notUnderstood };
};

const isEmptyField = (whole: string): boolean =>
  whole.endsWith(':') && (searchFields as readonly string[]).includes(whole.slice(0, -1).toLowerCase());

const termOf = (field: string, text: string): SearchTerm | null => {
  switch (field) {
    case 'pool':
    case 'host':
    case 'cluster':
    case 'site':
      return { kind: 'inside', place: field, text };
    case 'state': {
      const states = stateNames[text];
      return states === undefined ? null : { kind: 'state', states };
    }
    case 'kind': {
      const kinds = kindNames[text];
      return kinds === undefined ? null : { kind: 'type', kinds };
    }
    default:
      return null;
  }
};
