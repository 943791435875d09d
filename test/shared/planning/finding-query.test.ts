import { describe, expect, it } from 'vitest';
import { type Finding, finding, type Severity } from '../../../shared/domain/finding.ts';
import { matchesFinding, parseFindingWords, splitFindingWords } from '../../../shared/planning/finding-query.ts';
import { undetermined } from '../../../shared/rules/frame.ts';
import { idOf } from '../../support/inventory-builders.ts';

const frame = (ruleId: string, severity: Severity = 'blocker') =>
  ({ ruleId, severity, vm: idOf('vm', 'web-01'), destination: null, factReadAt: null }) as const;
const rdm = finding(frame('S12'), 'S12', { vm: 'web-01', disks: ['Hard disk 2'] });
const unknownDisks = undetermined(frame('S12'), 'disks', 'web-01');
const iso = finding(frame('S6', 'warning'), 'S6', { vm: 'web-01', drives: ['CD 1'], otherManager: false });
const waivedIso: Finding = { ...iso, waiver: { by: 'sato', reason: 'agreed', until: 9_000 } };

describe('looking for findings', () => {
  it.each([
    [['rdm'], rdm, true],
    [['S12'], rdm, true],
    [['usb'], rdm, false],
    [['iso'], iso, true],
    [['blocker'], rdm, true],
    [['blocker'], iso, false],
    [['rdm', 'blocker'], rdm, true],
    [['rdm', 'warning'], rdm, false],
    [['rdm', 'undetermined'], unknownDisks, true],
    [['undetermined'], rdm, false],
    [['waived'], waivedIso, true],
    [['waived'], iso, false],
    [['any'], iso, true],
    [[], iso, true],
    [['nonsense'], iso, false],
    [['iso', 'nonsense'], iso, false],
  ] as const)('%j', (words, one, expected) => {
    expect(matchesFinding(one, parseFindingWords(words))).toBe(expected);
  });

  it('names the words that mean nothing', () => {
    expect(parseFindingWords(['rdm', 'nonsense', '(((']).notUnderstood).toEqual(['nonsense', '(((']);
  });

  it.each([
    ['finding:rdm', ['rdm'], ''],
    ['web finding:rdm pool:prod', ['rdm'], 'web  pool:prod'],
    ['FINDING:usb finding:blocker', ['usb', 'blocker'], ''],
    ['finding:"raw device" x', ['raw device'], 'x'],
    ['finding:"raw device', ['raw device'], ''],
    ['finding: web', [], 'web'],
    ['nofinding:rdm', [], 'nofinding:rdm'],
    ['', [], ''],
  ])('parts %j', (typed, words, rest) => {
    expect(splitFindingWords(typed)).toEqual({ words, rest });
  });
});
