import { type FaultText, fault } from './fault-text.ts';

const space = fault(
  ['The datastore lacks free space', 'Choose a datastore with more free space, or free some.'],
  ['データストアの空き容量が不足しています', '空き容量の多いデータストアを選ぶか、空きを増やしてください。'],
);

const rawDevice = fault(
  [
    'A raw device mapping (RDM) stands in the way',
    'Make its LUN visible to the destination host, or remove the RDM device first.',
  ],
  [
    'Raw Device Mapping(RDM)のため移動できません',
    '移動先ホストから LUN を見えるようにするか、先に RDM デバイスを解除してください。',
  ],
);

const passThroughDisk = fault(
  ['A pass-through disk stands in the way', 'Detach the disk first.'],
  ['パススルーディスクのため移動できません', '先にディスクを切り離してください。'],
);

const delta = fault(
  ['A disk has snapshots that cannot move with it', 'Delete or consolidate the snapshots, then move again.'],
  [
    'ディスクのスナップショットを一緒に移動できません',
    'スナップショットを削除または統合してから、もう一度移動してください。',
  ],
);

const sharedBus = fault(
  ['A SCSI controller or disk is shared between VMs', 'End the sharing, or power the VM off and move it cold.'],
  [
    'SCSI コントローラまたはディスクが仮想マシン間で共有されています',
    '共有をやめるか、電源を切ってコールドマイグレーションしてください。',
  ],
);

const independent = fault(
  [
    'An independent or non-persistent disk stands in the way',
    'Change the disk mode to dependent, with the VM powered off.',
  ],
  [
    '独立型または非永続のディスクのため移動できません',
    '仮想マシンを停止し、ディスクモードを依存型に変更してください。',
  ],
);

const datastore = fault(
  [
    'The datastore cannot be used',
    'Check that it is mounted and accessible on the destination host and not in maintenance mode.',
  ],
  [
    'データストアを使用できません',
    '移動先ホストでマウントされ、アクセスでき、メンテナンスモードでないことを確認してください。',
  ],
);

/** Faults about disks and datastores. */
export const diskFaults: Readonly<Record<string, FaultText>> = {
  InsufficientStorageSpace: space,
  InsufficientStorageIops: space,
  NoDiskSpace: space,
  InsufficientDisks: space,
  RDMNotSupported: rawDevice,
  RDMNotSupportedOnDatastore: rawDevice,
  RDMNotPreserved: rawDevice,
  RDMConversionNotSupported: rawDevice,
  RDMPointsToInaccessibleDisk: rawDevice,
  NonHomeRDMVMotionNotSupported: rawDevice,
  RawDiskNotSupported: passThroughDisk,
  IndependentDiskVMotionNotSupported: independent,
  NonPersistentDisksNotSupported: independent,
  CannotMoveVmWithDeltaDisk: delta,
  CannotMoveVmWithNativeDeltaDisk: delta,
  DeltaDiskFormatNotSupported: delta,
  UncommittedUndoableDisk: delta,
  SharedBusControllerNotSupported: sharedBus,
  InvalidDatastore: datastore,
  InaccessibleDatastore: datastore,
  DatastoreNotWritableOnHost: datastore,
  CannotAccessVmDisk: fault(
    ['A disk of the VM cannot be read from the destination', 'Make its datastore visible to the destination host.'],
    [
      '移動先から仮想マシンのディスクを読み取れません',
      'ディスクのあるデータストアを移動先ホストから見えるようにしてください。',
    ],
  ),
  UnsharedSwapVMotionNotSupported: fault(
    [
      'The swap file of the VM lies on a datastore the destination does not see',
      'Put the swap file beside the VM, or name a datastore for the move.',
    ],
    [
      '仮想マシンのスワップファイルが移動先から見えないデータストアにあります',
      'スワップファイルを仮想マシンと同じ場所に置くか、移動先のデータストアを指定してください。',
    ],
  ),
  FileFault: fault(
    ['A file of the VM cannot be used', 'Check the datastore of the VM and the free space of the destination.'],
    ['仮想マシンのファイルを使用できません', '仮想マシンのデータストアと、移動先の空き容量を確認してください。'],
  ),
  FileLocked: fault(
    ['A file of the VM is locked', 'Wait for the other task, backup or host that holds it, then move again.'],
    [
      '仮想マシンのファイルがロックされています',
      '使用中のタスク、バックアップ、ホストの処理が終わってから、もう一度移動してください。',
    ],
  ),
  FileAlreadyExists: fault(
    ['A file of that name is already at the destination', 'Choose another datastore, or rename the VM.'],
    ['同じ名前のファイルが移動先にすでにあります', '別のデータストアを選ぶか、仮想マシンの名前を変更してください。'],
  ),
};
