import { describe, expect, test } from 'vitest';
import { sortedByName } from '../../../renderer/stores/natural-order.ts';

const sorted = (...names: readonly string[]) => sortedByName(names.map((name) => ({ name }))).map(({ name }) => name);

describe('the order of names', () => {
  test.each([
    ['numbers count', ['web-10', 'web-9', 'web-1'], ['web-1', 'web-9', 'web-10']],
    ['upper and lower case stand together', ['b', 'A', 'a', 'B'], ['A', 'a', 'B', 'b']],
    ['leading zeros do not matter', ['vm-010', 'vm-2', 'vm-09'], ['vm-2', 'vm-09', 'vm-010']],
    ['long numbers', ['x99999999999', 'x100000000000'], ['x99999999999', 'x100000000000']],
    ['Japanese names among others', ['本番-10', 'web-1', '本番-2'], ['web-1', '本番-2', '本番-10']],
    ['nothing', [], []],
  ])('%s', (_name, names, expected) => {
    expect(sorted(...names)).toEqual(expected);
  });

  test('leaves what it was given as it was', () => {
    const given = [{ name: 'b' }, { name: 'a' }];
    sortedByName(given);
    expect(given.map(({ name }) => name)).toEqual(['b', 'a']);
  });
});
