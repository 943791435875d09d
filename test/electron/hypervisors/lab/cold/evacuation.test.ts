import { describe, expect, it } from 'vitest';
import {
  chunkBytes,
  imageBytesOf,
  largestImageBytes,
} from '../../../../../electron/hypervisors/lab/cold/disk-content.ts';
import { powerVm } from '../../../../../electron/hypervisors/lab/world-acts.ts';
import { GIB } from '../../../../support/inventory-builders.ts';
import { runningTwice, watchForTwins } from '../../../../support/lab-witness.ts';
import { unaborted } from '../lab-bench.ts';
import { networksTo, openColdLab } from './cold-bench.ts';

describe('an evacuation in the lab', () => {
  it('takes as long as the real files would', async () => {
    const timed = async (vm: string): Promise<number> => {
      const lab = await openColdLab('vmware', { speed: 1 });
      const before = lab.clock.now();
      await lab.exportVm(lab.session, lab.vm(vm).id);
      return lab.clock.now() - before;
    };
    const small = await timed('payroll-01');
    expect(small).toBeGreaterThan(1000);
    expect(await timed('archive-01')).toBeGreaterThan(5 * small);
  });

  it('takes no time at all when the lab is told so', async () => {
    const lab = await openColdLab();
    const before = lab.clock.now();
    const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
    const restored = await lab.importVm(lab.session, image);
    await lab.session.powerOnVm(restored.id, unaborted());
    expect(lab.clock.now()).toBe(before);
    expect(lab.clock.pending()).toBe(0);
  });

  it('gives small images of large disks', () => {
    expect(imageBytesOf(0, largestImageBytes)).toBe(chunkBytes);
    expect(imageBytesOf(4 * GIB, largestImageBytes)).toBe(GIB / 1024);
    expect(imageBytesOf(1000 * GIB, largestImageBytes)).toBe(8 * 1024 * 1024);
  });

  it('hands out what a UEFI VM boots with, and nothing of the kind of a BIOS VM', async () => {
    const lab = await openColdLab();
    const kinds = async (vm: string) => (await lab.exportVm(lab.session, lab.vm(vm).id)).files.map(({ kind }) => kind);
    expect(await kinds('payroll-01')).toEqual(['disk', 'firmware']);
    await lab.session.applyFix(
      {
        kind: 'empty-floppy',
        vm: lab.vm('legacy-dos-01').id,
        vmName: 'legacy-dos-01',
        deviceKeys: ['Floppy drive 1'],
      },
      unaborted(),
    );
    expect(await kinds('legacy-dos-01')).toEqual(['disk']);
  });

  it('tells whose the restored VM is, however often it goes out and in', async () => {
    const lab = await openColdLab();
    const first = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
    const once = await lab.importVm(lab.session, first);
    const second = await lab.exportVm(lab.session, once.id);
    const twice = await lab.importVm(lab.session, second, undefined, {
      instanceUuid: '7a1c3f0e-7d2b-4c55-9b1e-0123456789ab',
    });
    const origin = lab.witness(lab.plain);
    for (const { name } of [once, twice]) {
      expect(lab.witness(name).origin).toBe(origin.origin);
      expect(lab.witness(name).disks()).toEqual(origin.disks());
    }
  });

  it('lets a witness see two copies that run', async () => {
    const lab = await openColdLab();
    const twins = watchForTwins(lab.server);
    const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
    const restored = await lab.importVm(lab.session, image);
    await lab.session.powerOnVm(restored.id, unaborted());
    expect(runningTwice(lab.server)).toEqual([]);
    await lab.session.powerOnVm(image.vm.id, unaborted());
    expect(runningTwice(lab.server)).toEqual([lab.witness(lab.plain).origin]);
    powerVm(lab.server.world, image.vm.id, 'off');
    expect(runningTwice(lab.server)).toEqual([]);
    expect(twins()).toEqual([lab.witness(lab.plain).origin]);
  });

  it('does not boot a parked VM, not even for somebody else', async () => {
    const lab = await openColdLab();
    const { id } = lab.vm(lab.plain);
    await lab.session.parkVm(id, 'parked', unaborted());
    await expect(lab.session.powerOnVm(id, unaborted())).rejects.toMatchObject({ data: { fault: 'InvalidState' } });
    powerVm(lab.server.world, id, 'on');
    expect(lab.witness('parked')).toMatchObject({ vm: { powerState: 'on' }, guestRuns: false });
    // It runs now, whoever wanted it: its own name it may have back.
    await lab.session.unparkVm(id, lab.plain, unaborted());
    expect(lab.witness(lab.plain)).toMatchObject({ vm: { powerState: 'on' } });
  });

  it('changes the version with everything that is done to a VM', async () => {
    const lab = await openColdLab('hyperv');
    const { id } = lab.vm(lab.plain);
    const versions = [lab.vm(lab.plain).changeVersion];
    const acts = [
      () => lab.session.prepareExport(id, 'T-1', unaborted()),
      () => lab.session.parkVm(id, 'parked', unaborted()),
      () => lab.session.unparkVm(id, lab.plain, unaborted()),
      () => lab.session.restoreIdentity(id, { biosUuid: 'other', adapters: [] }, unaborted()),
      () => lab.session.powerOnVm(id, unaborted()),
    ];
    for (const act of acts) {
      await act();
      versions.push(lab.server.world.vm(id)?.changeVersion);
    }
    expect(new Set(versions).size).toBe(acts.length + 1);
  });

  it('does not give a VM a name or an identity that is taken', async () => {
    const lab = await openColdLab();
    const { id } = lab.vm(lab.plain);
    const parking = lab.session.parkVm(id, 'report-01', unaborted());
    await expect(parking).rejects.toMatchObject({ data: { fault: 'DuplicateName' } });
    const image = await lab.exportVm(lab.session, id);
    const request = lab.request(image, undefined, { instanceUuid: image.vm.instanceUuid ?? '' });
    await expect(lab.session.openImport(request, unaborted())).rejects.toMatchObject({
      data: { fault: 'InvalidArgument' },
    });
    await lab.session.destroyVm(id, unaborted());
    expect((await lab.importVm(lab.session, image, undefined, request)).instanceUuid).toBe(image.vm.instanceUuid);
  });

  it('on Hyper-V takes the checkpoint along, and the VM is larger for it', async () => {
    const lab = await openColdLab('hyperv');
    const before = lab.vm(lab.plain);
    const [free, disks] = [lab.freeBytes(), lab.witness(lab.plain).disks()];
    await lab.session.prepareExport(before.id, 'T-1', unaborted());
    const growth = (lab.vm(lab.plain).storedBytes ?? 0) - (before.storedBytes ?? 0);
    expect(growth).toBeGreaterThan(0);
    expect(lab.freeBytes()).toBe(free - growth);
    const restored = await lab.importVm(lab.session, await lab.exportVm(lab.session, before.id));
    expect(restored.checkpoints?.map(({ name }) => name)).toEqual(['T-1']);
    expect(lab.witness(restored.name).disks()).toEqual(disks);
  });

  it('on VMware leaves the snapshots behind', async () => {
    const lab = await openColdLab();
    const image = await lab.exportVm(lab.session, lab.vm('report-02').id);
    expect((await lab.importVm(lab.session, image)).checkpoints).toEqual([]);
  });

  it('needs room on the datastore', async () => {
    const lab = await openColdLab();
    const image = await lab.exportVm(lab.session, lab.vm('archive-01').id);
    const small = { datastore: lab.find('datastore', 'ds-prod-01').id };
    await expect(lab.session.openImport(lab.request(image, undefined, small), unaborted())).rejects.toMatchObject({
      data: { fault: 'InsufficientStorageSpace' },
    });
  });

  it('needs every file that the descriptor speaks of', async () => {
    const lab = await openColdLab();
    const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
    const files = lab.request(image).files.slice(0, 1);
    const request = lab.request(image, undefined, { files });
    expect(await lab.session.checkImport(request, unaborted())).toEqual([
      expect.objectContaining({ severity: 'error', message: expect.stringContaining('firmware-2.nvram') }),
    ]);
    await expect(lab.session.openImport(request, unaborted())).rejects.toMatchObject({ code: 'platform-fault' });
  });

  it('does not describe files it was not told the names of', async () => {
    const lab = await openColdLab();
    const lease = await lab.session.openExport(lab.vm(lab.plain).id, unaborted());
    await expect(lease.describe([], unaborted())).rejects.toMatchObject({ code: 'platform-fault' });
  });

  it('refuses to relocate what is to be evacuated', async () => {
    const lab = await openColdLab();
    const start = lab.session.startRelocation(
      lab.hot(lab.plain, 'host', 'esx06', { method: 'cold-evacuate' }),
      unaborted(),
    );
    await expect(start).rejects.toMatchObject({ code: 'method-unavailable' });
  });
});

