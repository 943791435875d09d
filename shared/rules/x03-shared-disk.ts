import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X3: a disk other VMs write to as well cannot be moved with one of them. */
export const sharedDisk: VmPrecaution = {
  id: 'X3',
  name: 'shared-disk',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, VirtualDiskSharing sharingMultiWriter and VirtualSCSISharing',
  check(vm, _move, context) {
    const frame = vmFrame('X3', 'blocker', vm, null, context);
    if (vm.disks === undefined) return [undetermined(frame, 'disks', vm.name)];
    const disks = vm.disks.filter((disk) => disk.shared === true).map((disk) => disk.label);
    if (disks.length > 0) return [finding(frame, 'X3', { vm: vm.name, disks })];
    return vm.disks.some((disk) => disk.shared === undefined) ? [undetermined(frame, 'disk-sharing', vm.name)] : [];
  },
};
