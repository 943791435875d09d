import { describe, expect, test, vi } from 'vitest';
import { openStorage } from '../../../electron/storage/open-storage.ts';
import type { Fix } from '../../../shared/domain/fix.ts';
import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import { asEntityId } from '../../../shared/domain/ids.ts';
import { fixOf } from '../../../shared/planning/fixes.ts';
import { type LabPage, openLabPageInSync } from '../../support/lab-page.ts';

const vmware = 'lab-vmware' as SiteId;

const vmNamed = (page: LabPage, name: string): EntityId => {
  for (const vm of page.services.inventory.site(vmware).vms.values()) if (vm.name === name) return vm.id;
  throw new Error(`no ${name}`);
};
const isoOf = (page: LabPage, name = 'report-01'): Fix => {
  const [facts] = page.services.inventory.facts([vmNamed(page, name)]);
  if (facts === undefined) throw new Error('no facts');
  return fixOf('eject-iso', facts.vm);
};
const all = { limit: 100 };

describe('a fix', () => {
  test('is written down with who, when and what was there, and is told with the VM as it is now', async () => {
    const page = await openLabPageInSync({ userName: 'sato' });
    const fix = isoOf(page);
    const { record, vm } = await page.call('fixes.apply', { fix });
    expect(record).toMatchObject({
      number: 1,
      fix,
      by: 'sato',
      state: 'applied',
      before: [{ label: 'CD/DVD drive 1', medium: '[iso-lib] rhel-9.4-x86_64-dvd.iso' }],
    });
    expect(vm?.cdroms).toMatchObject([{ media: 'none', connected: false }]);
    expect(await page.call('fixes.list', all)).toEqual([record]);
    await vi.waitFor(() => expect(isoOf(page).deviceKeys).toEqual([]));

    const done = await page.call('fixes.done', { number: 1 });
    expect(done).toMatchObject({ state: 'done', done: { by: 'sato' } });
    expect(await page.call('fixes.done', { number: 1 })).toEqual(done);
  });

  test('takes the name and the person from the main process, whatever the window says', async () => {
    const page = await openLabPageInSync({ userName: 'sato' });
    const fix = { ...isoOf(page), vmName: 'another', by: 'somebody else' };
    const { record } = await page.call('fixes.apply', { fix });
    expect(record).toMatchObject({ by: 'sato', fix: { vmName: 'report-01' } });
  });

  test('is asked for twice at once: one is done, the other is told that the VM is busy', async () => {
    const page = await openLabPageInSync({ userName: 'sato' });
    const fix = isoOf(page);
    const answers = await Promise.all([page.tryCall('fixes.apply', { fix }), page.tryCall('fixes.apply', { fix })]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'fix-not-possible', data: { why: 'busy' } } });
    expect(await page.call('fixes.list', all)).toHaveLength(1);
  });

  test.each<[string, (fix: Fix, page: LabPage) => unknown, object]>([
    ['nothing', (fix) => ({ ...fix, deviceKeys: [] }), { code: 'invalid-input' }],
    [
      'another device',
      (fix) => ({ ...fix, deviceKeys: ['9'] }),
      { data: { vmName: 'report-01', why: 'nothing-there' } },
    ],
    [
      'a running VM',
      (fix, page) => ({ ...fix, vm: vmNamed(page, 'web-01') }),
      { data: { vmName: 'web-01', why: 'not-stopped' } },
    ],
    ['a VM that is gone', (fix) => ({ ...fix, vm: asEntityId(`${vmware}/none`) }), { code: 'vm-gone' }],
    ['a site that is not there', (fix) => ({ ...fix, vm: asEntityId('none/vm') }), { code: 'site-not-connected' }],
    ['what no fix is', (fix) => ({ ...fix, kind: 'delete-disk' }), { code: 'invalid-input' }],
  ])('of %s is refused and not written down', async (_, change, error) => {
    const page = await openLabPageInSync({ userName: 'sato' });
    const fix = change(isoOf(page), page) as Fix;
    expect(await page.tryCall('fixes.apply', { fix })).toMatchObject({ ok: false, error });
    expect(await page.call('fixes.list', all)).toEqual([]);
    expect(isoOf(page).deviceKeys).toHaveLength(1);
  });

  test('that nobody asked for cannot be ticked off', async () => {
    const page = await openLabPageInSync({ userName: 'sato' });
    expect(await page.tryCall('fixes.done', { number: 4 })).toMatchObject({
      ok: false,
      error: { code: 'not-found', data: { name: 'F-4' } },
    });
  });

  test('is on disk before the platform is asked', async () => {
    const page = await openLabPageInSync({ userName: 'sato' });
    const session = page.services.sites.session(vmware);
    if (session === null) throw new Error('not connected');
    const states: (string | undefined)[] = [];
    const applyFix = session.applyFix.bind(session);
    vi.spyOn(session, 'applyFix').mockImplementation(async (fix, signal) => {
      const other = openStorage(page.directory, { now: Date.now });
      states.push(other.fixes.record(1)?.state);
      other.close();
      return applyFix(fix, signal);
    });
    await page.call('fixes.apply', { fix: isoOf(page) });
    expect(states).toEqual(['unknown']);
  });

  test('is told to the window as it is done, and when another process ticks it off', async () => {
    const page = await openLabPageInSync();
    const told = () => page.events('fixes.changed').length;
    expect(told()).toBe(0);
    await page.call('fixes.apply', { fix: isoOf(page) });
    const applied = told();
    expect(applied).toBeGreaterThan(0);
    page.services.fixes.hearOthers();
    expect(told()).toBe(applied);
    const other = openStorage(page.directory, { now: Date.now });
    other.fixes.append(1, { kind: 'done' }, { by: 'tanaka', at: 1 });
    other.close();
    await vi.waitFor(() => expect(told()).toBe(applied + 1), { timeout: 20_000 });
    expect(await page.call('fixes.list', all)).toMatchObject([{ state: 'done', done: { by: 'tanaka' } }]);
    await page.call('fixes.done', { number: 1 });
    expect(told()).toBe(applied + 1);
  });

  test('whose answer is lost is told to the window as well', async () => {
    const page = await openLabPageInSync();
    page.lab.faults.arm({ kind: 'answer-lost' });
    expect(await page.tryCall('fixes.apply', { fix: isoOf(page) })).toMatchObject({ ok: false });
    expect(page.events('fixes.changed')).not.toEqual([]);
    expect(await page.call('fixes.list', all)).toMatchObject([{ state: 'unknown' }]);
  });
});
