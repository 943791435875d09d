import { readFile } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { renameVm } from '../../../electron/hypervisors/lab/world-acts.ts';
import { labSites } from '../../../electron/sites/lab-sites.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../../shared/domain/inventory.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import { type LabPage, openLabPage, openLabPageInSync } from '../../support/lab-page.ts';

const [vmware] = labSites;
if (vmware === undefined) throw new Error('the lab has no VMware site');

/** The rows of a site as the page holds them after the events so far. */
const rowsOf = (page: LabPage): { readonly vms: VmSummary[]; readonly places: InfrastructureEntity[] } => {
  const rows = new Map<EntityId, VmSummary | InfrastructureEntity>();
  for (const batch of page.events('inventory.batch')) {
    if (batch.reset) rows.clear();
    for (const entity of [...batch.infrastructure, ...batch.vms]) rows.set(entity.id, entity);
    for (const id of batch.removals) rows.delete(id);
  }
  const all = [...rows.values()];
  return {
    vms: all.filter((row): row is VmSummary => row.kind === 'virtual-machine'),
    places: all.filter((row): row is InfrastructureEntity => row.kind !== 'virtual-machine'),
  };
};

const withLab = async (): Promise<LabPage> => {
  const page = await openLabPageInSync();
  await page.call('inventory.open', { site: vmware.id });
  return page;
};

const soon = (look: () => void): Promise<void> => vi.waitFor(look, { interval: 5, timeout: 10_000 });

const operationFor = (page: LabPage, vmName: string, poolName: string) => {
  const { vms, places } = rowsOf(page);
  const vm = vms.find(({ name }) => name === vmName);
  const pool = places.find(({ kind, name }) => kind === 'resource-pool' && name === poolName);
  if (vm === undefined || pool === undefined) throw new Error(`${vmName} or ${poolName} is not there`);
  const destination = { kind: 'resource-pool', id: pool.id, name: pool.name } as const;
  const move = { vm: vm.id, vmName, destination, host: null, datastore: null, networkMap: {} };
  return {
    id: 'op-1' as RequestOf<'migration.start'>['operation']['id'],
    destination,
    moves: [{ ...move, method: 'hot' as const }],
    acknowledgements: [],
    atATime: 1,
  };
};

