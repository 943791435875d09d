import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { ColdActs, VmIdentity } from '../../port.ts';
import type { LabWorld } from '../lab-world.ts';
import type { ColdParts } from './cold-parts.ts';
import { openExportLease } from './export-lease.ts';
import { openImportLease } from './import-lease.ts';
import { judgeImport } from './judge-import.ts';
import { knownVm, refusedFor } from './stopped-vm.ts';
import { deleteVm, parkVm, powerOnVm, prepareExport, restoreIdentity, unparkVm } from './vm-acts.ts';

/** The VM with that id, or else the one with that instance UUID. */
export const findVm = (world: LabWorld, { id, instanceUuid }: VmIdentity): VirtualMachine | null => {
  const vm = world.vm(id);
  if (vm !== undefined) return vm;
  if (instanceUuid === undefined) return null;
  for (const entity of world.entities()) {
    if (entity.kind === 'virtual-machine' && entity.instanceUuid === instanceUuid) return entity;
  }
  return null;
};

/** What a session can do for cold migrations. */
export const createColdActs = (parts: ColdParts): ColdActs => {
  const { server, gate, carryOut } = parts;
  const { world } = server;
  const waitUntilOn = async (id: EntityId, ms: number, signal: AbortSignal): Promise<void> => {
    await gate.delay(ms, signal);
    const vm = knownVm(world, id);
    if (vm.powerState !== 'on') throw refusedFor(world, vm, 'powerOnVm', 'not-running', vm.powerState);
  };

  return {
    prepareExport: (vm, name, signal) => carryOut('prepareExport', signal, () => prepareExport(server, vm, name)),
    openExport: (vm, signal) => openExportLease(parts, vm, signal),
    checkImport: (request, signal) => gate.call('checkImport', signal, () => judgeImport(world, request, 0).objections),
    openImport: (request, signal) => openImportLease(parts, request, signal),
    restoreIdentity: (vm, identity, signal) =>
      carryOut('restoreIdentity', signal, () => restoreIdentity(server, vm, identity)),
    parkVm: (vm, parkedName, signal) => carryOut('parkVm', signal, () => parkVm(server, vm, parkedName)),
    unparkVm: (vm, name, signal) => carryOut('unparkVm', signal, () => unparkVm(server, vm, name)),
    powerOnVm: async (vm, signal) =>
      waitUntilOn(vm, await carryOut('powerOnVm', signal, () => powerOnVm(server, vm)), signal),
    destroyVm: (vm, signal) => carryOut('destroyVm', signal, () => deleteVm(server, vm)),
  };
};
