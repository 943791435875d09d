import { type FaultText, fault } from './fault-text.ts';

const notEnough = fault(
  [
    'The destination has too little CPU or memory left',
    'Choose another host or pool, or move other VMs away first.',
    'Check the reservations and limits of the destination pool.',
  ],
  [
    '移動先の CPU またはメモリが不足しています',
    '別のホストまたはプールを選ぶか、先に他の仮想マシンを移してください。',
    '移動先プールの予約と制限を確認してください。',
  ],
);

const vmotionOff = fault(
  [
    'Live migration is not set up on one of the hosts',
    'Enable vMotion on a VMkernel adapter of both hosts.',
    'Or choose a host where it is enabled.',
  ],
  [
    '一方のホストでライブマイグレーションが構成されていません',
    '両方のホストの VMkernel アダプタで vMotion を有効にしてください。',
    'または、有効になっているホストを選んでください。',
  ],
);

const vmotionLink = fault(
  [
    'The network for live migration is down or too slow',
    'Check the vMotion network between both hosts: cabling, speed, VLAN and MTU.',
  ],
  [
    'ライブマイグレーション用のネットワークが切断されているか、低速です',
    '両ホスト間の vMotion ネットワーク(配線、速度、VLAN、MTU)を確認してください。',
  ],
);

const cpu = fault(
  [
    'The CPU of the destination lacks features the VM uses',
    'Choose a host with the same or a newer CPU generation.',
    'Or turn on EVC in the cluster, and power the VM off and on once.',
  ],
  [
    '仮想マシンが使用中の CPU 機能が移動先にありません',
    '同じ世代以降の CPU を持つホストを選んでください。',
    'または、クラスタで EVC を有効にし、仮想マシンの電源を一度入れ直してください。',
  ],
);

const networkMissing = fault(
  [
    'A network of the VM is not there at the destination',
    'Map the network adapter to a network of the destination, or create the network there.',
    'Or disconnect the adapter first.',
  ],
  [
    '仮想マシンのネットワークが移動先にありません',
    'ネットワークアダプタに移動先のネットワークを割り当てるか、移動先にネットワークを作成してください。',
    'または、先にアダプタを切断してください。',
  ],
);

const highAvailability = fault(
  [
    'High availability (HA) at the destination forbids it',
    'Check the HA state of the destination cluster and its host.',
    'Move again when the cluster shows no HA error.',
  ],
  [
    '移動先の高可用性(HA)に問題があります',
    '移動先のクラスタとホストの HA の状態を確認してください。',
    'HA のエラーが解消してから、もう一度移動してください。',
  ],
);

/** Faults about hosts, pools, clusters and their networks. */
export const hostFaults: Readonly<Record<string, FaultText>> = {
  InsufficientResourcesFault: notEnough,
  InsufficientCpuResourcesFault: notEnough,
  InsufficientMemoryResourcesFault: notEnough,
  InsufficientHostCapacityFault: notEnough,
  InsufficientHostCpuCapacityFault: notEnough,
  InsufficientHostMemoryCapacityFault: notEnough,
  InsufficientFailoverResourcesFault: notEnough,
  InsufficientStandbyResource: notEnough,
  VMotionNotConfigured: vmotionOff,
  VMotionNotSupported: vmotionOff,
  VMotionProtocolIncompatible: vmotionOff,
  VMotionNotLicensed: fault(
    ['The license of a host has no live migration', 'Assign a license with vMotion, or choose another host.'],
    [
      'ホストのライセンスにライブマイグレーションが含まれていません',
      'vMotion を含むライセンスを割り当てるか、別のホストを選んでください。',
    ],
  ),
  VMotionLinkDown: vmotionLink,
  VMotionLinkCapacityLow: vmotionLink,
  CpuIncompatible: cpu,
  CpuIncompatible1ECX: cpu,
  CpuIncompatible81EDX: cpu,
  FeatureRequirementsNotMet: cpu,
  CannotAccessNetwork: networkMissing,
  NetworksMayNotBeTheSame: networkMissing,
  MismatchedNetworkPolicies: fault(
    [
      'The network of the destination has other security settings',
      'Compare the policies (promiscuous mode, MAC changes, forged transmits) of both networks and make them equal.',
    ],
    [
      '移動先ネットワークのセキュリティ設定が異なります',
      '両方のネットワークのポリシー(無差別モード、MAC アドレス変更、偽装転送)を比べ、同じにしてください。',
    ],
  ),
  DestinationSwitchFull: fault(
    [
      'The switch of the destination has no free port',
      'Raise the number of ports of the port group, or choose another network.',
    ],
    [
      '移動先のスイッチに空きポートがありません',
      'ポートグループのポート数を増やすか、別のネットワークを選んでください。',
    ],
  ),
  VMOnConflictDVPort: fault(
    [
      'The port of the distributed switch is in conflict',
      'Reconnect the network adapter to its port group, then move again.',
    ],
    [
      '分散スイッチのポートが競合しています',
      'ネットワークアダプタをポートグループに接続し直してから、もう一度移動してください。',
    ],
  ),
  DatacenterMismatch: fault(
    ['Source and destination lie in different data centers', 'Choose a pool, host and datastore of one data center.'],
    [
      '移動元と移動先が異なるデータセンターにあります',
      '同じデータセンターのプール、ホスト、データストアを選んでください。',
    ],
  ),
  HAErrorsAtDest: highAvailability,
  WillLoseHAProtection: highAvailability,
  HostNotConnected: fault(
    ['The host is not connected', 'Connect the host to its vCenter again, or choose another one.'],
    ['ホストが接続されていません', 'ホストを vCenter に再接続するか、別のホストを選んでください。'],
  ),
  HostNotReachable: fault(
    ['The host cannot be reached', 'Check the host and its network, or choose another one.'],
    ['ホストに到達できません', 'ホストとネットワークを確認するか、別のホストを選んでください。'],
  ),
  MigrationDisabled: fault(
    ['Migration is disabled on a host', 'Enable vMotion there, or choose another host.'],
    ['ホストでマイグレーションが無効になっています', 'vMotion を有効にするか、別のホストを選んでください。'],
  ),
  MigrationNotReady: fault(
    ['A host is not ready to migrate', 'Wait until it has left maintenance mode or finished its other tasks.'],
    [
      'ホストがマイグレーションの準備を終えていません',
      'メンテナンスモードの終了、または他のタスクの完了を待ってください。',
    ],
  ),
};
