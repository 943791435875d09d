import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createInventoryService, type InventorySync } from '../../../electron/inventory/inventory-service.ts';
import { createBroadcast } from '../../../electron/ipc/broadcast.ts';
import { createInventoryStream, type InventoryStream } from '../../../electron/ipc/inventory-stream.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { EventOf } from '../../../shared/ipc/contract.ts';
import { aHost, aVm, defaultSite } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { changed, complete, page } from '../../support/scripted-inventory.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

type Batch = EventOf<'inventory.batch'>;

const never = new AbortController().signal;
const about = { product: 'x', version: '1', instanceId: 'x' };
const many = Array.from({ length: 6_000 }, (_, at) => aVm({ name: `vm-${String(at).padStart(4, '0')}` }));

let batches: Batch[] = [];
let onBatch: (batch: Batch) => void = () => undefined;
let stream: InventoryStream;
let sync: InventorySync;

beforeEach(async () => {
  batches = [];
  onBatch = () => undefined;
  const inventory = createInventoryService({ cache: openTestStorage(temporaryDirectory()).cache, now: () => 1 });
  const broadcast = createBroadcast({
    send: (_name, payload) => {
      batches.push(payload as Batch);
      onBatch(payload as Batch);
      return true;
    },
    parseEvents: true,
  });
  sync = inventory.startSync(defaultSite, about);
  // What was read first is told before the window opens the site; else it could be told once more in the middle.
  const told = new Promise<void>((resolve) => {
    let rows = 0;
    const unsubscribe = inventory.onChange(({ infrastructure, vms }) => {
      rows += infrastructure.length + vms.length;
      if (rows <= many.length) return;
      unsubscribe();
      resolve();
    });
  });
  sync.apply(page(aHost(), ...many));
  sync.apply(complete);
  await told;
  stream = createInventoryStream(inventory, broadcast);
  onTestFinished(() => {
    stream.close();
    inventory.close();
  });
});

/** What the window holds after all batches. */
const names = (): ReadonlyMap<EntityId, string> => {
  const rows = new Map<EntityId, string>();
  for (const batch of batches) {
    if (batch.reset) rows.clear();
    for (const { id, name } of [...batch.infrastructure, ...batch.vms]) rows.set(id, name);
    for (const id of batch.removals) rows.delete(id);
  }
  return rows;
};

describe('opening a site', () => {
  test('pushes pages, places first, and marks the first and the last', async () => {
    await stream.open(defaultSite, never);
    expect(batches.map(({ reset, complete: last, vms }) => [reset, last, vms.length])).toEqual([
      [true, false, 2_500],
      [false, false, 2_500],
      [false, true, 1_000],
    ]);
    expect(batches[0]?.infrastructure).toEqual([aHost()]);
    expect(names().size).toBe(6_001);
  });

  test('lets others have their turn between pages', async () => {
    const order: string[] = [];
    onBatch = () => order.push('page');
    const open = stream.open(defaultSite, never);
    const tick = (): void => {
      order.push('turn');
      if (order.filter((what) => what === 'page').length < 3) setImmediate(tick);
    };
    setImmediate(tick);
    await open;
    expect(order.indexOf('turn')).toBeLessThan(order.lastIndexOf('page'));
  });

  test('what changes between two pages is neither lost nor undone', async () => {
    const last = many.at(-1);
    const first = many[0];
    if (first === undefined || last === undefined) throw new Error('no VMs');
    onBatch = (batch) => {
      if (!batch.reset) return;
      sync.apply(changed({ ...last, name: 'renamed' }, aVm({ name: 'brand-new' })));
      sync.apply({ kind: 'change', upserts: [], removals: [first.id] });
    };
    await stream.open(defaultSite, never);
    await vi.waitFor(() => expect(names().has(aVm({ name: 'brand-new' }).id)).toBe(true), { interval: 5 });
    expect(names().get(last.id)).toBe('renamed');
    expect(names().has(first.id)).toBe(false);
    expect(names().size).toBe(6_001);
  });

  test('anew ends the earlier one: the window sees one whole site', async () => {
    await Promise.all([stream.open(defaultSite, never), stream.open(defaultSite, never)]);
    expect(batches.filter(({ complete: last }) => last)).toHaveLength(1);
    expect(names().size).toBe(6_001);
  });

  test('can be cancelled', async () => {
    const abort = new AbortController();
    onBatch = () => abort.abort();
    await stream.open(defaultSite, abort.signal);
    expect(batches).toHaveLength(1);
  });
});
