import { describe, expect, it } from 'vitest';
import {
  type AnnotationChange,
  type AnnotationEvent,
  type AnnotationState,
  nothingSaid,
  withAnnotation,
} from '../../../shared/domain/annotation.ts';
import { defaultSite, idOf } from '../../support/inventory-builders.ts';

const web = idOf('vm', 'web-01');
const db = idOf('vm', 'db-01');

const state = (...changes: readonly AnnotationChange[]): AnnotationState =>
  changes.reduce(
    (before, change, index) =>
      withAnnotation(before, { sequence: index + 1, at: index * 10, by: `user-${index}`, vmName: 'web-01', change }),
    nothingSaid,
  );

const waive = (facts: Partial<Extract<AnnotationChange, { kind: 'waived' }>> = {}): AnnotationChange => ({
  kind: 'waived',
  site: defaultSite,
  vm: web,
  ruleId: 'S6',
  reason: 'ISO not needed',
  until: 99,
  ...facts,
});

describe('what holds of what people said', () => {
  it('a lock, until it is lifted', () => {
    const locked = state({ kind: 'locked', vm: web, reason: 'audit' });
    expect(locked.locks).toEqual([{ vm: web, vmName: 'web-01', by: 'user-0', reason: 'audit', at: 0 }]);
    expect(state({ kind: 'locked', vm: web, reason: 'audit' }, { kind: 'unlocked', vm: web })).toEqual(nothingSaid);
  });

  it('the later lock of a VM, and locks of other VMs', () => {
    const { locks } = state(
      { kind: 'locked', vm: web, reason: 'first' },
      { kind: 'locked', vm: db, reason: 'other' },
      { kind: 'locked', vm: web, reason: 'second' },
    );
    expect(locks.map(({ vm, reason, by }) => [vm, reason, by])).toEqual([
      [db, 'other', 'user-1'],
      [web, 'second', 'user-2'],
    ]);
  });

  it('a mark, once however often it was set', () => {
    const marked = { kind: 'guest-cluster-marked', vm: web } as const;
    expect(state(marked, marked).guestClusters).toEqual([{ vm: web, vmName: 'web-01', by: 'user-1', at: 10 }]);
    expect(state(marked, { kind: 'guest-cluster-unmarked', vm: web })).toEqual(nothingSaid);
  });

  it('one waiver for each VM and rule, and one for any VM of the site beside it', () => {
    const { waivers } = state(
      waive(),
      waive({ ruleId: 'X1' }),
      waive({ vm: null }),
      waive({ vm: db }),
      waive({ reason: 'again', until: 200 }),
    );
    expect(waivers.map(({ vm, ruleId, reason, until }) => [vm, ruleId, reason, until])).toEqual([
      [web, 'X1', 'ISO not needed', 99],
      [null, 'S6', 'ISO not needed', 99],
      [db, 'S6', 'ISO not needed', 99],
      [web, 'S6', 'again', 200],
    ]);
  });

  it('a waiver that is withdrawn goes, and no other', () => {
    const gone: AnnotationChange = { kind: 'unwaived', site: defaultSite, vm: web, ruleId: 'S6' };
    expect(state(waive(), waive({ vm: null }), gone).waivers.map(({ vm }) => vm)).toEqual([null]);
  });

  it('lifting what nobody set changes nothing', () => {
    const event: AnnotationEvent = {
      sequence: 1,
      at: 0,
      by: 'sato',
      vmName: null,
      change: { kind: 'unlocked', vm: web },
    };
    expect(withAnnotation(nothingSaid, event)).toEqual(nothingSaid);
  });
});
