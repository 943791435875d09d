import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S12: a raw device mapping makes the cold migration fail. */
export const rawDeviceMapping: VmPrecaution = {
  id: 'S12',
  name: 'raw-device-mapping',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source:
    'Raw Device Mappingのデバイスを構成していると,コールドマイグレーションが失敗します。コールドマイグレーションの前にRaw Device Mappingのデバイスを解除してください。',
  check(vm, _move, context) {
    const frame = vmFrame('S12', 'blocker', vm, null, context);
    if (vm.disks === undefined) return [undetermined(frame, 'disks', vm.name)];
    const disks = vm.disks.filter((disk) => disk.backing === 'raw-device-mapping').map((disk) => disk.label);
    return disks.length === 0 ? [] : [finding(frame, 'S12', { vm: vm.name, disks })];
  },
};
