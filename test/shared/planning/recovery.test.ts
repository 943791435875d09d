import { describe, expect, test } from 'vitest';
import type { RecoveryAction, RecoveryFacts } from '../../../shared/domain/evacuation.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import {
  awaitsRecovery,
  type CancelBarrier,
  cancelBarrier,
  type Deletion,
  deletionsOf,
  holdingsOf,
  provenCopies,
  safetyOf,
} from '../../../shared/planning/recovery.ts';
import { aColdMove, aColdTask, aTaskToRecover, sealedImage } from '../../support/recovery-samples.ts';
import { aTaskView } from '../../support/task-views.ts';

const plan = aColdMove('crm-db-01').evacuation;
if (plan === undefined) throw new Error('no plan');
const withPlan = (part: 'whole' | 'evacuate' | 'restore', imagePolicy = plan.imagePolicy) =>
  aColdMove('crm-db-01', { evacuation: { ...plan, part, imagePolicy } });

const facts = (given: Partial<RecoveryFacts> = {}): RecoveryFacts => ({
  source: 'parked',
  image: 'sealed',
  restored: 'none',
  ...given,
});

describe('who waits for a person', () => {
  test.each<[string, TaskView, boolean]>([
    ['a decision is needed', aTaskToRecover(), true],
    ['a cold migration the console left', aColdTask({ state: 'interrupted' }), true],
    ['a hot one is found out by itself', aTaskView({ state: 'interrupted' }), false],
    ['one that ended needing attention', aTaskToRecover({ cold: { awaitsDecision: false } }), false],
    ['one that runs', aColdTask({ state: 'running' }), false],
  ])('%s', (_, view, waits) => expect(awaitsRecovery(view)).toBe(waits));
});

describe('what can no longer be called back', () => {
  test.each<[string, TaskView, CancelBarrier | null]>([
    ['a hot migration says the platform', aTaskView({ state: 'running' }), null],
    ['restoring', aColdTask({ steps: { restore: { state: 'running' } } }), null],
    ['powering on', aColdTask({ steps: { 'power-on': { state: 'running' } } }), null],
    ['powered on', aColdTask({ steps: { 'power-on': { state: 'done' } } }), 'complete'],
    ['finishing without power', aColdTask({ steps: { finish: { state: 'running' } } }), 'complete'],
    ['parking', aColdTask({ move: withPlan('evacuate'), steps: { park: { state: 'running' } } }), null],
    ['parked for good', aColdTask({ move: withPlan('evacuate'), steps: { park: { state: 'done' } } }), 'evacuated'],
    ['rolling back', aColdTask({ cold: { choice: { action: 'roll-back' } } }), 'going-back'],
    ['restoring to the origin', aColdTask({ cold: { choice: { action: 'restore-to-origin' } } }), 'going-back'],
    ['resumed', aColdTask({ cold: { choice: { action: 'resume' } } }), null],
  ])('%s', (_, view, barrier) => expect(cancelBarrier(view)).toBe(barrier));
});

describe('the copies the task log proves', () => {
  test.each([
    ['nothing done yet', aColdTask(), ['source']],
    ['an image being written', aColdTask({ cold: { image: { ...sealedImage, state: 'writing' } } }), ['source']],
    ['parked', aTaskToRecover(), ['parked-source', 'image']],
    ['source deleted', aTaskToRecover({ cold: { parkedName: null, sourceDeleted: true } }), ['image']],
    [
      'imported, but not compared yet',
      aTaskToRecover({ cold: { restore: { instanceUuid: 'u', vm: null, imported: true } } }),
      ['parked-source', 'image'],
    ],
    [
      'verified',
      aTaskToRecover({
        cold: { restore: { instanceUuid: 'u', vm: null, imported: true } },
        steps: { verify: { state: 'done' } },
      }),
      ['parked-source', 'image', 'restored'],
    ],
    ['a restore alone has no source', aColdTask({ move: withPlan('restore') }), ['image']],
    [
      'whose image went at the end',
      aColdTask({ move: withPlan('restore'), cold: { image: { ...sealedImage, state: 'removed' } } }),
      [],
    ],
  ])('%s', (_, view, copies) => expect(provenCopies(view)).toEqual(copies));
});

