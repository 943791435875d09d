import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createInventoryService,
  type InventoryChange,
  type InventoryService,
} from '../../../electron/inventory/inventory-service.ts';
import type { InventoryCache } from '../../../electron/storage/ports.ts';
import { summaryOf } from '../../../shared/domain/virtual-machine.ts';
import { aHost, aPool, aVm, defaultSite } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { changed, complete, page } from '../../support/scripted-inventory.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const about = { product: 'vCenter', version: '8.0.3', instanceId: 'one' };

interface Bench {
  readonly inventory: InventoryService;
  readonly cache: InventoryCache;
  readonly changes: InventoryChange[];
  now: number;
}

const aBench = (cache = openTestStorage(join(temporaryDirectory(), 'data')).cache): Bench => {
  const bench: { -readonly [Key in keyof Bench]: Bench[Key] } = {
    cache,
    changes: [],
    now: 1_000,
    inventory: createInventoryService({ cache, now: () => bench.now }),
  };
  bench.inventory.onChange((change) => bench.changes.push(change));
  return bench;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what the inventory knows', () => {
  test('pages, then changes, are visible at once and survive a restart', async () => {
    const { inventory, cache } = aBench();
    const sync = inventory.startSync(defaultSite, about);
    sync.apply(page(aHost(), aPool()));
    sync.apply(page(aVm({ name: 'web-01' }), aVm({ name: 'web-02' })));
    sync.apply(complete);
    sync.apply(changed(aVm({ name: 'web-01', powerState: 'off' })));
    expect(inventory.view().get(aVm({ name: 'web-01' }).id)).toMatchObject({ powerState: 'off' });
    sync.end(true);

    const later = createInventoryService({ cache, now: () => 5_000 });
    await later.load(defaultSite);
    expect(later.site(defaultSite).vms.size).toBe(2);
    expect(later.view().get(aHost().id)).toEqual(aHost());
    expect(later.about(defaultSite)).toEqual(about);
    expect(later.readAt(defaultSite)).toBe(1_000);
  });

  test('the whole facts of a VM come from the cache, as fresh as the site is in sync', () => {
    const bench = aBench();
    const sync = bench.inventory.startSync(defaultSite, about);
    sync.apply(page(aVm()));
    sync.apply(complete);
    bench.now = 9_000;
    expect(bench.inventory.facts([aVm().id])).toEqual([{ vm: aVm(), readAt: 9_000 }]);
    expect(bench.inventory.facts([aHost().id])).toEqual([]);
  });

  test('what a full sync does not tell any more is gone, in memory, in the cache and for listeners', async () => {
    const bench = aBench();
    const { inventory, cache, changes } = bench;
    const first = inventory.startSync(defaultSite, about);
    first.apply(page(aHost(), aVm({ name: 'stays' }), aVm({ name: 'goes' })));
    first.apply(complete);
    first.end(false);
    vi.runAllTimers();
    changes.length = 0;

    // The clock was set back meanwhile: what is gone is told by what was seen, not by times.
    bench.now = 10;
    const second = inventory.startSync(defaultSite, about);
    second.apply(page(aHost(), aVm({ name: 'stays' })));
    expect(inventory.site(defaultSite).vms.size).toBe(2);
    second.apply(complete);
    vi.runAllTimers();

    expect([...inventory.site(defaultSite).vms.values()].map(({ name }) => name)).toEqual(['stays']);
    expect(cache.vmCount(defaultSite)).toBe(1);
    expect(changes).toEqual([{ site: defaultSite, infrastructure: [], vms: [], removals: [aVm({ name: 'goes' }).id] }]);
  });

  test('an object removed and created again within one sync stays', () => {
    const { inventory } = aBench();
    const sync = inventory.startSync(defaultSite, about);
    sync.apply(page(aVm()));
    sync.apply({ kind: 'change', upserts: [], removals: [aVm().id] });
    sync.apply(page(aVm()));
    sync.apply(complete);
    expect(inventory.site(defaultSite).vms.size).toBe(1);
  });

  test('a sync that breaks off removes nothing and keeps the age of the last one', () => {
    const bench = aBench();
    const first = bench.inventory.startSync(defaultSite, about);
    first.apply(page(aVm({ name: 'a' }), aVm({ name: 'b' })));
    first.apply(complete);
    first.end(false);
    bench.now = 99_000;
    const second = bench.inventory.startSync(defaultSite, about);
    second.apply(page(aVm({ name: 'a' })));
    second.end(false);
    expect(bench.inventory.site(defaultSite).vms.size).toBe(2);
    expect(bench.inventory.readAt(defaultSite)).toBe(1_000);
  });

  test('is as old as the last word of the server when the connection is lost, and current until a log-out', () => {
    const bench = aBench();
    const sync = bench.inventory.startSync(defaultSite, about);
    sync.apply(complete);
    bench.now = 2_000;
    sync.apply(changed());
    bench.now = 7_000;
    expect(bench.inventory.readAt(defaultSite)).toBe(7_000);
    sync.end(false);
    expect(bench.inventory.readAt(defaultSite)).toBe(2_000);
    const again = bench.inventory.startSync(defaultSite, about);
    again.apply(complete);
    bench.now = 8_000;
    again.end(true);
    expect(bench.inventory.readAt(defaultSite)).toBe(8_000);
  });

  test('forgets a site altogether', () => {
    const { inventory, cache, changes } = aBench();
    const sync = inventory.startSync(defaultSite, about);
    sync.apply(page(aHost(), aVm()));
    sync.apply(complete);
    vi.runAllTimers();
    changes.length = 0;
    inventory.forget(defaultSite);
    vi.runAllTimers();
    expect(changes[0]?.removals).toHaveLength(2);
    expect(cache.siteState(defaultSite)).toBeNull();
    expect(inventory.readAt(defaultSite)).toBeNull();
    expect([...inventory.view().infrastructure()]).toEqual([]);
  });

  test('knows who shares a MAC address, also of a site that is only in the cache', async () => {
    const adapter = { key: '4000', label: 'Network adapter 1', macAddress: '00:50:56:AA:00:01' };
    const twins = [aVm({ name: 'one', adapters: [adapter] }), aVm({ name: 'two', adapters: [adapter] })];
    const { inventory, cache } = aBench();
    expect(inventory.vmsWithMac('00:50:56:aa:00:01')).toBeUndefined();
    const sync = inventory.startSync(defaultSite, about);
    sync.apply(page(...twins));
    sync.apply(complete);
    expect(inventory.vmsWithMac('00-50-56-aa-00-01')).toHaveLength(2);
    sync.apply({ kind: 'change', upserts: [], removals: [aVm({ name: 'two' }).id] });
    expect(inventory.vmsWithMac('00:50:56:AA:00:01')).toHaveLength(1);

    const offline = createInventoryService({ cache, now: () => 0 });
    await offline.load(defaultSite);
    await offline.learnAddresses(defaultSite);
    expect(offline.vmsWithMac('00:50:56:aa:00:01')).toHaveLength(1);
  });
});

