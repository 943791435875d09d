import { type FaultText, fault } from './fault-text.ts';

const device = fault(
  [
    'A device of the VM does not exist at the destination',
    'Disconnect or remove the device (CD/DVD, floppy, USB, PCI) first, then move again.',
  ],
  [
    '仮想マシンのデバイスが移動先にありません',
    '先にデバイス(CD/DVD、フロッピー、USB、PCI)を切断または削除してから、もう一度移動してください。',
  ],
);

const state = fault(
  ['The VM is in a state that forbids the move', 'Refresh the inventory, look at the power state, and try again.'],
  ['仮想マシンの状態により移動できません', 'インベントリを更新し、電源状態を確認してから、もう一度試してください。'],
);

const snapshots = fault(
  ['The snapshots of the VM stand in the way', 'Delete the snapshots or move their directory, then move again.'],
  [
    'スナップショットのため移動できません',
    'スナップショットを削除するか、保存先を変更してから、もう一度移動してください。',
  ],
);

/** Faults about the VM itself, its devices and the request. */
export const vmFaults: Readonly<Record<string, FaultText>> = {
  DisallowedMigrationDeviceAttached: device,
  DeviceNotSupported: device,
  RemoteDeviceNotSupported: device,
  CannotAccessVmDevice: device,
  CannotAccessVmComponent: device,
  VirtualHardwareVersionNotSupported: fault(
    ['The destination is too old for the hardware version of the VM', 'Choose a host with a newer version.'],
    ['移動先が仮想マシンのハードウェアバージョンに対応していません', 'より新しいバージョンのホストを選んでください。'],
  ),
  MemorySizeNotSupported: fault(
    ['The VM has more memory than the destination allows', 'Choose another host, or lower the memory of the VM.'],
    ['仮想マシンのメモリが移動先の上限を超えています', '別のホストを選ぶか、仮想マシンのメモリを減らしてください。'],
  ),
  NotEnoughCpus: fault(
    ['The VM has more CPUs than the destination', 'Choose a host with more CPUs, or lower the number of the VM.'],
    [
      '仮想マシンの CPU 数が移動先の CPU 数を超えています',
      'CPU の多いホストを選ぶか、仮想マシンの CPU 数を減らしてください。',
    ],
  ),
  AffinityConfigured: fault(
    ['The VM is bound to certain CPUs or NUMA nodes', 'Remove the affinity from the settings of the VM first.'],
    [
      '仮想マシンに CPU または NUMA のアフィニティが設定されています',
      '先に仮想マシンの設定からアフィニティを解除してください。',
    ],
  ),
  SuspendedRelocateNotSupported: fault(
    ['A suspended VM cannot be moved there', 'Resume the VM, or power it off.'],
    ['サスペンド中の仮想マシンは移動できません', '仮想マシンを再開するか、電源を切ってください。'],
  ),
  ToolsInstallationInProgress: fault(
    ['VMware Tools are being installed in the guest', 'Finish or end the installation, then move again.'],
    ['ゲストで VMware Tools のインストール中です', 'インストールを完了または中止してから、もう一度移動してください。'],
  ),
  NoGuestHeartbeat: fault(
    [
      'The guest does not answer',
      'Check that the guest runs and VMware Tools are up to date. The move itself may work.',
    ],
    [
      'ゲストからの応答がありません',
      'ゲストが動作し、VMware Tools が最新であることを確認してください。移動自体は成功することがあります。',
    ],
  ),
  SnapshotRevertIssue: snapshots,
  WillResetSnapshotDirectory: snapshots,
  InvalidState: state,
  InvalidPowerState: state,
  TaskInProgress: fault(
    ['Another task is working on the VM', 'Wait for it to end, then move again.'],
    ['別のタスクが仮想マシンを処理中です', '終了を待ってから、もう一度移動してください。'],
  ),
  NotSupported: fault(
    [
      'The platform does not support this',
      'A template cannot be moved like a VM. Otherwise choose another destination.',
    ],
    [
      '仮想化ソフトウェアがこの操作に対応していません',
      'テンプレートは仮想マシンのようには移動できません。それ以外の場合は別の移動先を選んでください。',
    ],
  ),
  InvalidArgument: fault(
    ['The platform did not accept the request', 'Name the host and the datastore of the destination and try again.'],
    [
      '仮想化ソフトウェアが要求を受け付けませんでした',
      '移動先のホストとデータストアを指定して、もう一度試してください。',
    ],
  ),
  DuplicateName: fault(
    ['The name is already taken at the destination', 'Rename the VM, or choose another destination.'],
    ['移動先に同じ名前があります', '仮想マシンの名前を変更するか、別の移動先を選んでください。'],
  ),
  VmConfigFault: fault(
    [
      'The settings of the VM stand in the way',
      'Read the platform’s own sentence above and change the setting it names.',
    ],
    [
      '仮想マシンの設定により移動できません',
      '上に示した仮想化ソフトウェアのメッセージを確認し、該当する設定を変更してください。',
    ],
  ),
  MigrationFault: fault(
    [
      'The migration failed at the platform',
      'Look at the events of the VM and of both hosts at the server, then try again.',
    ],
    [
      '仮想化ソフトウェア側でマイグレーションに失敗しました',
      'サーバ側で仮想マシンと両ホストのイベントを確認してから、もう一度試してください。',
    ],
  ),
  Timedout: fault(
    ['The platform gave up after its own time limit', 'Try again when the hosts and the network are less busy.'],
    ['仮想化ソフトウェアの制限時間を超えました', 'ホストとネットワークの負荷が下がってから、もう一度試してください。'],
  ),
  RequestCanceled: fault(
    ['The move was cancelled at the server', 'Start it again if it should go on.'],
    ['サーバ側で移動がキャンセルされました', '続ける場合は、もう一度開始してください。'],
  ),
  NoPermission: fault(
    [
      'The account lacks a privilege',
      'Ask the administrator of the site to grant it, or connect with another account.',
    ],
    ['アカウントの権限が不足しています', 'サイトの管理者に権限の付与を依頼するか、別のアカウントで接続してください。'],
  ),
  ManagedObjectNotFound: fault(
    ['An object is no longer there', 'Refresh the inventory and look for the VM and its destination.'],
    ['オブジェクトがもう存在しません', 'インベントリを更新し、仮想マシンと移動先を確認してください。'],
  ),
};
