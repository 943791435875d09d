import { describe, expect, it } from 'vitest';
import { canBeWaived, ruleCalled, ruleNames, rulesCalled } from '../../../shared/rules/rule-names.ts';

describe('rules by the words people use', () => {
  it.each([
    ['rdm', ['S12']],
    ['RDM', ['S12']],
    ['usb', ['S2']],
    ['s12', ['S12']],
    ['s1', ['S1']],
    ['iso', ['S6']],
    ['vlan', ['S10', 'S11']],
    ['pass-through', ['S8', 'X4']],
    ['raw device', ['S12']],
    ['ft', ['X6']],
    ['locked', ['X19']],
    ['template', ['D5']],
    ['space', ['S9', 'X9']],
    ['nonsense', []],
    ['', []],
    ['.*', []],
    ['__proto__', []],
    ['constructor', []],
  ])('%s', (word, ids) => {
    expect([...rulesCalled(word)].sort()).toEqual([...ids].sort());
  });

  it.each([
    ['s6', 'S6'],
    ['mounted-iso', 'S6'],
    ['rdm', 'S12'],
    ['shared-disk', 'X3'],
    ['vlan', null],
    ['Z9', null],
    ['', null],
  ])('%s names one rule or none', (word, id) => {
    expect(ruleCalled(word)).toBe(id);
  });

  it('have one name each', () => {
    expect(new Set(ruleNames.map(({ name }) => name)).size).toBe(ruleNames.length);
    for (const { id, name } of ruleNames) expect(ruleCalled(name)).toBe(id);
  });

  it('only what can warn can be waived', () => {
    const never = ['D1', 'D5', 'X19', 'Z9', '', 's6', 'constructor'];
    expect(never.filter(canBeWaived)).toEqual([]);
    expect(['S6', 'S12', 'X11', 'X20'].filter(canBeWaived)).toEqual(['S6', 'S12', 'X11', 'X20']);
  });
});