describe('what was found', () => {
  const sources = ['intact', 'parked', 'used', 'running', 'gone', 'unknown'] as const;
  const images = ['none', 'partial', 'complete', 'sealed', 'damaged', 'unknown'] as const;
  const restoreds = ['none', 'incomplete', 'off', 'running', 'unknown'] as const;
  const all = sources.flatMap((source) =>
    images.flatMap((image) => restoreds.map((restored) => ({ source, image, restored }))),
  );

  test('a VM counts as safe only when one of the three holds, and never when it runs twice', () => {
    for (const found of all) {
      const safety = safetyOf(found);
      const holds = Object.values(holdingsOf(found)).includes('holds');
      const twice = found.source === 'running' && found.restored === 'running';
      expect(safety === 'safe', JSON.stringify(found)).toBe(holds && !twice);
      expect(safety === 'twice').toBe(twice);
    }
  });

  test('a copy that was never read back is said to be all there is, and not that it is good', () => {
    const found: RecoveryFacts = { source: 'gone', image: 'complete', restored: 'none' };
    expect([holdingsOf(found).image, safetyOf(found)]).toEqual(['not-known', 'unsealed']);
    expect(safetyOf({ ...found, source: 'intact' })).toBe('safe');
    expect(safetyOf({ ...found, source: 'unknown' })).toBe('not-known');
  });

  test('copies of a source that was used since are older, but for one that runs', () => {
    const found: RecoveryFacts = { source: 'used', image: 'sealed', restored: 'off' };
    expect(holdingsOf(found)).toEqual({ source: 'holds', image: 'older', restored: 'older' });
    expect(holdingsOf({ ...found, restored: 'running' }).restored).toBe('holds');
    expect(safetyOf(found)).toBe('safe');
  });

  test('no good copy is only said when everything was seen', () => {
    for (const found of all) {
      if (safetyOf(found) === 'no-good-copy') expect(Object.values(found)).not.toContain('unknown');
    }
  });
});

describe('what an action deletes', () => {
  const deletions = (action: RecoveryAction, found: Partial<RecoveryFacts> = {}, move = withPlan('whole')) =>
    deletionsOf(action, facts(found), aTaskToRecover({ move }));

  test.each(['done', 'failed', 'unknown'] as const)(
    'a copy that may have run is told with what was written to it since: powering it on is %s',
    (state) => {
      const task = aTaskToRecover({ move: withPlan('whole'), steps: { 'power-on': { state } } });
      expect(deletionsOf('roll-back', facts({ restored: 'off' }), task)).toEqual([
        'restored-vm-that-may-have-run',
        'image',
      ]);
    },
  );

  test.each<[string, readonly Deletion[], readonly Deletion[]]>([
    ['resume', deletions('resume'), ['parked-source', 'image']],
    ['resume, image kept', deletions('resume', {}, withPlan('whole', 'keep')), ['parked-source']],
    ['resume with a complete VM', deletions('resume', { restored: 'off' }), ['parked-source', 'image']],
    [
      'resume with half a VM',
      deletions('resume', { restored: 'incomplete' }),
      ['restored-vm', 'parked-source', 'image'],
    ],
    ['resume an evacuation', deletions('resume', {}, withPlan('evacuate')), []],
    ['roll back', deletions('roll-back', { restored: 'off' }), ['restored-vm', 'image']],
    ['roll back before the image is whole', deletions('roll-back', { image: 'partial', source: 'intact' }), []],
    ['roll back before it is sealed', deletions('roll-back', { image: 'complete', source: 'intact' }), ['image']],
    ['roll back a restore', deletions('roll-back', { restored: 'incomplete' }, withPlan('restore')), ['restored-vm']],
    ['restore to the origin', deletions('restore-to-origin', { source: 'gone' }), ['image']],
    ['elsewhere', deletions('restore-elsewhere', { restored: 'off' }), ['restored-vm', 'parked-source', 'image']],
    ['keep the image', deletions('keep-image'), []],
    ['keep the image beside half a VM', deletions('keep-image', { restored: 'incomplete' }), ['restored-vm']],
  ])('%s', (_, found, wanted) => expect(found).toEqual(wanted));
});
