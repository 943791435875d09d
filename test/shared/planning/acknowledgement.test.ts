import { describe, expect, it } from 'vitest';
import { type Finding, finding, type Severity } from '../../../shared/domain/finding.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { acknowledgementFor, isOpenWarning, needsAcknowledgement } from '../../../shared/planning/acknowledgement.ts';
import { idOf } from '../../support/inventory-builders.ts';

const web = idOf('vm', 'web-01');
const db = idOf('vm', 'db-01');
const waiver = { by: 'sato', reason: 'agreed for the quarter', until: 9_000 };

const said = (severity: Severity, vm: EntityId | null = web): Finding =>
  finding({ ruleId: 'X6', severity, vm, destination: null, factReadAt: null }, 'X6', { vm: 'web-01' });
const accepts = (vm: EntityId, ruleId = 'X6') => ({ vm, ruleId, reason: `for ${vm}` });

describe('whether somebody has to accept a finding', () => {
  it.each([
    ['a blocker: nobody can', said('blocker'), false],
    ['a warning', said('warning'), true],
    ['a warning that was waived', { ...said('warning'), waiver }, false],
    ['an info', said('info'), false],
  ] as const)('%s', (_, one, needed) => {
    expect(needsAcknowledgement(one)).toBe(needed);
    expect(isOpenWarning(one, [web], [])).toBe(needed);
  });

  it.each([
    ['accepted', said('warning'), [accepts(web)], false],
    ['accepted for another VM', said('warning'), [accepts(db)], true],
    ['another rule accepted', said('warning'), [accepts(web, 'X5')], true],
    ['about all VMs, accepted for each', said('warning', null), [accepts(web), accepts(db)], false],
    ['about all VMs, accepted for one', said('warning', null), [accepts(web)], true],
    ['about all VMs, waived', { ...said('warning', null), waiver }, [], false],
    ['a waived blocker is still not open: it blocks', { ...said('blocker'), waiver }, [], false],
  ] as const)('%s', (_, one, given, open) => {
    expect(isOpenWarning(one, [web, db], given)).toBe(open);
  });

  it('names the acknowledgement that speaks for the VMs', () => {
    expect(acknowledgementFor(said('warning'), [db], [accepts(web), accepts(db)])).toEqual(accepts(db));
    expect(acknowledgementFor(said('warning'), [web, db], [accepts(web)])).toBeNull();
  });
});
