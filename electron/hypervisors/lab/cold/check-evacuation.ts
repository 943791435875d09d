import type { Move } from '../../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { PlatformObjection } from '../../port.ts';
import type { LabServer } from '../lab-server.ts';
import { describeVm } from './described-vm.ts';
import { judgeExport } from './judge-export.ts';
import { planImport } from './plan-import.ts';

/**
 * The dry run of an evacuation: what the platform says to exporting the VM, and to importing it where it is to go.
 * @throws AppError `destination-gone`
 */
export const checkEvacuation = (
  { world, hidden }: LabServer,
  vm: VirtualMachine,
  move: Move,
): readonly PlatformObjection[] => {
  const networks = (vm.adapters ?? []).flatMap(({ key, networkName }) => {
    const network = move.networkMap[key];
    return network === undefined || networkName === undefined ? [] : [{ name: networkName, network }];
  });
  const plan = planImport(world, {
    id: vm.id,
    vmName: vm.name,
    instanceUuid: vm.instanceUuid ?? vm.id,
    described: describeVm(world, vm, hidden.originOf(vm), (key) => key),
    destination: move.destination,
    host: move.host,
    datastore: move.datastore,
    parent: vm.parent,
    networks,
  });
  return [...judgeExport(world, vm), ...(plan.kind === 'fits' ? plan.warnings : plan.objections)];
};
