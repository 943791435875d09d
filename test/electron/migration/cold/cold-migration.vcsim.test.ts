import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EvacuationPlan } from '../../../../shared/domain/evacuation.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { consoleForTest, home, truth, vcsimTrial } from '../../../support/vcsim-cold-trial.ts';
import { stoppedMachines } from '../../../support/vcsim-machines.ts';
import { contentByGovc, originalOf } from '../../../support/vcsim-witness.ts';

const machines = 80;

describeWithVcsim('cold migrations of a vCenter', () => {
  let vcsim: Vcsim;
  let freshVm: () => string;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: machines, clusters: 2, hosts: 2, standaloneHosts: 1, scenarios: false });
    freshVm = await stoppedMachines(vcsim, machines);
  });
  afterAll(() => vcsim?.stop());

  it.each<[string, string, Partial<EvacuationPlan>, object]>([
    ['a resource pool', 'production-2-b', {}, { pool: 'production-2-b', compute: 'cluster-2', vApp: null }],
    ['a vApp', 'vapp-2-1', { sourcePolicy: 'delete-before-restore' }, { vApp: 'vapp-2-1', compute: 'cluster-2' }],
    ['a cluster', 'cluster-2', {}, { pool: 'Resources', compute: 'cluster-2' }],
    ['a host', 'esx-alone-1.example', { sourcePolicy: 'delete-before-restore' }, { host: 'esx-alone-1.example' }],
  ])('go to %s, where every byte arrives', async (_, to, plan, place) => {
    const vmName = freshVm();
    // Two disks with different bytes.
    const [datastore = ''] = (await vcsim.state(vmName)).datastores;
    await vcsim.govc('vm.disk.create', '-vm', vmName, '-ds', datastore, '-name', `${vmName}/second`, '-size', '2G');
    const { view, summary, original, console: opened } = await vcsimTrial(vcsim, vmName, () => ({}), { plan, to });
    expect(`${view.state} ${view.error?.code ?? '-'}`).toBe('completed -');
    expect(summary.split('; ')).toHaveLength(1);
    const state = await vcsim.state(vmName);
    expect(state).toMatchObject({ ...place, power: 'poweredOn' });
    expect(state.ref).not.toBe(original.ref);
    expect(readdirSync(opened.folder)).toEqual([]);
    await vcsim.govc('vm.power', '-off', vmName);
    expect(original.content).toHaveLength(2);
    expect(await contentByGovc(vcsim, state.ref)).toEqual(original.content);
  });

  it('evacuate a VM alone, and restore it alone from the image', async () => {
    const opened = await consoleForTest(vcsim);
    const vmName = freshVm();
    const original = await originalOf(vcsim, vmName);
    const to = 'development-2-a';
    const plan = { part: 'evacuate', sourcePolicy: 'delete-before-restore', imagePolicy: 'keep' } as const;
    const move = opened.move(vmName, original.pool, plan);
    const evacuated = await opened.run(move);
    expect(await truth(vcsim, opened, original, evacuated, to)).toBe('completed -: image');

    const [image = ''] = readdirSync(opened.folder);
    const restored = await opened.run({
      ...move,
      destination: opened.place(to),
      evacuation: { ...plan, folder: opened.folder, part: 'restore', image, powerOn: false },
    });
    expect(await truth(vcsim, opened, original, restored, to)).toBe('completed -: VM off in there; image');
  });

  it('leave an image that a standard tool imports, its manifest compared, and with the same bytes', async () => {
    const opened = await consoleForTest(vcsim);
    const vmName = freshVm();
    const original = await originalOf(vcsim, vmName);
    const plan = { part: 'evacuate', sourcePolicy: 'delete-before-restore', imagePolicy: 'keep' } as const;
    await opened.run(opened.move(vmName, original.pool, plan));
    const [image = ''] = readdirSync(opened.folder);
    const directory = join(opened.folder, image);
    const importIt = (name: string): Promise<string> =>
      vcsim.govc(
        'import.ovf',
        '-m',
        '-name',
        name,
        '-pool',
        'production-2-a',
        '-ds',
        'datastore-1',
        join(directory, 'vm.ovf'),
      );
    await importIt('by-govc');
    const { ref } = await vcsim.state('by-govc');
    expect(await contentByGovc(vcsim, ref)).toEqual(original.content);

    const disk = join(directory, readdirSync(directory).find((name) => name.endsWith('.vmdk')) ?? '');
    const bytes = readFileSync(disk);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(disk, bytes);
    await expect(importIt('altered')).rejects.toThrow(/checksum|digest|mismatch/i);
  });

  it('give a VM back that was half restored when somebody cancelled', async () => {
    const vmName = freshVm();
    const result = await vcsimTrial(vcsim, vmName, (made) => ({
      'after openImport': async () => {
        const [task] = made().services.runner.log.list({ limit: 1, before: null });
        if (task !== undefined) await made().services.runner.cancel(task.header.id);
      },
    }));
    expect(result.summary).toBe(`cancelled -: ${home}`);
  });
});