describe('what listeners hear', () => {
  test('changes of a moment come as one, each object once with its newest state', () => {
    const { inventory, changes } = aBench();
    const sync = inventory.startSync(defaultSite, about);
    sync.apply(page(aHost(), aVm({ name: 'a' }), aVm({ name: 'b' })));
    sync.apply(complete);
    sync.apply(changed(aVm({ name: 'a', powerState: 'suspended' })));
    sync.apply(changed(aVm({ name: 'a', powerState: 'off' })));
    sync.apply({ kind: 'change', upserts: [], removals: [aVm({ name: 'b' }).id] });
    expect(changes).toEqual([]);
    vi.runAllTimers();
    expect(changes).toEqual([
      {
        site: defaultSite,
        infrastructure: [aHost()],
        vms: [summaryOf(aVm({ name: 'a', powerState: 'off' }))],
        removals: [aVm({ name: 'b' }).id],
      },
    ]);
  });

  test('a full sync that finds everything as it was is not told again', () => {
    const { inventory, changes } = aBench();
    for (let round = 0; round < 2; round += 1) {
      const sync = inventory.startSync(defaultSite, about);
      sync.apply(page(aHost(), aVm()));
      sync.apply(complete);
      sync.end(false);
      vi.runAllTimers();
    }
    expect(changes).toHaveLength(1);
  });

  test('many changes at once do not wait for the moment to pass', () => {
    const { inventory, changes } = aBench();
    const sync = inventory.startSync(defaultSite, about);
    sync.apply(page(...Array.from({ length: 2_500 }, (_, at) => aVm({ name: `vm-${at}` }))));
    expect(changes.map(({ vms }) => vms.length)).toEqual([2_000]);
    vi.runAllTimers();
    expect(changes.map(({ vms }) => vms.length)).toEqual([2_000, 500]);
  });

  test('nobody hears anything after the end', () => {
    const { inventory, changes } = aBench();
    inventory.startSync(defaultSite, about).apply(page(aVm()));
    inventory.close();
    vi.runAllTimers();
    expect(changes).toEqual([]);
  });
});

describe('when the cache cannot be written', () => {
  test('applying a batch says so', () => {
    const { cache } = aBench();
    const broken: InventoryCache = {
      ...cache,
      upsert: () => {
        throw new Error('disk full');
      },
    };
    const { inventory } = aBench(broken);
    expect(() => inventory.startSync(defaultSite, about).apply(page(aVm()))).toThrow('disk full');
  });
});
