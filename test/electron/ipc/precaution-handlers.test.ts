import { describe, expect, test } from 'vitest';
import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import { parseFindingWords } from '../../../shared/planning/finding-query.ts';
import { type LabPage, openLabPage, openLabPageInSync } from '../../support/lab-page.ts';

const vmware = 'lab-vmware' as SiteId;

const namesFor = async (page: LabPage, ...words: readonly string[]): Promise<readonly string[]> => {
  const { vms } = await page.call('precautions.overview', { words, limit: 10_000 });
  return vms.map(({ vmName }) => vmName);
};

describe('which VMs cannot move, and why', () => {
  test('finds the raw device mappings of the lab, running or not', async () => {
    const page = await openLabPageInSync();
    const { vms, examined, matching } = await page.call('precautions.overview', {
      words: ['rdm', 'blocker'],
      limit: 100,
    });
    expect(vms.map(({ vmName }) => vmName).sort()).toEqual(['cache-01', 'cache-02']);
    expect(vms.flatMap(({ findings }) => findings.map(({ finding }) => finding.ruleId))).toEqual(['S12', 'S12']);
    expect(matching).toBe(2);
    // A VM that did not tell its disks may have one.
    expect(await namesFor(page, 'rdm', 'undetermined')).toEqual(['unread-01']);
    expect(examined).toBe(page.services.inventory.site(vmware).vms.size + hyperVCount(page));
  });

  const hyperVCount = (page: LabPage): number => page.services.inventory.site('lab-hyperv' as SiteId).vms.size;

  test('without words: what blocks VMs as they are now, blocked ones of both platforms', async () => {
    const page = await openLabPageInSync();
    const { vms } = await page.call('precautions.overview', { words: [], limit: 10_000 });
    expect(vms.every(({ verdict }) => verdict === 'blocked')).toBe(true);
    const rules = new Map(vms.map(({ vmName, findings }) => [vmName, findings.map(({ finding }) => finding.ruleId)]));
    expect(rules.get('trading-01')).toContain('X6');
    expect(rules.get('proxy-02')).toContain('D5');
    expect(rules.get('san-01')).toContain('S8');
    expect(rules.has('web-01')).toBe(false);
  });

  test('knows a lock at once, and again when the lock is lifted', async () => {
    const page = await openLabPageInSync({ userName: 'sato' });
    const vm = [...page.services.inventory.site(vmware).vms.values()].find(({ name }) => name === 'web-01')?.id;
    if (vm === undefined) throw new Error('no web-01');
    expect(await namesFor(page, 'locked')).toEqual([]);
    await page.call('annotations.lock', { vm, reason: 'audit' });
    expect(await namesFor(page, 'locked')).toEqual(['web-01']);
    expect(await namesFor(page)).toContain('web-01');
    await page.call('annotations.unlock', { vm });
    expect(await namesFor(page, 'locked')).toEqual([]);
  });

  test('tells no more than was asked for, and how many there are', async () => {
    const page = await openLabPageInSync();
    const all = await page.call('precautions.overview', { words: ['any'], limit: 10_000 });
    const some = await page.call('precautions.overview', { words: ['any'], limit: 3 });
    expect(some.vms.map(({ vm }) => vm)).toEqual(all.vms.slice(0, 3).map(({ vm }) => vm));
    expect(some.matching).toBe(all.matching);
    expect(all.vms).toHaveLength(all.matching);
  });

  test('names the words that mean nothing, and finds nothing then', async () => {
    const page = await openLabPageInSync();
    const answer = await page.call('precautions.overview', { words: ['rdm', 'nonsense'], limit: 10 });
    expect(answer).toMatchObject({ vms: [], matching: 0, notUnderstood: ['nonsense'] });
  });

  test('tells only which VMs they are, all of them, when no more is wanted', async () => {
    const page = await openLabPageInSync();
    const overview = await page.call('precautions.overview', { words: ['any'], limit: 10_000 });
    const found = await page.call('precautions.find', { words: ['any'] });
    expect([...found.vms].sort()).toEqual(overview.vms.map(({ vm }) => vm).sort());
    expect(found.examined).toBe(overview.examined);
    expect((await page.call('precautions.find', { words: ['rdm', 'blocker'] })).vms).toHaveLength(2);
    expect((await page.call('precautions.find', { words: ['rdm', 'nonsense'] })).vms).toEqual([]);
  });

  test('needs no connection', async () => {
    const page = await openLabPageInSync();
    const before = await namesFor(page, 'usb');
    await page.call('sites.disconnect', { site: vmware });
    expect(before.length).toBeGreaterThan(0);
    expect(await namesFor(page, 'usb')).toEqual(before);
  });

  test('says nothing without sites', async () => {
    const page = openLabPage();
    expect(await page.call('precautions.overview', { words: [], limit: 10 })).toMatchObject({ vms: [], examined: 0 });
  });

  test('leaves room for other work between its parts, and can be stopped', async () => {
    const page = await openLabPageInSync();
    const abort = new AbortController();
    const vms = [...page.services.inventory.site(vmware).vms.keys()];
    const many = Array.from({ length: 40 }, () => vms).flat();
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (turns === 5) abort.abort();
      else setImmediate(count);
    };
    setImmediate(count);
    const wanted = { vms: many, query: parseFindingWords([]), limit: 10 };
    await expect(page.services.overview.examine(wanted, abort.signal)).rejects.toThrow(/abort/i);
    expect(turns).toBe(5);
  });

  test('leaves out ids that nobody knows', async () => {
    const page = await openLabPageInSync();
    const wanted = { vms: ['lab-vmware/vm-nobody' as EntityId], query: parseFindingWords(['any']), limit: 10 };
    expect(await page.services.overview.examine(wanted, new AbortController().signal)).toEqual({
      vms: [],
      matching: 0,
      examined: 0,
    });
  });

  test.each([
    [{}],
    [{ words: 'rdm', limit: 10 }],
    [{ words: [''], limit: 10 }],
    [{ words: ['x'.repeat(101)], limit: 10 }],
    [{ words: Array.from({ length: 21 }, () => 'rdm'), limit: 10 }],
    [{ words: [], limit: 0 }],
    [{ words: [], limit: 1e9 }],
  ])('refuses %j', async (payload) => {
    expect(await openLabPage().tryCall('precautions.overview', payload)).toMatchObject({
      ok: false,
      error: { code: 'invalid-input' },
    });
  });
});
