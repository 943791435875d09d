import { finding } from '../domain/finding.ts';
import { vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S5: going back to a checkpoint made before the evacuation leaves the network adapter disconnected. */
export const checkpointDisconnectsNetwork: VmPrecaution = {
  id: 'S5',
  name: 'checkpoint-disconnects-network',
  scope: 'vm',
  platforms: ['hyperv'],
  methods: ['cold-evacuate'],
  source:
    '退避前に作成されたチェックポイントを用いて仮想ホストを以前の状態に戻すと,ネットワークアダプタが接続されていない状態になります。この場合,SCVMMの管理コンソールを用いて,仮想ホストのネットワークアダプタを設定し,ゲストOS上でネットワークの設定をする必要があります。',
  check(vm, _move, context) {
    // The checkpoint of S3 is always made, so the finding always stands; older checkpoints are named beside it.
    const checkpoints = (vm.checkpoints ?? []).map((checkpoint) => checkpoint.name);
    return [finding(vmFrame('S5', 'warning', vm, null, context), 'S5', { vm: vm.name, checkpoints })];
  },
};
