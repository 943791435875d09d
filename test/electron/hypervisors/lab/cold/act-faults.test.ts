import { describe, expect, it } from 'vitest';
import { leaseTimeoutMs } from '../../../../../electron/hypervisors/lab/cold/leases.ts';
import type { LabAct } from '../../../../../electron/hypervisors/lab/lab-faults.ts';
import type { Platform } from '../../../../../shared/domain/platform.ts';
import { unaborted } from '../lab-bench.ts';
import { type ColdBench, openColdLab } from './cold-bench.ts';

interface Case {
  readonly act: LabAct;
  readonly platform?: Platform;
  /** Brings the lab to where the act is possible. @returns does it, and tells whether it was done */
  prepare(lab: ColdBench): Promise<{ readonly run: () => Promise<unknown>; readonly done: () => boolean }>;
}

const restored = 'payroll-01-restored';

const cases: readonly Case[] = [
  {
    act: 'prepareExport',
    platform: 'hyperv',
    prepare: async (lab) => ({
      run: () => lab.session.prepareExport(lab.vm(lab.plain).id, 'T-1', unaborted()),
      done: () => lab.vm(lab.plain).checkpoints?.length === 1,
    }),
  },
  {
    act: 'openExport',
    prepare: async (lab) => ({
      run: () => lab.session.openExport(lab.vm(lab.plain).id, unaborted()),
      done: () => lab.vm(lab.plain).busyWith !== null,
    }),
  },
  {
    act: 'completeExport',
    prepare: async (lab) => {
      const lease = await lab.session.openExport(lab.vm(lab.plain).id, unaborted());
      return { run: () => lease.complete(unaborted()), done: () => lab.vm(lab.plain).busyWith === null };
    },
  },
  {
    act: 'openImport',
    prepare: async (lab) => {
      const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
      return { run: () => lab.session.openImport(lab.request(image), unaborted()), done: () => lab.has(restored) };
    },
  },
  {
    act: 'completeImport',
    prepare: async (lab) => {
      const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
      const lease = await lab.session.openImport(lab.request(image), unaborted());
      await lab.send(lease, image.files);
      return { run: () => lease.complete(unaborted()), done: () => lab.vm(restored).busyWith === null };
    },
  },
  {
    act: 'restoreIdentity',
    prepare: async (lab) => {
      const { id } = lab.vm(lab.plain);
      const identity = { biosUuid: '564d0000-0000-4000-a000-000000000001', adapters: [] };
      return {
        run: () => lab.session.restoreIdentity(id, identity, unaborted()),
        done: () => lab.vm(lab.plain).biosUuid === identity.biosUuid,
      };
    },
  },
  {
    act: 'parkVm',
    prepare: async (lab) => {
      const { id } = lab.vm(lab.plain);
      return { run: () => lab.session.parkVm(id, 'parked', unaborted()), done: () => lab.has('parked') };
    },
  },
  {
    act: 'unparkVm',
    prepare: async (lab) => {
      const { id } = lab.vm(lab.plain);
      await lab.session.parkVm(id, 'parked', unaborted());
      return { run: () => lab.session.unparkVm(id, lab.plain, unaborted()), done: () => lab.has(lab.plain) };
    },
  },
  {
    act: 'powerOnVm',
    prepare: async (lab) => ({
      run: () => lab.session.powerOnVm(lab.vm(lab.plain).id, unaborted()),
      done: () => lab.vm(lab.plain).powerState === 'on',
    }),
  },
  {
    act: 'destroyVm',
    prepare: async (lab) => {
      const { id } = lab.vm(lab.plain);
      return { run: () => lab.session.destroyVm(id, unaborted()), done: () => !lab.has(lab.plain) };
    },
  },
  {
    act: 'startRelocation',
    prepare: async (lab) => ({
      run: () =>
        lab.session.startRelocation(lab.hot(lab.plain, 'host', 'esx06', { method: 'cold-direct' }), unaborted()),
      done: () => {
        lab.clock.advance(0);
        return lab.vm(lab.plain).host === lab.find('host', 'esx06').id;
      },
    }),
  },
];

describe('acts of the platform', () => {
  it.each(cases)('$act is done, and the answer gets lost', async ({ act, platform, prepare }) => {
    const lab = await openColdLab(platform);
    const { run, done } = await prepare(lab);
    lab.adapter.faults.arm({ kind: 'answer-lost', act });
    await expect(run()).rejects.toMatchObject({ code: 'connection-lost' });
    expect(done()).toBe(true);
  });

  it.each(cases)('$act is not done, and nobody says so', async ({ act, platform, prepare }) => {
    const lab = await openColdLab(platform);
    const { run, done } = await prepare(lab);
    lab.adapter.faults.arm({ kind: 'answer-lost', act, work: 'not-done' });
    await expect(run()).rejects.toMatchObject({ code: 'connection-lost' });
    expect(done()).toBe(false);
    await run();
    expect(done()).toBe(true);
  });

  it.each(cases)('$act is refused', async ({ act, platform, prepare }) => {
    const lab = await openColdLab(platform);
    const { run, done } = await prepare(lab);
    lab.adapter.faults.arm({ kind: 'act-refused', act, fault: 'InsufficientResourcesFault', message: 'Not now.' });
    await expect(run()).rejects.toMatchObject({
      code: 'platform-fault',
      data: { fault: 'InsufficientResourcesFault', message: 'Not now.', operation: act },
    });
    expect(done()).toBe(false);
    await run();
    expect(done()).toBe(true);
  });

  it('that were ordered for another one go on as if nothing were', async () => {
    const lab = await openColdLab();
    lab.adapter.faults.arm({ kind: 'answer-lost', act: 'destroyVm' });
    lab.adapter.faults.arm({ kind: 'act-refused', act: 'destroyVm', fault: 'NotSupported', message: '' });
    await lab.session.parkVm(lab.vm(lab.plain).id, 'parked', unaborted());
    expect(lab.adapter.faults.armed()).toHaveLength(2);
  });

  it('leave a lease whose answer got lost to its time-out', async () => {
    const lab = await openColdLab();
    const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
    const free = lab.freeBytes();
    lab.adapter.faults.arm({ kind: 'answer-lost', act: 'openImport' });
    await expect(lab.session.openImport(lab.request(image), unaborted())).rejects.toMatchObject({
      code: 'connection-lost',
    });
    const { instanceUuid } = lab.request(image);
    const found = await lab.session.findVm({ id: lab.vm(restored).id, instanceUuid }, unaborted());
    expect(found?.busyWith).not.toBeNull();
    expect(lab.freeBytes()).toBe(free - (lab.vm(restored).storedBytes ?? 0));
    lab.clock.advance(leaseTimeoutMs);
    expect(lab.has(restored)).toBe(false);
    expect(lab.freeBytes()).toBe(free);
  });
});
