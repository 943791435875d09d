import { describe, expect, test } from 'vitest';
import { parseInventorySearch } from '../../../shared/planning/inventory-search.ts';

describe('a search of the inventory', () => {
  test('is of places and of findings', () => {
    expect(parseInventorySearch('pool:web state:off finding:rdm db')).toEqual({
      places: {
        terms: [
          { kind: 'inside', place: 'pool', text: 'web' },
          { kind: 'state', states: ['off'] },
          { kind: 'name', text: 'db' },
        ],
        notUnderstood: [],
      },
      findings: { terms: [{ kind: 'rules', ids: ['S12'] }], notUnderstood: [] },
      findingWords: ['rdm'],
      notUnderstood: [],
    });
  });

  test.each([
    ['', [], []],
    ['finding:', [], []],
    ['finding:"guest cluster"', ['guest cluster'], []],
    ['FINDING:usb finding:blocker', ['usb', 'blocker'], []],
    ['finding:xyz web colour:red', ['xyz'], ['finding:xyz', 'colour:red']],
  ])('%j', (typed, words, notUnderstood) => {
    expect(parseInventorySearch(typed)).toMatchObject({ findingWords: words, notUnderstood });
  });
});
