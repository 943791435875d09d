import { describe, expect, it } from 'vitest';
import type { Waiver } from '../../../shared/domain/annotation.ts';
import { type Finding, finding, type Severity, verdictOf } from '../../../shared/domain/finding.ts';
import { type EntityId, siteId } from '../../../shared/domain/ids.ts';
import { annotationLookup } from '../../../shared/rules/annotation-lookup.ts';
import { undetermined } from '../../../shared/rules/frame.ts';
import { applyWaivers, isInForce } from '../../../shared/rules/waivers.ts';
import { aVm, defaultSite, idOf } from '../../support/inventory-builders.ts';
import { answers, ask } from '../../support/precautions.ts';

const web = idOf('vm', 'web-01');
const db = idOf('vm', 'db-01');
const elsewhere = siteId('site-b');
const now = 5_000;

const frame = (severity: Severity, vm: EntityId | null) =>
  ({ ruleId: 'X6', severity, vm, destination: null, factReadAt: null }) as const;
const said = (severity: Severity, vm: EntityId | null = web): Finding =>
  finding(frame(severity, vm), 'X6', { vm: 'web-01' });
const waiver = (facts: Partial<Waiver> = {}): Waiver => ({
  site: defaultSite,
  vm: web,
  vmName: 'web-01',
  ruleId: 'X6',
  by: 'sato',
  reason: 'agreed',
  at: 1_000,
  until: 6_000,
  ...facts,
});
const anyVm = (facts: Partial<Waiver> = {}): Waiver => waiver({ vm: null, vmName: null, ...facts });
const waived = { by: 'sato', reason: 'agreed', until: 6_000 };

type Case = readonly [tried: string, finding: Finding, waivers: readonly Waiver[], expected: Finding['waiver']];

const cases: readonly Case[] = [
  ['a warning of that VM and rule', said('warning'), [waiver()], waived],
  ['what could not be determined, too', undetermined(frame('warning', web), 'disks', 'web-01'), [waiver()], waived],
  ['never a blocker', said('blocker'), [waiver()], undefined],
  ['never a blocker, also not for the whole site', said('blocker'), [anyVm()], undefined],
  ['an info needs none', said('info'), [waiver()], undefined],
  ['another rule', said('warning'), [waiver({ ruleId: 'X5' })], undefined],
  ['another VM', said('warning', db), [waiver()], undefined],
  ['any VM of the site', said('warning', db), [anyVm()], waived],
  ['any VM of another site', said('warning'), [anyVm({ site: elsewhere })], undefined],
  ['its last millisecond', said('warning'), [waiver({ until: now + 1 })], { ...waived, until: now + 1 }],
  ['its end', said('warning'), [waiver({ until: now })], undefined],
  ['long over', said('warning'), [waiver({ until: 0 })], undefined],
  ['the one that ends last counts', said('warning'), [waiver(), anyVm({ until: 8_000 })], { ...waived, until: 8_000 }],
  ['about both VMs, waived for one', said('warning', null), [waiver()], undefined],
  [
    'about both VMs, waived for each: ends with the first',
    said('warning', null),
    [waiver({ until: 7_000 }), waiver({ vm: db })],
    waived,
  ],
  ['about both VMs, waived for the site', said('warning', null), [anyVm()], waived],
];

describe('waivers', () => {
  it.each(cases)('%s', (_, one, waivers, expected) => {
    const [answer] = applyWaivers([one], [web, db], waivers, now);
    expect(answer?.waiver).toEqual(expected);
    expect({ ...answer, waiver: undefined }).toEqual({ ...one, waiver: undefined });
    expect(verdictOf([answer ?? one])).toBe(verdictOf([one]));
  });

  it('waive nothing of an operation without VMs', () => {
    expect(applyWaivers([said('warning', null)], [], [anyVm()], now)).toEqual([said('warning', null)]);
  });

  it('are in force until their time and not after', () => {
    expect([4_999, 5_999, 6_000].map((at) => isInForce(waiver(), at))).toEqual([true, true, false]);
  });
});

describe('locks and marks, as the rules ask for them', () => {
  const lookup = annotationLookup({
    locks: [{ vm: web, vmName: 'web-01', by: 'sato', reason: 'audit', at: 1 }],
    guestClusters: [{ vm: idOf('vm', 'node-1', elsewhere), vmName: 'node-1', by: 'sato', at: 1 }],
    waivers: [],
  });

  it('a locked VM does not move, and its finding says who and why', () => {
    const question = { vms: [aVm({ name: 'web-01' })], context: lookup };
    expect(answers('X19', question)).toEqual(['blocker:X19']);
    const lock = ask(question).find(({ ruleId }) => ruleId === 'X19');
    expect(lock?.evidence).toEqual({ vm: 'web-01', by: 'sato', reason: 'audit' });
    expect(answers('X19', { vms: [aVm({ name: 'db-01' })], context: lookup })).toEqual([]);
  });

  it('a marked VM is a node of a guest cluster', () => {
    const vm = aVm({ name: 'node-1', site: elsewhere, pool: null });
    expect(lookup.isMarkedGuestCluster(vm.id)).toBe(true);
    expect(lookup.isMarkedGuestCluster(web)).toBe(false);
  });
});
