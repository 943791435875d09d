import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Checkpoint, VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { VmIdentityToRestore } from '../../transfer.ts';
import type { LabServer } from '../lab-server.ts';
import { takenIn } from '../placement/judge-placement.ts';
import { destroyVm, holdVm, newerVersion, onNetwork, poweredOn, replaceVm, withBytes } from '../world-acts.ts';
import { firmwareKey } from './hidden-facts.ts';
import { knownVm, refusedFor, stoppedVm } from './stopped-vm.ts';

/* What the platform does to a single VM for a cold migration. Each throws AppErrors `vm-gone` and `platform-fault`. */

/** How much larger a checkpoint makes a VM: this part of what it takes already. */
const checkpointPart = 0.02;

/** How long a VM takes to power on, ms at speed 1. */
const poweringOnMs = 1000;
const poweringOn = 'Power On virtual machine';

/** A checkpoint of that name, unless there is one. On VMware there is nothing to prepare. */
export const prepareExport = ({ world, hidden, clock }: LabServer, id: EntityId, name: string): void => {
  const vm = stoppedVm(world, id, 'prepareExport');
  const { checkpoints = [] } = vm;
  if (world.platform === 'vmware' || checkpoints.some((checkpoint) => checkpoint.name === name)) return;
  // The checkpoint lies beside the disks; what is in them stays as it is.
  for (const key of [...(vm.disks ?? []).map((disk) => disk.key), firmwareKey]) {
    hidden.putContent(vm, key, hidden.content(vm, key));
  }
  const made: Checkpoint = {
    id: `${id}-checkpoint-${checkpoints.length + 1}`,
    name,
    createdAt: clock.now(),
    dynamicMemory: vm.dynamicMemory ?? false,
    parent: checkpoints.at(-1)?.id ?? null,
  };
  const growth = Math.round((vm.storedBytes ?? vm.diskBytes) * checkpointPart);
  const larger: VirtualMachine = {
    ...vm,
    checkpoints: [...checkpoints, made],
    storedBytes: (vm.storedBytes ?? vm.diskBytes) + growth,
    changeVersion: newerVersion(vm),
  };
  world.change({ upserts: [larger, ...withBytes(world, vm.datastores ?? [], -growth)], removals: [] });
};

/** Makes a restored VM the one it was. */
export const restoreIdentity = ({ world }: LabServer, id: EntityId, identity: VmIdentityToRestore): void => {
  const vm = stoppedVm(world, id, 'restoreIdentity');
  const host = vm.host === null ? undefined : world.get(vm.host);
  const reachable = host?.kind === 'host' ? host.networks : [];
  const adapters = (vm.adapters ?? []).map((adapter, number) => {
    const wanted = identity.adapters[number];
    if (wanted === undefined) return adapter;
    const { macAddress, network } = wanted;
    if (network !== null && !reachable.includes(network)) {
      throw refusedFor(world, vm, 'restoreIdentity', 'network-missing', world.get(network)?.name ?? network);
    }
    const attached =
      network === null
        ? { ...adapter, network, connected: false }
        : { ...onNetwork(world, adapter, network), connected: true };
    return macAddress === undefined ? attached : { ...attached, macAddress, macIsStatic: true };
  });
  const { biosUuid = vm.biosUuid } = identity;
  const restored = { ...vm, adapters, ...(biosUuid === undefined ? {} : { biosUuid }) };
  if (JSON.stringify(restored) === JSON.stringify(vm)) return;
  world.change({ upserts: [{ ...restored, changeVersion: newerVersion(vm) }], removals: [] });
};

const name = (
  { world, hidden }: LabServer,
  id: EntityId,
  operation: string,
  newName: string,
  parked: boolean,
): void => {
  const vm = knownVm(world, id);
  if (vm.name === newName && hidden.isParked(vm) === parked) return;
  // A VM that somebody powered on may still get its own name back.
  if (parked) stoppedVm(world, id, operation);
  const taken = takenIn(world, { id, name: newName }, vm.parent);
  if (taken !== null) throw refusedFor(world, { ...vm, name: newName }, operation, 'name-taken', taken);
  hidden.setParked(vm, parked);
  replaceVm(world, id, () => ({ name: newName, changeVersion: newerVersion(vm) }));
};

/** Renames a stopped VM and keeps it from booting. */
export const parkVm = (server: LabServer, id: EntityId, parkedName: string): void =>
  name(server, id, 'parkVm', parkedName, true);

/** Takes parking back. */
export const unparkVm = (server: LabServer, id: EntityId, newName: string): void =>
  name(server, id, 'unparkVm', newName, false);

/** Begins to power a VM on; it is on when the returned time, ms, has passed. */
export const powerOnVm = ({ world, hidden, clock, pace }: LabServer, id: EntityId): number => {
  if (knownVm(world, id).powerState === 'on') return 0;
  const vm = stoppedVm(world, id, 'powerOnVm');
  if (hidden.isParked(vm)) throw refusedFor(world, vm, 'powerOnVm', 'kept-from-booting');
  const takesMs = poweringOnMs / pace.speed;
  const finish = (): void => {
    if (world.vm(id)?.busyWith !== poweringOn) return;
    replaceVm(world, id, (now) => ({ ...poweredOn(world, now), busyWith: null, changeVersion: newerVersion(now) }));
  };
  holdVm(world, id, poweringOn);
  if (takesMs === 0) finish();
  else clock.after(takesMs, finish);
  return takesMs;
};

/** Deletes a stopped VM and its files for good, if it is still there. */
export const deleteVm = ({ world, hidden }: LabServer, id: EntityId): void => {
  if (world.vm(id) === undefined) return;
  const vm = stoppedVm(world, id, 'destroyVm');
  destroyVm(world, id);
  hidden.forget(vm);
};
