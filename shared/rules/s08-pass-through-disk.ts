import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S8: a pass-through disk makes every migration fail. */
export const passThroughDisk: VmPrecaution = {
  id: 'S8',
  name: 'pass-through-disk',
  scope: 'vm',
  platforms: ['hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'パススルーディスクを持つ仮想ホストをマイグレーションした場合,エラーとなり操作が失敗します。',
  check(vm, _move, context) {
    const frame = vmFrame('S8', 'blocker', vm, null, context);
    if (vm.disks === undefined) return [undetermined(frame, 'disks', vm.name)];
    const disks = vm.disks.filter((disk) => disk.backing === 'pass-through').map((disk) => disk.label);
    return disks.length === 0 ? [] : [finding(frame, 'S8', { vm: vm.name, disks })];
  },
};