describe('networks of a restored VM', () => {
  const importTo = async (vm: string, cluster: string, names: Readonly<Record<string, string>> = {}) => {
    const lab = await openColdLab();
    const place = lab.find('cluster', cluster);
    const image = await lab.exportVm(lab.session, lab.vm(vm).id);
    const destination = { kind: 'cluster', id: place.id, name: cluster } as const;
    const networks = networksTo(lab, names);
    const restored = await lab.importVm(lab.session, image, destination, { networks });
    return restored.adapters?.map(({ networkName }) => networkName);
  };

  it.each([
    ['sniffer-01', 'CL-PROD-01', {}, 'CannotUseNetwork'],
    ['sniffer-01', 'CL-PROD-01', { 'trunk-all': 'tyo-app' }, 'CannotUseNetwork'],
    ['pos-gw-01', 'CL-PROD-01', {}, 'CannotUseNetwork'],
    ['pos-gw-02', 'CL-PROD-01', {}, 'CannotAccessNetwork'],
    ['payroll-01', 'CL-OSA-01', {}, 'CannotAccessNetwork'],
  ])('of %s in %s, mapped as %j, are refused: %s', async (vm, cluster, names, fault) => {
    await expect(importTo(vm, cluster, names)).rejects.toMatchObject({ code: 'platform-fault', data: { fault } });
  });

  it.each([
    ['payroll-01', 'CL-STG-01', {}, 'tyo-app'],
    ['sniffer-01', 'CL-PROD-01', { 'trunk-all': 'tyo-trunk' }, 'tyo-trunk'],
    ['pos-gw-01', 'CL-PROD-01', { 'legacy-102': 'tyo-app' }, 'tyo-app'],
    ['payroll-01', 'CL-OSA-01', { 'tyo-app': 'osa-app' }, 'osa-app'],
  ])('of %s in %s, mapped as %j, are %s', async (vm, cluster, names, network) => {
    expect(await importTo(vm, cluster, names)).toEqual([network]);
  });

  it('are not given back where the host does not reach them', async () => {
    const lab = await openColdLab();
    const { id } = lab.vm(lab.plain);
    const network = lab.find('network', 'osa-app').id;
    const giving = lab.session.restoreIdentity(id, { adapters: [{ label: '', network }] }, unaborted());
    await expect(giving).rejects.toMatchObject({ data: { fault: 'CannotAccessNetwork' } });
  });

  it('may be none', async () => {
    const lab = await openColdLab();
    const { id } = lab.vm(lab.plain);
    await lab.session.restoreIdentity(id, { adapters: [{ label: '', network: null }] }, unaborted());
    const image = await lab.exportVm(lab.session, id);
    const restored = await lab.importVm(lab.session, image);
    expect(restored.adapters).toEqual([expect.objectContaining({ network: null, connected: false })]);
  });
});
