import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X16: a VM whose files the platform cannot use cannot be moved. */
export const inaccessible: VmPrecaution = {
  id: 'X16',
  name: 'inaccessible',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, VirtualMachineConnectionState; SCVMM VM status Missing, IncompleteVMConfig',
  check(vm, _move, context) {
    const frame = vmFrame('X16', 'blocker', vm, null, context);
    if (vm.condition !== 'connected') return [finding(frame, 'X16', { vm: vm.name, condition: vm.condition })];
    if (vm.disks === undefined) return [undetermined(frame, 'disks', vm.name)];
    const homeless = vm.disks.filter((disk) => disk.backing === 'file' && disk.datastore === null);
    const disks = homeless.map((disk) => disk.label);
    return disks.length === 0 ? [] : [finding(frame, 'X16-disk', { vm: vm.name, disks })];
  },
};
