import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X2: an independent disk takes part in no snapshot; after a restore it is a dependent one. */
export const independentDisk: VmPrecaution = {
  id: 'X2',
  name: 'independent-disk',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source: 'vSphere API, VirtualDiskMode independent_persistent and independent_nonpersistent',
  check(vm, _move, context) {
    const frame = vmFrame('X2', 'warning', vm, null, context);
    if (vm.disks === undefined) return [undetermined(frame, 'disks', vm.name)];
    const disks = vm.disks.filter((disk) => disk.mode === 'independent').map((disk) => disk.label);
    if (disks.length > 0) return [finding(frame, 'X2', { vm: vm.name, disks })];
    const files = vm.disks.filter((disk) => disk.backing === 'file');
    return files.some((disk) => disk.mode === undefined) ? [undetermined(frame, 'disk-mode', vm.name)] : [];
  },
};
