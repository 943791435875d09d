import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecoveryAction, RecoveryFacts, RecoveryObstacle } from '../../../shared/domain/evacuation.ts';
import { advisedAction, type RecoveryQuestion, recoveryOptions } from '../../../shared/planning/recovery-options.ts';

const question = (facts: Partial<RecoveryFacts>, rest: Partial<RecoveryQuestion> = {}): RecoveryQuestion => ({
  facts: { source: 'parked', image: 'sealed', restored: 'none', ...facts },
  part: 'whole',
  interrupted: true,
  ...rest,
});

const obstacleTo = (action: RecoveryAction, asked: RecoveryQuestion): RecoveryObstacle | null | undefined =>
  recoveryOptions(asked).find((option) => option.action === action)?.obstacle;

describe('what may be done about a cold migration that did not end by itself', () => {
  it.each<[string, RecoveryQuestion, Partial<Record<RecoveryAction, RecoveryObstacle | null>>]>([
    [
      'died while exporting',
      question({ source: 'intact', image: 'partial' }),
      {
        resume: null,
        'roll-back': null,
        'restore-to-origin': 'no-image',
        'restore-elsewhere': 'no-image',
        'keep-image': 'no-image',
      },
    ],
    [
      'copied and never sealed, source gone',
      question({ source: 'gone', image: 'complete' }),
      {
        resume: null,
        'roll-back': 'source-gone',
        'restore-to-origin': null,
        'restore-elsewhere': null,
        'keep-image': null,
      },
    ],
    [
      'sealed, source parked',
      question({}),
      {
        resume: null,
        'roll-back': null,
        'restore-to-origin': 'source-exists',
        'restore-elsewhere': null,
        'keep-image': null,
      },
    ],
    [
      'sealed, source deleted',
      question({ source: 'gone' }),
      {
        resume: null,
        'roll-back': 'source-gone',
        'restore-to-origin': null,
        'restore-elsewhere': null,
        'keep-image': null,
      },
    ],
    [
      'somebody powered the source on',
      question({ source: 'running' }),
      { resume: 'source-running', 'roll-back': null, 'restore-elsewhere': 'source-running', 'keep-image': null },
    ],
    [
      'somebody used the source and stopped it again',
      question({ source: 'used' }),
      {
        resume: 'source-used',
        'roll-back': null,
        'restore-to-origin': 'source-used',
        'restore-elsewhere': 'source-used',
        'keep-image': null,
      },
    ],
    [
      'the restored VM runs, and somebody used the source',
      question({ source: 'used', restored: 'running' }),
      { resume: null, 'roll-back': 'restored-running' },
    ],
    [
      'the restored VM runs',
      question({ restored: 'running' }),
      {
        resume: null,
        'roll-back': 'restored-running',
        'restore-to-origin': 'restored-running',
        'restore-elsewhere': 'restored-running',
        'keep-image': 'restored-running',
      },
    ],
    [
      'both run',
      question({ source: 'running', restored: 'running' }),
      { resume: 'source-running', 'roll-back': 'restored-running' },
    ],
    [
      'the image is damaged and the source parked',
      question({ image: 'damaged' }),
      {
        resume: 'image-damaged',
        'roll-back': null,
        'restore-elsewhere': 'image-damaged',
        'keep-image': 'image-damaged',
      },
    ],
    [
      'the image is damaged and the source untouched',
      question({ image: 'damaged', source: 'intact' }),
      { resume: null },
    ],
    [
      'the site cannot be reached',
      question({ source: 'unknown', restored: 'unknown' }),
      { resume: 'not-known', 'roll-back': 'not-known', 'restore-elsewhere': 'not-known', 'keep-image': 'not-known' },
    ],
    [
      'the folder cannot be reached',
      question({ image: 'unknown' }),
      { resume: 'not-known', 'roll-back': null, 'restore-elsewhere': 'not-known' },
    ],
    [
      'a restore of an image alone',
      question({ source: 'gone', restored: 'incomplete' }, { part: 'restore' }),
      { resume: null, 'roll-back': null, 'restore-elsewhere': null },
    ],
    [
      'an evacuation alone',
      question({ source: 'parked' }, { part: 'evacuate' }),
      { resume: null, 'roll-back': null, 'restore-elsewhere': 'no-image' },
    ],
  ])('%s', (_name, asked, expected) => {
    for (const [action, obstacle] of Object.entries(expected)) {
      expect(`${action}: ${obstacleTo(action as RecoveryAction, asked)}`).toBe(`${action}: ${obstacle}`);
    }
  });

  it('advises to go on after the console stopped, and the way back after an error', () => {
    expect(advisedAction(question({}))).toBe('resume');
    expect(advisedAction(question({}, { interrupted: false }))).toBe('roll-back');
    expect(advisedAction(question({ source: 'gone' }, { interrupted: false }))).toBe('restore-to-origin');
    expect(advisedAction(question({ restored: 'off' }, { interrupted: false }))).toBe('resume');
    expect(advisedAction(question({ source: 'unknown' }))).toBeNull();
  });

  const anyQuestion = fc.record<RecoveryQuestion>({
    facts: fc.record<RecoveryFacts>({
      source: fc.constantFrom('intact', 'parked', 'used', 'running', 'gone', 'unknown'),
      image: fc.constantFrom('none', 'partial', 'complete', 'sealed', 'damaged', 'unknown'),
      restored: fc.constantFrom('none', 'incomplete', 'off', 'running', 'unknown'),
    }),
    part: fc.constantFrom('whole', 'evacuate', 'restore'),
    interrupted: fc.boolean(),
  });
  const safeActions = (asked: RecoveryQuestion): readonly RecoveryAction[] =>
    recoveryOptions(asked).flatMap(({ action, obstacle }) => (obstacle === null ? [action] : []));

  it('never lets the VM run twice, and never does what it does not know to be safe', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const { source, restored, image } = asked.facts;
        const safe = safeActions(asked);
        if (source === 'running') expect(safe).not.toContain('resume');
        if (source === 'running' || restored === 'running') {
          expect(safe).not.toContain('restore-elsewhere');
          expect(safe).not.toContain('restore-to-origin');
        }
        if (source === 'used') {
          expect(safe).not.toContain('restore-elsewhere');
          if (restored !== 'running') expect(safe).not.toContain('resume');
        }
        if (restored === 'running') expect(safe).not.toContain('roll-back');
        if (source === 'unknown' || restored === 'unknown') expect(safe).toEqual([]);
        if (image !== 'sealed' && image !== 'complete') {
          expect(safe).not.toContain('restore-elsewhere');
          expect(safe).not.toContain('keep-image');
        }
      }),
    );
  });

  it('advises only what is safe, and something whenever the VM still exists anywhere', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const advised = advisedAction(asked);
        const safe = safeActions(asked);
        if (advised === null) expect(safe).toEqual([]);
        else expect(safe).toContain(advised);
        const { source, image, restored } = asked.facts;
        const known = source !== 'unknown' && restored !== 'unknown';
        if (known && image === 'sealed' && restored !== 'running' && source !== 'running')
          expect(advised).not.toBeNull();
      }),
    );
  });
});
