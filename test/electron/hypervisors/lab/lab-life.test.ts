import { describe, expect, it } from 'vitest';
import { createLabAdapter } from '../../../../electron/hypervisors/lab/lab-adapter.ts';
import { createManualClock } from '../../../../electron/hypervisors/lab/lab-clock.ts';
import { powerVm, renameVm } from '../../../../electron/hypervisors/lab/world-acts.ts';
import type { InventoryBatch } from '../../../../electron/hypervisors/port.ts';
import { watchInventory } from '../../../contract/inventory-watch.ts';
import { labSite, openLab, unaborted } from './lab-bench.ts';

describe('a lab site', () => {
  it('lives on when nobody is connected', async () => {
    const lab = await openLab('vmware');
    renameVm(lab.server.world, lab.vm('web-01').id, 'web-01-new');
    await lab.session.close();
    const again = await lab.connect();
    const [vm] = await again.readEntities([lab.vm('web-01-new').id], unaborted());
    expect(vm?.name).toBe('web-01-new');
  });

  it('is another world than the site beside it', async () => {
    const lab = await openLab('vmware');
    const other = lab.adapter.server(labSite('vmware', 'other-lab'));
    expect(other).not.toBe(lab.server);
    expect(other.world.about.instanceId).not.toBe(lab.server.world.about.instanceId);
    expect(lab.adapter.server(lab.site)).toBe(lab.server);
  });

  it('shows one change to every session that watches', async () => {
    const lab = await openLab('vmware');
    const second = await lab.connect();
    const watches = [watchInventory(lab.session), watchInventory(second)];
    await lab.pass(Promise.all(watches.map(({ synced }) => synced)));
    const { id } = lab.vm('web-01');
    powerVm(lab.server.world, id, 'off');
    await lab.pass(Promise.all(watches.map((watch) => watch.until(() => watch.vm(id)?.powerState === 'off'))));
    for (const watch of watches) await watch.stop();
  });

  it('gives back what a VM used when it is switched off', async () => {
    const lab = await openLab('vmware');
    const before = lab.find('host', 'esx01').memoryUsedBytes ?? 0;
    powerVm(lab.server.world, lab.vm('web-01').id, 'off');
    expect(lab.find('host', 'esx01').memoryUsedBytes).toBeLessThan(before);
    powerVm(lab.server.world, lab.vm('web-01').id, 'on');
    expect(lab.find('host', 'esx01').memoryUsedBytes).toBe(before);
  });

  it('changes a little while somebody is connected, and rests when nobody is', async () => {
    const lab = await openLab('hyperv', { usageEveryMs: 5000 });
    const usage = (): readonly (number | undefined)[] =>
      ['hv01', 'hv02', 'hv03'].map((host) => lab.find('host', host).cpuUsedMhz);
    const seen = new Set([JSON.stringify(usage())]);
    for (let beat = 0; beat < 5; beat += 1) {
      lab.clock.advance(5000);
      seen.add(JSON.stringify(usage()));
    }
    expect(seen.size).toBeGreaterThan(2);
    await lab.session.close();
    expect(lab.clock.pending()).toBe(0);
  });

  it('changes in the same way every time', async () => {
    const livedWorld = async (): Promise<unknown> => {
      const lab = await openLab('vmware', { usageEveryMs: 1000 });
      lab.clock.advance(20_000);
      return [...lab.server.world.entities()];
    };
    expect(await livedWorld()).toEqual(await livedWorld());
  });

  it('stays quiet when it is not asked to live', async () => {
    const lab = await openLab('vmware');
    expect(lab.clock.pending()).toBe(0);
  });

  it('leaves no timer behind when its only session is closed twice', async () => {
    const clock = createManualClock();
    const adapter = createLabAdapter({ clock, speed: 1, usageEveryMs: 1000 });
    const first = await adapter.connect(labSite('vmware'), '', unaborted());
    const second = await adapter.connect(labSite('vmware'), '', unaborted());
    await first.close();
    await first.close();
    expect(clock.pending()).toBe(1);
    await second.close();
    expect(clock.pending()).toBe(0);
  });

  it('puts changes together that nobody has read yet', async () => {
    const lab = await openLab('vmware');
    const iterator = lab.session.watchInventory(unaborted())[Symbol.asyncIterator]();
    let first = await iterator.next();
    while (first.done !== true && first.value.kind !== 'complete') first = await iterator.next();
    const { id } = lab.vm('web-01');
    renameVm(lab.server.world, id, 'first');
    renameVm(lab.server.world, id, 'second');
    const change = await iterator.next();
    expect(change.value).toMatchObject({ kind: 'change', removals: [] });
    const batch: InventoryBatch | undefined = change.done === true ? undefined : change.value;
    const upserts = batch?.kind === 'change' ? batch.upserts : [];
    expect(upserts.filter((entity) => entity.id === id).map(({ name }) => name)).toEqual(['second']);
    await iterator.return?.();
  });
});
