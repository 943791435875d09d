import { describe, expect, test } from 'vitest';
import { parseSearch } from '../../../shared/planning/search-query.ts';

describe('what a person types into the search box', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['web', [{ kind: 'name', text: 'web' }]],
    [
      'Web 01',
      [
        { kind: 'name', text: 'web' },
        { kind: 'name', text: '01' },
      ],
    ],
    ['"web 01"', [{ kind: 'name', text: 'web 01' }]],
    ['pool:RP-Web', [{ kind: 'inside', place: 'pool', text: 'rp-web' }]],
    ['pool:"rp web"', [{ kind: 'inside', place: 'pool', text: 'rp web' }]],
    ['pool:"rp we', [{ kind: 'inside', place: 'pool', text: 'rp we' }]],
    ['HOST:esx', [{ kind: 'inside', place: 'host', text: 'esx' }]],
    [
      'cluster:cl site:tokyo',
      [
        { kind: 'inside', place: 'cluster', text: 'cl' },
        { kind: 'inside', place: 'site', text: 'tokyo' },
      ],
    ],
    ['state:off', [{ kind: 'state', states: ['off'] }]],
    ['state:Suspended', [{ kind: 'state', states: ['suspended', 'saved', 'paused'] }]],
    ['kind:pool', [{ kind: 'type', kinds: ['resource-pool', 'vapp'] }]],
    ['仮想', [{ kind: 'name', text: '仮想' }]],
  ])('%s', (typed, terms) => {
    expect(parseSearch(typed)).toEqual({ terms, notUnderstood: [] });
  });

  test('a field that is still being typed narrows nothing yet', () => {
    expect(parseSearch('web pool:')).toEqual({ terms: [{ kind: 'name', text: 'web' }], notUnderstood: [] });
  });

  test.each(['colour:red', 'state:blue', 'kind:cat'])('%s is named as not understood', (typed) => {
    expect(parseSearch(`web ${typed}`)).toEqual({ terms: [{ kind: 'name', text: 'web' }], notUnderstood: [typed] });
  });
});