describe('the window over the lab', () => {
  test('adds the lab once, however often it is asked', async () => {
    const page = await withLab();
    await page.call('sites.addLab', {});
    const sites = await page.call('sites.list', {});
    expect(sites.map(({ site }) => site.kind).sort()).toEqual(['lab-hyperv', 'lab-vmware']);
    expect(sites.every(({ connection }) => connection.kind === 'connected')).toBe(true);
    await soon(() => expect(page.events('sites.changed').at(-1)).toHaveLength(2));
  });

  test('shows the whole inventory first, then what changes', async () => {
    const page = await withLab();
    const [first, ...rest] = page.events('inventory.batch');
    expect(first).toMatchObject({ site: vmware.id, reset: true });
    expect([first, ...rest].filter((batch) => batch?.complete)).toHaveLength(1);
    expect(rowsOf(page).vms).toHaveLength(page.services.inventory.site(vmware.id).vms.size);

    const [vm] = rowsOf(page).vms;
    if (vm === undefined) throw new Error('the lab is empty');
    renameVm(page.lab.server(vmware).world, vm.id, 'renamed-behind-our-back');
    await soon(() => expect(rowsOf(page).vms.find(({ id }) => id === vm.id)?.name).toBe('renamed-behind-our-back'));
  });

  test('shows nothing of sites it has not opened, and nothing more after a reload until it opens them', async () => {
    const page = await withLab();
    expect(page.events('inventory.batch').every(({ site }) => site === vmware.id)).toBe(true);
    page.reload();
    const before = page.events('inventory.batch').length;
    const [vm] = rowsOf(page).vms;
    if (vm === undefined) throw new Error('the lab is empty');
    const changed = new Promise((resolve) => page.services.inventory.onChange(resolve));
    renameVm(page.lab.server(vmware).world, vm.id, 'unseen');
    await changed;
    expect(page.events('inventory.batch')).toHaveLength(before);
    await page.call('inventory.open', { site: vmware.id });
    expect(page.events('inventory.batch')[before]).toMatchObject({ reset: true });
  });

  test('gives whole facts with their age', async () => {
    const page = await withLab();
    const ids = rowsOf(page)
      .vms.slice(0, 3)
      .map(({ id }) => id);
    const facts = await page.call('inventory.facts', { ids: [...ids, 'lab-vmware/nobody' as EntityId] });
    expect(facts).toHaveLength(3);
    expect(facts.every(({ vm, readAt }) => vm.disks !== undefined && readAt > 0)).toBe(true);
  });

  test('checks and moves a running VM, tells progress, and writes the task log', async () => {
    const page = await withLab();
    const operation = operationFor(page, 'web-01', 'rp-staging');
    expect(await page.call('migration.check', { operation })).toMatchObject({ findings: [] });
    const [task] = await page.call('migration.start', { operation });
    if (task === undefined) throw new Error('no task');
    await soon(() => expect(page.events('tasks.changed').at(-1)?.[0]?.state).toBe('completed'));
    const details = await page.call('tasks.details', { task: task.header.id });
    expect(details.view).toMatchObject({ state: 'completed', placeName: 'rp-staging' });
    expect(details.events[0]?.body).toEqual({ kind: 'created' });
    expect(await page.call('tasks.list', { limit: 10, before: null })).toHaveLength(1);

    const { file } = await page.call('tasks.export', { format: 'csv' });
    expect(await readFile(file ?? '', 'utf8')).toContain('web-01');
    await expect(page.call('tasks.rerun', { task: task.header.id })).rejects.toThrow('invalid-input');
  });

  test('refuses what the rules forbid, although a page asks for it', async () => {
    const page = await withLab();
    const operation = operationFor(page, 'web-01', 'rp-web');
    const { findings } = await page.call('migration.check', { operation });
    expect(findings).toContainEqual(expect.objectContaining({ ruleId: 'D3', severity: 'blocker' }));
    const [task] = await page.call('migration.start', { operation });
    await soon(() => expect(page.events('tasks.changed').at(-1)?.[0]?.state).toBe('failed'));
    const { view } = await page.call('tasks.details', { task: task?.header.id as never });
    expect(view.error).toMatchObject({ code: 'blocked-by-precautions', data: { ruleIds: ['D3'] } });
  });

  test('does not move a running VM cold, although a page asks for it', async () => {
    const page = await withLab();
    const operation = operationFor(page, 'web-01', 'rp-staging');
    const cold = {
      ...operation,
      moves: operation.moves.map((move) => ({ ...move, method: 'cold-evacuate' as const })),
    };
    const { findings } = await page.call('migration.check', { operation: cold });
    expect(findings).toContainEqual(expect.objectContaining({ code: 'D5-method', severity: 'blocker' }));
  });

  test('checks on what was read last when the site is offline, and says so', async () => {
    const page = await withLab();
    const operation = operationFor(page, 'web-01', 'rp-staging');
    await page.call('sites.disconnect', { site: vmware.id });
    const { findings } = await page.call('migration.check', { operation });
    expect(findings.map(({ code }) => code)).toEqual(['X20-unavailable']);
  });

  test('keeps preferences and tells everybody', async () => {
    const page = openLabPage();
    expect(await page.call('app.info', {})).toMatchObject({ preferences: { language: 'system', theme: 'system' } });
    await page.call('app.setPreferences', { language: 'en', theme: 'dark' });
    expect(page.events('preferences.changed')).toEqual([{ language: 'en', theme: 'dark' }]);
    expect(await page.call('app.info', {})).toMatchObject({ preferences: { language: 'en', theme: 'dark' } });
  });

  test.each([
    ['inventory.open', { site: 'nobody' }, 'site-unknown'],
    ['inventory.refresh', { site: 'nobody' }, 'site-unknown'],
    ['sites.connect', { site: 'nobody' }, 'site-unknown'],
    ['sites.remove', { site: 'nobody' }, 'site-unknown'],
    ['tasks.details', { task: 99 }, 'not-found'],
    ['tasks.rerun', { task: 99 }, 'not-found'],
    ['tasks.cancel', { task: 99 }, 'not-found'],
  ] as const)('%s of what is not there is a clear error', async (name, payload, code) => {
    expect(await openLabPage().tryCall(name, payload)).toMatchObject({ ok: false, error: { code } });
  });
});
