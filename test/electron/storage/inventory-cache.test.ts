import { describe, expect, it } from 'vitest';
import type { InventoryCache } from '../../../electron/storage/ports.ts';
import { siteId } from '../../../shared/domain/ids.ts';
import { summaryOf, type VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { aHost, aPool, aVm, defaultSite, idOf, without } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const newCache = (): InventoryCache => openTestStorage(temporaryDirectory()).cache;
const allSummaries = (cache: InventoryCache, pageSize = 2): readonly VmSummary[] =>
  [...cache.summaries(defaultSite, pageSize)].flat();
const about = { product: 'VMware vCenter Server', version: '8.0.3', instanceId: 'i-1' };
const otherSite = siteId('site-b');

describe('the inventory cache', () => {
  it('gives back every fact, and keeps "not told" apart from "told that there is none"', () => {
    const cache = newCache();
    const told = aVm({ name: 'told', datastores: [], busyWith: 'Relocate virtual machine' });
    const silent = without(aVm({ name: 'silent' }), 'disks', 'instanceUuid');
    const isolated = aVm({ name: 'isolated', host: null, pool: null, isTemplate: true, powerState: 'off' });
    cache.upsert([told, silent, isolated, aHost(), aPool()], 5);
    expect(cache.virtualMachines([isolated.id, idOf('vm', 'nobody'), silent.id, told.id])).toEqual([
      { vm: isolated, readAt: 5 },
      { vm: silent, readAt: 5 },
      { vm: told, readAt: 5 },
    ]);
    expect(allSummaries(cache)).toEqual([told, silent, isolated].map(summaryOf));
    expect(cache.infrastructure(defaultSite)).toEqual(expect.arrayContaining([aHost(), aPool()]));
  });

  it('replaces what it knew of an object', () => {
    const cache = newCache();
    cache.upsert([aVm(), aHost()], 1);
    cache.upsert([aVm({ pool: idOf('pool', 'pool-02') }), aHost({ inMaintenance: true })], 2);
    expect(allSummaries(cache).map((vm) => vm.pool)).toEqual([idOf('pool', 'pool-02')]);
    expect(cache.virtualMachines([aVm().id])[0]).toEqual({ vm: aVm({ pool: idOf('pool', 'pool-02') }), readAt: 2 });
    expect(cache.infrastructure(defaultSite)).toEqual([aHost({ inMaintenance: true })]);
  });

  it('pages through summaries while others write', () => {
    const cache = newCache();
    cache.upsert(
      ['a', 'b', 'c', 'd'].map((name) => aVm({ name })),
      1,
    );
    const names: string[] = [];
    for (const page of cache.summaries(defaultSite, 2)) {
      names.push(...page.map((vm) => vm.name));
      cache.upsert([aVm({ name: 'a', cpuCount: 8 }), aVm({ name: 'late' })], 2);
    }
    expect(names).toEqual(['a', 'b', 'c', 'd', 'late']);
    expect([...cache.summaries(defaultSite, 2)].map((page) => page.length)).toEqual([2, 2, 1]);
    expect([...cache.summaries(otherSite, 2)]).toEqual([]);
  });

  it('drops what a full reading of a site did not see any more, and says what that was', () => {
    const cache = newCache();
    const elsewhere = aVm({ site: otherSite });
    cache.upsert([aVm({ name: 'old' }), aHost(), elsewhere], 10);
    cache.upsert([aVm({ name: 'seen' }), aPool()], 20);
    expect(new Set(cache.removeOlderThan(defaultSite, 20))).toEqual(new Set([aVm({ name: 'old' }).id, aHost().id]));
    expect(allSummaries(cache).map((vm) => vm.name)).toEqual(['seen']);
    expect(cache.infrastructure(defaultSite)).toEqual([aPool()]);
    expect(cache.vmCount(otherSite)).toBe(1);
    expect(cache.virtualMachines([aVm({ name: 'old' }).id])).toEqual([]);
  });

  it('removes single objects of either kind; ids it does not know are no error', () => {
    const cache = newCache();
    cache.upsert([aVm(), aHost()], 1);
    cache.remove([aVm().id, aHost().id, idOf('vm', 'nobody')]);
    expect([cache.vmCount(defaultSite), cache.infrastructure(defaultSite)]).toEqual([0, []]);
  });

  it('knows when a site was last read, and forgets it wholly', () => {
    const cache = newCache();
    expect(cache.siteState(defaultSite)).toBeNull();
    cache.markRead(defaultSite, about, 1);
    cache.markRead(defaultSite, { ...about, version: '8.0.4' }, 2);
    expect(cache.siteState(defaultSite)).toEqual({ readAt: 2, about: { ...about, version: '8.0.4' } });
    cache.upsert([aVm(), aHost(), aVm({ site: otherSite })], 3);
    cache.forgetSite(defaultSite);
    expect(cache.siteState(defaultSite)).toBeNull();
    expect([cache.vmCount(defaultSite), cache.vmCount(otherSite)]).toEqual([0, 1]);
  });

  it('takes a batch as a whole: when one object cannot be written, none is', () => {
    const cache = newCache();
    const broken = { ...aVm({ name: 'broken' }), cpuCount: 'two' as unknown as number };
    expect(() => cache.upsert([aVm(), broken], 1)).toThrow(/storage-failed/);
    expect(cache.vmCount(defaultSite)).toBe(0);
  });
});
