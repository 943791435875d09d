import { describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import { asEntityId } from '../../shared/domain/ids.ts';
import type { Move } from '../../shared/domain/migration.ts';
import { coldActs, contentOf, hardwareOf } from './cold-image.ts';
import { type ContractBench, follow, hotMove, rejection, unaborted } from './contract-bench.ts';
import { placeIn } from './hot-move-contract.ts';
import { watchInventory } from './inventory-watch.ts';

export const describeColdMigration = (bench: ContractBench): void => {
  const { harness, stage, connect, pass } = bench;
  const { exportVm, findVm, importVm, request } = coldActs(pass, () => stage().destination('host'));
  const unknownVm = () => asEntityId(`${stage().stoppedVm.id}-nobody-knows`);
  const refused = async (act: Promise<unknown>): Promise<void> => {
    expect((await rejection(pass(act))).code).toBe('platform-fault');
  };

  describe('cold migration', () => {
    it('exports a stopped VM with the same bytes each time, and leaves it as it was', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      const before = await findVm(session, id);
      const first = await exportVm(session, id);
      const second = await exportVm(session, id);
      expect(first.files.filter(({ kind }) => kind === 'disk')).toHaveLength(before.disks?.length ?? 0);
      expect(first.files.every(({ bytes }) => bytes > 0)).toBe(true);
      expect(contentOf(second)).toEqual(contentOf(first));
      expect(second.descriptor).toEqual(first.descriptor);
      expect(await findVm(session, id)).toEqual(before);
    });

    it('counts what it sent', async () => {
      const session = await connect();
      const { files, counts } = await exportVm(session, stage().stoppedVm.id);
      expect(counts.length).toBeGreaterThan(0);
      for (const count of counts) {
        const file = files.find(({ key }) => key === count.key);
        const { bytes = file?.bytes, sha1 = file?.sha1, sha256 = file?.sha256 } = count;
        expect({ bytes, sha1, sha256 }).toEqual({ bytes: file?.bytes, sha1: file?.sha1, sha256: file?.sha256 });
      }
    });

    for (const kind of harness.destinationKinds) {
      it(`restores into a ${kind} what was exported, byte for byte`, async () => {
        const session = await connect();
        const watch = watchInventory(session);
        await pass(watch.synced);
        const { stoppedVm, control } = stage();
        const destination = stage().destination(kind);
        const image = await exportVm(session, stoppedVm.id);
        const wanted = request(image, destination);
        expect(await pass(session.checkImport(wanted, unaborted()))).not.toContainEqual(
          expect.objectContaining({ severity: 'error' }),
        );
        const restored = await importVm(session, image, destination);
        expect(restored.id).not.toBe(stoppedVm.id);
        expect(restored).toMatchObject({
          name: wanted.vmName,
          instanceUuid: wanted.instanceUuid,
          powerState: 'off',
          busyWith: null,
        });
        expect(hardwareOf(restored)).toEqual(hardwareOf(image.vm));
        expect(placeIn(kind, await control.whereIs(restored.id), watch.entities())).toBe(destination.id);
        expect(contentOf(await exportVm(session, restored.id))).toEqual(contentOf(image));
        await pass(watch.until(() => watch.vm(restored.id)?.name === wanted.vmName));
        await pass(watch.stop());
      });
    }

    it('refuses a name that is taken, and makes nothing', async () => {
      const session = await connect();
      const { stoppedVm } = stage();
      const image = await exportVm(session, stoppedVm.id);
      const order = request(image, stage().destination('host'), { vmName: stoppedVm.name });
      await refused(session.openImport(order, unaborted()));
      const made = await pass(session.findVm({ id: unknownVm(), instanceUuid: order.instanceUuid }, unaborted()));
      expect(made).toBeNull();
    });

    it('refuses a damaged descriptor, and makes nothing', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const { text } = image.descriptor;
      const order = request(image, stage().destination('host'), { descriptor: text.slice(0, text.length / 2) });
      const said = await pass(session.checkImport(order, unaborted()));
      expect(said).toContainEqual(expect.objectContaining({ severity: 'error' }));
      await refused(session.openImport(order, unaborted()));
      const made = await pass(session.findVm({ id: unknownVm(), instanceUuid: order.instanceUuid }, unaborted()));
      expect(made).toBeNull();
    });

    it('refuses a destination that is gone', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const there = stage().destination('host');
      const gone = { ...there, id: asEntityId(`${there.id}-gone`) };
      const error = await rejection(pass(session.openImport(request(image, gone), unaborted())));
      expect(error.code).toBe('destination-gone');
    });

    it('prepares an export, and a second time makes no difference', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      await pass(session.prepareExport(id, 'before T-1', unaborted()));
      const once = await findVm(session, id);
      await pass(session.prepareExport(id, 'before T-1', unaborted()));
      expect(await findVm(session, id)).toEqual(once);
      const named = (once.checkpoints ?? []).filter(({ name }) => name === 'before T-1');
      expect(named).toHaveLength(harness.platform === 'hyperv' ? 1 : 0);
    });

    it('parks a VM and takes that back, each harmless to ask for twice', async () => {
      const session = await connect();
      const { id, name } = stage().stoppedVm;
      for (const [act, expected] of [
        ['parkVm', `${name} (parked)`],
        ['unparkVm', name],
      ] as const) {
        await pass(session[act](id, expected, unaborted()));
        const after = await findVm(session, id);
        expect(after).toMatchObject({ name: expected, powerState: 'off' });
        await pass(session[act](id, expected, unaborted()));
        expect(await findVm(session, id)).toEqual(after);
      }
      await pass(session.powerOnVm(id, unaborted()));
      expect((await findVm(session, id)).powerState).toBe('on');
    });

    it('keeps the name of a parked VM free for the restored one', async () => {
      const session = await connect();
      const { id, name } = stage().stoppedVm;
      const image = await exportVm(session, id);
      await pass(session.parkVm(id, `${name} (parked)`, unaborted()));
      const restored = await importVm(session, image, stage().destination('host'), { vmName: name });
      expect(restored.name).toBe(name);
      expect((await findVm(session, id)).name).toBe(`${name} (parked)`);
    });

    it('powers a VM on, and a second time makes no difference', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      await pass(session.powerOnVm(id, unaborted()));
      await pass(session.powerOnVm(id, unaborted()));
      expect(await findVm(session, id)).toMatchObject({ powerState: 'on', busyWith: null });
    });

    it('tells whether anything was written to the disks of a VM since it was copied, where the platform knows', async () => {
      const session = await connect();
      const { id, name } = stage().stoppedVm;
      const contentIds = async () => (await findVm(session, id)).disks?.map(({ contentId }) => contentId) ?? [];
      const before = await contentIds();
      expect(before).not.toEqual([]);
      await exportVm(session, id);
      await pass(session.parkVm(id, `${name} (parked)`, unaborted()));
      await pass(session.unparkVm(id, name, unaborted()));
      expect(await contentIds()).toEqual(before);
      await pass(session.powerOnVm(id, unaborted()));
      const after = await contentIds();
      if (harness.platform === 'hyperv') expect([...before, ...after].filter(Boolean)).toEqual([]);
      else for (const [index, was] of before.entries()) expect([was, after[index]]).not.toEqual([was, was]);
    });

    it('destroys a stopped VM, and a second time makes no difference', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      await pass(session.destroyVm(id, unaborted()));
      expect(await stage().control.whereIs(id)).toBeNull();
      expect(await pass(session.findVm({ id }, unaborted()))).toBeNull();
      await pass(session.destroyVm(id, unaborted()));
    });

    it('does to a running VM nothing that is for stopped ones', async () => {
      const session = await connect();
      const { id } = stage().runningVm;
      await refused(session.destroyVm(id, unaborted()));
      await refused(session.openExport(id, unaborted()));
      await refused(session.parkVm(id, 'parked', unaborted()));
      expect(await findVm(session, id)).toMatchObject({ powerState: 'on', name: stage().runningVm.name });
    });

    it('finds a VM by its id and by its instance UUID', async () => {
      const session = await connect();
      const { id, instanceUuid } = stage().stoppedVm;
      expect((await pass(session.findVm({ id }, unaborted())))?.id).toBe(id);
      expect((await pass(session.findVm({ id: unknownVm(), instanceUuid }, unaborted())))?.id).toBe(id);
      expect(await pass(session.findVm({ id: unknownVm() }, unaborted()))).toBeNull();
    });

    it('gives a restored VM its addresses, networks and BIOS UUID again', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      const image = await exportVm(session, id);
      await pass(session.destroyVm(id, unaborted()));
      const restored = await importVm(session, image);
      const identity = {
        ...(image.vm.biosUuid === undefined ? {} : { biosUuid: image.vm.biosUuid }),
        adapters: (image.vm.adapters ?? []).map(({ label, macAddress, network }) => ({
          label,
          ...(macAddress === undefined ? {} : { macAddress }),
          network: network ?? null,
        })),
      };
      await pass(session.restoreIdentity(restored.id, identity, unaborted()));
      const after = await findVm(session, restored.id);
      expect(after.biosUuid).toBe(image.vm.biosUuid);
      const addresses = (vm: typeof after) => vm.adapters?.map(({ macAddress, network }) => ({ macAddress, network }));
      expect(addresses(after)).toEqual(addresses(image.vm));
      await pass(session.restoreIdentity(restored.id, identity, unaborted()));
      expect(await findVm(session, restored.id)).toEqual(after);
    });

    it('checks an evacuation, and names what stands against it', async () => {
      const session = await connect();
      const { stoppedVm, unfitEvacuations = [] } = stage();
      const fit: Move = { ...hotMove(stoppedVm, stage().destination('host')), method: 'cold-evacuate' };
      expect(await pass(session.checkMove(fit, unaborted()))).not.toContainEqual(
        expect.objectContaining({ severity: 'error' }),
      );
      expect(unfitEvacuations.length).toBeGreaterThan(0);
      for (const { move, fault, severity } of unfitEvacuations) {
        expect(await pass(session.checkMove(move, unaborted()))).toContainEqual(
          expect.objectContaining({ fault, severity }),
        );
      }
    });

    it('relocates a stopped VM itself, and it stays off', async () => {
      const session = await connect();
      const { stoppedVm, control } = stage();
      const destination = stage().destination('host');
      const move: Move = { ...hotMove(stoppedVm, destination), method: 'cold-direct' };
      const ref = await pass(session.startRelocation(move, unaborted()));
      expect(await pass(follow(session, ref).outcome)).toEqual({ kind: 'succeeded' });
      expect((await control.whereIs(stoppedVm.id))?.host).toBe(destination.id);
      expect((await findVm(session, stoppedVm.id)).powerState).toBe('off');
    });

    const calls = (session: HypervisorSession, signal: AbortSignal): readonly (() => Promise<unknown>)[] => {
      const id = unknownVm();
      return [
        () => session.openExport(id, signal),
        () => session.parkVm(id, 'parked', signal),
        () => session.unparkVm(id, 'unparked', signal),
        () => session.powerOnVm(id, signal),
        () => session.restoreIdentity(id, { adapters: [] }, signal),
      ];
    };

    it('tells that a VM is gone', async () => {
      const session = await connect();
      for (const call of calls(session, unaborted())) expect((await rejection(pass(call()))).code).toBe('vm-gone');
    });

    it('does nothing for a caller who has given up, nor for a closed session', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      const before = await findVm(session, id);
      const acts = (signal: AbortSignal): readonly (() => Promise<unknown>)[] => [
        ...calls(session, signal),
        () => session.destroyVm(id, signal),
        () => session.findVm({ id }, signal),
      ];
      for (const act of acts(AbortSignal.abort())) expect((await rejection(pass(act()))).code).toBe('cancelled');
      await pass(session.close());
      for (const act of acts(unaborted())) expect((await rejection(pass(act()))).code).toBe('site-not-connected');
      expect(await findVm(await connect(), id)).toEqual(before);
    });
  });
};
