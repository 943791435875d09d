import { describe, expect, test, vi } from 'vitest';
import { openStorage } from '../../../electron/storage/open-storage.ts';
import type { Finding } from '../../../shared/domain/finding.ts';
import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import { operationId } from '../../../shared/domain/ids.ts';
import type { MigrationOperation } from '../../../shared/domain/migration.ts';
import type { RequestName } from '../../../shared/ipc/contract.ts';
import { destinationOf } from '../../../shared/planning/destination.ts';
import { type LabPage, openLabPageInSync } from '../../support/lab-page.ts';

const vmware = 'lab-vmware' as SiteId;
const hyperv = 'lab-hyperv' as SiteId;
const day = 24 * 60 * 60 * 1_000;

let ahead = 0;
/** The real time, which a test can move on. */
const clock = {
  now: () => Date.now() + ahead,
  delay: async () => {
    await new Promise(setImmediate);
  },
};

const openPage = (): Promise<LabPage> => {
  ahead = 0;
  return openLabPageInSync({ userName: 'sato', clock });
};

const vmNamed = (page: LabPage, name: string, site = vmware): EntityId => {
  for (const vm of page.services.inventory.site(site).vms.values()) if (vm.name === name) return vm.id;
  throw new Error(`no ${name}`);
};

const moveTo = (page: LabPage, vmName: string, place: string, site = vmware): MigrationOperation => {
  const found = [...page.services.inventory.site(site).infrastructure.values()].find(({ name }) => name === place);
  const destination = found === undefined ? null : destinationOf(found);
  if (destination === null) throw new Error(`no ${place}`);
  const vm = vmNamed(page, vmName, site);
  const move = { vm, vmName, method: 'hot', destination, host: null, datastore: null, networkMap: {} } as const;
  return { id: operationId('op-1'), destination, moves: [move], acknowledgements: [], atATime: 1 };
};

const check = async (page: LabPage, operation: MigrationOperation): Promise<readonly Finding[]> =>
  (await page.call('migration.check', { operation })).findings;
const rule = (findings: readonly Finding[], id: string): Finding | undefined =>
  findings.find(({ ruleId }) => ruleId === id);

const runs = async (page: LabPage, operation: MigrationOperation) => {
  const [task] = await page.call('migration.start', { operation });
  if (task === undefined) throw new Error('no task');
  await vi.waitFor(
    async () => {
      const { view } = await page.call('tasks.details', { task: task.header.id });
      expect(['completed', 'failed']).toContain(view.state);
    },
    { interval: 5, timeout: 10_000 },
  );
  return page.call('tasks.details', { task: task.header.id });
};

describe('"do not move"', () => {
  test('keeps the VM where it is, says who and why, and lets it go again', async () => {
    const page = await openPage();
    const operation = moveTo(page, 'web-01', 'rp-staging');
    const vm = vmNamed(page, 'web-01');
    const said = { vm, reason: '  audit until Friday ', by: 'somebody else' };
    const answer = await page.tryCall('annotations.lock', said);
    expect(answer).toMatchObject({
      ok: true,
      value: { locks: [{ vm, vmName: 'web-01', by: 'sato', reason: 'audit until Friday' }] },
    });
    expect(page.events('annotations.changed')).toEqual([await page.call('annotations.list', {})]);

    expect(rule(await check(page, operation), 'X19')).toMatchObject({
      severity: 'blocker',
      evidence: { vm: 'web-01', by: 'sato', reason: 'audit until Friday' },
    });
    const { view } = await runs(page, operation);
    expect(view.error).toEqual({
      code: 'blocked-by-precautions',
      data: { vmName: 'web-01', ruleIds: ['X19'] },
    });

    expect((await page.call('annotations.unlock', { vm })).locks).toEqual([]);
    expect(await check(page, operation)).toEqual([]);
    const history = await page.call('annotations.history', { vm, limit: 10 });
    expect(history.map(({ by, change }) => [by, change.kind])).toEqual([
      ['sato', 'unlocked'],
      ['sato', 'locked'],
    ]);
  });

  test('is not written down twice, and unlocking what is not locked says nothing', async () => {
    const page = await openPage();
    const vm = vmNamed(page, 'web-01');
    await page.call('annotations.unlock', { vm });
    await page.call('annotations.lock', { vm, reason: 'audit' });
    await page.call('annotations.lock', { vm, reason: 'audit' });
    expect(await page.call('annotations.history', { vm: null, limit: 10 })).toHaveLength(1);
    expect(page.events('annotations.changed')).toHaveLength(1);
    await page.call('annotations.lock', { vm, reason: 'another reason' });
    expect((await page.call('annotations.list', {})).locks.map(({ reason }) => reason)).toEqual(['another reason']);
  });

  test('that another process sets counts at once', async () => {
    const page = await openPage();
    const operation = moveTo(page, 'web-01', 'rp-staging');
    const other = openStorage(page.directory, { now: Date.now });
    const lock = { kind: 'locked', vm: vmNamed(page, 'web-01'), reason: 'audit' } as const;
    other.annotations.append(lock, { vmName: 'web-01', by: 'tanaka', at: 1 });
    other.close();
    expect(rule(await check(page, operation), 'X19')?.evidence).toMatchObject({ by: 'tanaka' });
    const move = operation.moves[0];
    if (move === undefined) throw new Error('no move');
    const atStart = await page.services.guard.beforeStart(move, new AbortController().signal);
    expect(rule(atStart, 'X19')?.severity).toBe('blocker');
  });

  test('that another process sets is told to the window, once', async () => {
    const page = await openPage();
    const other = openStorage(page.directory, { now: Date.now });
    const lock = { kind: 'locked', vm: vmNamed(page, 'web-01'), reason: 'audit' } as const;
    other.annotations.append(lock, { vmName: 'web-01', by: 'tanaka', at: 1 });
    other.close();
    await vi.waitFor(() => expect(page.events('annotations.changed')).not.toEqual([]), { timeout: 20_000 });
    page.services.annotations.hearOthers();
    expect(page.events('annotations.changed')).toMatchObject([{ locks: [{ by: 'tanaka', reason: 'audit' }] }]);
  });

  test('can be lifted when the VM has gone', async () => {
    const page = await openPage();
    const vm = vmNamed(page, 'web-01');
    await page.call('annotations.lock', { vm, reason: 'audit' });
    await page.call('sites.remove', { site: vmware });
    expect((await page.call('annotations.list', {})).locks).toHaveLength(1);
    expect((await page.call('annotations.unlock', { vm })).locks).toEqual([]);
    expect((await page.call('annotations.history', { vm, limit: 1 }))[0]?.vmName).toBe('web-01');
  });
});

