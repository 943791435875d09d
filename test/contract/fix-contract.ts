import { describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import { type FixKind, fixableDevices } from '../../shared/domain/fix.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { fixOf } from '../../shared/planning/fixes.ts';
import { type ContractBench, rejection, unaborted } from './contract-bench.ts';

const kinds: readonly FixKind[] = ['eject-iso', 'empty-floppy', 'remove-usb'];

export const describeFixes = ({ stage, connect, pass }: ContractBench): void => {
  const read = async (session: HypervisorSession, id: EntityId): Promise<VirtualMachine> => {
    const [vm] = await pass(session.readEntities([id], unaborted()));
    if (vm?.kind !== 'virtual-machine') throw new Error('no such VM');
    return vm;
  };

  /** The stage's VM for that kind; null where the platform has none. */
  const begin = async (kind: FixKind) => {
    const id = stage().fixable[kind];
    if (id === undefined) return null;
    const session = await connect();
    return { session, vm: await read(session, id) };
  };

  describe('fix', () => {
    it.each(kinds)('%s takes out what is there, tells it, and touches nothing else', async (kind) => {
      const started = await begin(kind);
      if (started === null) return;
      const { session, vm } = started;
      const devices = fixableDevices(kind, vm);
      expect(devices).toHaveLength(1);
      expect(await pass(session.applyFix(fixOf(kind, vm), unaborted()))).toEqual({ before: devices });

      const after = await read(session, vm.id);
      expect(fixableDevices(kind, after)).toEqual([]);
      expect(after.powerState).toBe('off');
      expect(after.disks).toEqual(vm.disks);
      expect(after.adapters).toEqual(vm.adapters);
      for (const other of kinds.filter((each) => each !== kind)) {
        expect(fixableDevices(other, after)).toEqual(fixableDevices(other, vm));
      }
      const keys = (drives: VirtualMachine['cdroms']) => (drives ?? []).map(({ key }) => key).sort();
      expect(keys(after.cdroms)).toEqual(keys(vm.cdroms));
      expect(keys(after.floppies)).toEqual(keys(vm.floppies));
    });

    it.each(kinds)('%s a second time says that nothing is there', async (kind) => {
      const started = await begin(kind);
      if (started === null) return;
      const { session, vm } = started;
      await pass(session.applyFix(fixOf(kind, vm), unaborted()));
      const error = await rejection(pass(session.applyFix(fixOf(kind, vm), unaborted())));
      expect(error).toMatchObject({ code: 'fix-not-possible', data: { vmName: vm.name, why: 'nothing-there' } });
    });

    it('of devices that are not meant is refused', async () => {
      const started = await begin('eject-iso');
      if (started === null) throw new Error('the stage has no ISO');
      const { session, vm } = started;
      const other = { ...fixOf('eject-iso', vm), deviceKeys: ['another'] };
      expect((await rejection(pass(session.applyFix(other, unaborted())))).data).toMatchObject({
        why: 'nothing-there',
      });
      expect(fixableDevices('eject-iso', await read(session, vm.id))).toHaveLength(1);
    });

    it('of a running VM is refused', async () => {
      const session = await connect();
      const { id, name } = stage().runningVm;
      const fix = { kind: 'eject-iso', vm: id, vmName: name, deviceKeys: ['3000'] } as const;
      const error = await rejection(pass(session.applyFix(fix, unaborted())));
      expect(error).toMatchObject({ code: 'fix-not-possible', data: { vmName: name, why: 'not-stopped' } });
    });

    it('of a VM that is gone is refused', async () => {
      const session = await connect();
      const { stoppedVm, control } = stage();
      await control.destroyVm(stoppedVm.id);
      const fix = { kind: 'eject-iso', vm: stoppedVm.id, vmName: stoppedVm.name, deviceKeys: ['3000'] } as const;
      const error = await rejection(pass(session.applyFix(fix, unaborted())));
      expect(error).toMatchObject({ code: 'vm-gone', data: { vmName: stoppedVm.name } });
    });

    it('is not begun when it is aborted before', async () => {
      const started = await begin('eject-iso');
      if (started === null) throw new Error('the stage has no ISO');
      const { session, vm } = started;
      const error = await rejection(pass(session.applyFix(fixOf('eject-iso', vm), AbortSignal.abort())));
      expect(error.code).toBe('cancelled');
      expect(fixableDevices('eject-iso', await read(session, vm.id))).toHaveLength(1);
    });
  });
};
