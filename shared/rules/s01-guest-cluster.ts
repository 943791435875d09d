import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S1: neither this VM nor the other nodes are guaranteed to work as a cluster afterwards. */
export const guestCluster: VmPrecaution = {
  id: 'S1',
  name: 'guest-cluster',
  scope: 'vm',
  platforms: ['hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source:
    '操作の対象がHyper-Vの場合,ゲストクラスタのノードはJP1/ITRMから退避・復元・マイグレーションをした場合,その仮想ホストおよびゲストクラスタの他ノードのクラスタとしての動作は保障されません。',
  check(vm, _move, context) {
    const frame = vmFrame('S1', 'warning', vm, null, context);
    const marked = context.isMarkedGuestCluster(vm.id);
    const shared = (vm.disks ?? []).filter((disk) => disk.shared === true).map((disk) => disk.label);
    if (marked || vm.guestCluster === true || shared.length > 0) {
      return [finding(frame, 'S1', { vm: vm.name, disks: shared, marked })];
    }
    const sharingKnown = vm.disks?.every((disk) => disk.shared !== undefined) === true;
    return vm.guestCluster === false || sharingKnown ? [] : [undetermined(frame, 'disk-sharing', vm.name)];
  },
};