describe('nodes of a guest cluster', () => {
  test('that people mark are told before a move, until the mark is taken off', async () => {
    const page = await openPage();
    const operation = moveTo(page, 'hr-app-01', 'hv02', hyperv);
    const vm = vmNamed(page, 'hr-app-01', hyperv);
    expect(rule(await check(page, operation), 'S1')).toBeUndefined();
    const marked = await page.call('annotations.markGuestCluster', { vm, isNode: true });
    expect(marked.guestClusters).toMatchObject([{ vm, vmName: 'hr-app-01', by: 'sato' }]);
    expect(rule(await check(page, operation), 'S1')).toMatchObject({ severity: 'warning', evidence: { marked: true } });
    await page.call('annotations.markGuestCluster', { vm, isNode: true });
    await page.call('annotations.markGuestCluster', { vm, isNode: false });
    expect(rule(await check(page, operation), 'S1')).toBeUndefined();
    expect(await page.call('annotations.history', { vm, limit: 10 })).toHaveLength(2);
  });
});

describe('waivers', () => {
  const waiver = (page: LabPage, vmName: string, ruleId: string, until = clock.now() + day) => ({
    site: vmware,
    vm: vmNamed(page, vmName),
    ruleId,
    reason: 'agreed with the owner',
    until,
  });

  test('answer a warning, which stays visible and is in the task log', async () => {
    const page = await openPage();
    const operation = moveTo(page, 'mail-archive-01', 'rp-staging');
    expect(rule(await check(page, operation), 'X15')).toMatchObject({ severity: 'warning' });
    const given = waiver(page, 'mail-archive-01', 'X15');
    await page.call('annotations.waive', given);
    const expected = { by: 'sato', reason: 'agreed with the owner', until: given.until };
    expect(rule(await check(page, operation), 'X15')).toMatchObject({ severity: 'warning', waiver: expected });

    const { view, events } = await runs(page, operation);
    expect(view.state).toBe('completed');
    const checked = events.find(({ body }) => body.kind === 'checked')?.body;
    if (checked?.kind !== 'checked') throw new Error('not checked');
    expect(rule(checked.findings, 'X15')?.waiver).toEqual(expected);
  });

  test('end: from then on the warning has to be acknowledged again', async () => {
    const page = await openPage();
    const operation = moveTo(page, 'mail-archive-01', 'rp-staging');
    await page.call('annotations.waive', waiver(page, 'mail-archive-01', 'X15'));
    ahead = day;
    const found = rule(await check(page, operation), 'X15');
    expect(found?.severity).toBe('warning');
    expect(found).not.toHaveProperty('waiver');
    const { view } = await runs(page, operation);
    expect(view.error).toMatchObject({ code: 'warnings-not-acknowledged', data: { ruleIds: ['X15'] } });
  });

  test('can be withdrawn', async () => {
    const page = await openPage();
    const given = waiver(page, 'mail-archive-01', 'X15');
    await page.call('annotations.waive', given);
    const subject = { site: given.site, vm: given.vm, ruleId: 'X15' };
    expect((await page.call('annotations.unwaive', subject)).waivers).toEqual([]);
    await page.call('annotations.unwaive', subject);
    expect(await page.call('annotations.history', { vm: given.vm, limit: 10 })).toHaveLength(2);
    const found = rule(await check(page, moveTo(page, 'mail-archive-01', 'rp-staging')), 'X15');
    expect(found).not.toHaveProperty('waiver');
  });

  test('for any VM of a site answer for each of them', async () => {
    const page = await openPage();
    await page.call('annotations.waive', { ...waiver(page, 'mail-archive-01', 'X15'), vm: null });
    const found = rule(await check(page, moveTo(page, 'mail-archive-01', 'rp-staging')), 'X15');
    expect(found?.waiver?.by).toBe('sato');
  });

  test('never lift a blocker', async () => {
    const page = await openPage();
    const operation = moveTo(page, 'analytics-01', 'rp-staging');
    await page.call('annotations.waive', waiver(page, 'analytics-01', 'X17'));
    const found = rule(await check(page, operation), 'X17');
    expect(found?.severity).toBe('blocker');
    expect(found).not.toHaveProperty('waiver');
    expect((await runs(page, operation)).view.error).toMatchObject({ code: 'blocked-by-precautions' });
  });
});

describe('what a page may not say', () => {
  const nobody = 'lab-vmware/vm-nobody' as EntityId;
  const long = 'x'.repeat(1_001);
  const later = Date.now() + day;
  type Refusal = readonly [RequestName, (page: LabPage) => unknown, string];
  const waive = (page: LabPage, facts: object) => ({
    site: vmware,
    vm: vmNamed(page, 'web-01'),
    ruleId: 'S6',
    reason: 'agreed',
    until: later,
    ...facts,
  });

  test.each<Refusal>([
    ['annotations.lock', (page) => ({ vm: vmNamed(page, 'web-01'), reason: ' a ' }), 'invalid-input'],
    ['annotations.lock', (page) => ({ vm: vmNamed(page, 'web-01'), reason: long }), 'invalid-input'],
    ['annotations.lock', (page) => ({ vm: vmNamed(page, 'web-01') }), 'invalid-input'],
    ['annotations.lock', () => ({ vm: nobody, reason: 'audit' }), 'not-found'],
    ['annotations.lock', () => ({ vm: 'no-slash', reason: 'audit' }), 'invalid-input'],
    ['annotations.lock', () => ({ vm: { id: nobody }, reason: 'audit' }), 'invalid-input'],
    [
      'annotations.lock',
      (page) => ({ vm: moveTo(page, 'web-01', 'rp-staging').destination.id, reason: 'audit' }),
      'not-found',
    ],
    ['annotations.unlock', () => ({}), 'invalid-input'],
    ['annotations.markGuestCluster', () => ({ vm: nobody, isNode: true }), 'not-found'],
    ['annotations.markGuestCluster', () => ({ vm: nobody, isNode: 'yes' }), 'invalid-input'],
    ['annotations.markGuestCluster', (page) => ({ vm: vmNamed(page, 'web-01'), isNode: true }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { vm: nobody }), 'not-found'],
    ['annotations.waive', (page) => waive(page, { vm: vmNamed(page, 'hr-app-01', hyperv) }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { vm: null, site: 'elsewhere' }), 'site-unknown'],
    ['annotations.waive', (page) => waive(page, { ruleId: 'X19' }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { ruleId: 'D1' }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { ruleId: '__proto__' }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { ruleId: "'; DROP TABLE x" }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { until: 1 }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { until: Number.NaN }), 'invalid-input'],
    ['annotations.waive', (page) => waive(page, { until: 1e300 }), 'invalid-input'],
    ['annotations.history', () => ({ vm: null, limit: 0 }), 'invalid-input'],
  ])('%s %#', async (name, payload, code) => {
    const page = await openPage();
    expect(await page.tryCall(name, payload(page))).toMatchObject({ ok: false, error: { code } });
    expect(await page.call('annotations.history', { vm: null, limit: 10 })).toEqual([]);
    expect(page.events('annotations.changed')).toEqual([]);
  });

  test('what holds nowhere is lifted in silence', async () => {
    const page = await openPage();
    await page.call('annotations.unlock', { vm: nobody });
    await page.call('annotations.unwaive', { site: vmware, vm: nobody, ruleId: 'S6' });
    expect(await page.call('annotations.history', { vm: null, limit: 10 })).toEqual([]);
  });
});
