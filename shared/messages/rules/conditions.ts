import type { Language } from '../topic.ts';

/** Every rule of the catalogue. */
export type RuleId =
  | 'D1'
  | 'D2'
  | 'D3'
  | 'D4'
  | 'D5'
  | 'D6'
  | `S${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14}`
  | `X${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20}`;

/** When a rule speaks, in one sentence for the rule reference. */
export const conditions: Readonly<Record<RuleId, Record<Language, string>>> = {
  D1: {
    en: 'The VM and the destination are on different kinds of virtualization software.',
    ja: '仮想マシンと移動先の仮想化ソフトウェアの種別が異なる。',
  },
  D2: {
    en: 'The destination is not a pool of a kind the VM can be moved to. VMware: host, resource pool, vApp, cluster. Hyper-V: host, cluster.',
    ja: '移動先に指定できない種類のリソースプールである。VMware: ホスト、リソースプール、vApp、クラスタ。Hyper-V: ホスト、クラスタ。',
  },
  D3: { en: 'The VM is in the destination already.', ja: '仮想マシンがすでに移動先にある。' },
  D4: {
    en: 'The VMs of one operation go to more than one pool.',
    ja: '1回の操作で複数のリソースプールが移動先に指定されている。',
  },
  D5: {
    en: 'The VM is neither running nor powered off, is a template, or is held by another task.',
    ja: '仮想マシンが稼働中でも停止中でもない、テンプレートである、または別のタスクが使用中である。',
  },
  D6: {
    en: 'A running VM would go to another management server (another vCenter or SCVMM).',
    ja: '稼働中の仮想マシンの移動先が、別の管理サーバ（vCenterまたはSCVMM）の管理下にある。',
  },
  S1: {
    en: 'The VM is a node of a guest cluster: it has a shared disk, the platform says so, or a person marked it.',
    ja: 'ゲストクラスタのノードである（共有ディスクがある、または利用者が登録した）。',
  },
  S2: {
    en: 'A USB device is configured and the host is ESX 4.1 or newer.',
    ja: 'ESX 4.1以降のホストで、USBデバイスが構成されている。',
  },
  S3: { en: 'Always, for a cold migration on Hyper-V.', ja: 'Hyper-Vのコールドマイグレーションで常に該当する。' },
  S4: { en: 'Always, for a cold migration on Hyper-V.', ja: 'Hyper-Vのコールドマイグレーションで常に該当する。' },
  S5: {
    en: 'Always, for a cold migration on Hyper-V; checkpoints the VM has already are named.',
    ja: 'Hyper-Vのコールドマイグレーションで常に該当する。既存のチェックポイントがあれば示す。',
  },
  S6: { en: 'An ISO image is mounted.', ja: 'ISOイメージがマウントされている。' },
  S7: { en: 'A virtual floppy disk is in the drive.', ja: 'バーチャルフロッピーディスクを使用している。' },
  S8: { en: 'A pass-through disk is attached.', ja: 'パススルーディスクを持っている。' },
  S9: {
    en: 'The evacuation image folder lacks room for all VMs of the operation beside what is reserved and the floor.',
    ja: '退避イメージ格納フォルダに、予約分と確保分を除いて、対象すべてに十分な空き容量がない。',
  },
  S10: {
    en: "A NIC's port group has VLAN ID 4095 and the destination's switch is a distributed one.",
    ja: '仮想NICのポートグループのVLAN IDが4095で、移動先の仮想スイッチが分散仮想スイッチである。',
  },
  S11: {
    en: "A NIC's VLAN ID is a secondary VLAN ID of the destination's private VLANs, and no private-VLAN port group has it.",
    ja: '仮想NICのVLAN IDが移動先のセカンダリVLAN IDと一致し、その値を持つプライベートVLANポートグループがない。',
  },
  S12: { en: 'A raw device mapping is configured.', ja: 'Raw Device Mappingのデバイスが構成されている。' },
  S13: {
    en: 'Dynamic memory is on, or a checkpoint was made while it was, and a host or manager of either end does not support it.',
    ja: 'ダイナミックメモリが有効か、有効な状態で作成したチェックポイントがあり、移動元または移動先が対応していない。',
  },
  S14: {
    en: 'The source is deleted before the VM is restored.',
    ja: '復元の前に移動元が削除される設定である。',
  },
  X1: { en: 'The VM has snapshots.', ja: 'スナップショットを持っている。' },
  X2: { en: 'A disk is independent.', ja: '独立型のディスクがある。' },
  X3: { en: 'A disk is shared with other VMs.', ja: 'ほかの仮想マシンと共有しているディスクがある。' },
  X4: {
    en: 'A PCI device, a virtual GPU or an SR-IOV adapter of the host is used.',
    ja: 'PCIデバイス、仮想GPU、SR-IOVアダプタを使用している。',
  },
  X5: { en: 'The VM has a virtual TPM or is encrypted.', ja: '仮想TPMがあるか、暗号化されている。' },
  X6: { en: 'Fault tolerance is on.', ja: 'フォールトトレランスが有効である。' },
  X7: { en: 'The VM is bound to CPUs or belongs to DRS rules.', ja: 'CPUアフィニティまたはDRSルールの対象である。' },
  X8: { en: "A NIC's network does not exist at the destination.", ja: '仮想NICのネットワークが移動先にない。' },
  X9: { en: 'The destination lacks disk space for the operation.', ja: '移動先のディスクの空き容量が足りない。' },
  X10: {
    en: 'The host is in maintenance mode or not connected, or the pool has no usable host.',
    ja: 'ホストがメンテナンスモードか未接続である、または使用できるホストがない。',
  },
  X11: {
    en: 'Memory or CPU left is too little for the operation: on the hosts of the destination, or below the limit of the pool or of one it lies in.',
    ja: '移動先のホスト、またはリソースプール（上位を含む）の上限の残りで、メモリまたはCPUの余裕が足りない。',
  },
  X12: {
    en: 'The hardware or configuration version is newer than the destination runs.',
    ja: '仮想ハードウェアまたは構成のバージョンが移動先の対応より新しい。',
  },
  X13: { en: 'Another VM at the destination has the name.', ja: '移動先に同じ名前の仮想マシンがある。' },
  X14: { en: 'Another VM has the MAC address.', ja: 'MACアドレスが重複している。' },
  X15: { en: 'Snapshots need consolidation.', ja: 'スナップショットの統合が必要である。' },
  X16: {
    en: 'The VM is inaccessible, orphaned or invalid, or a disk is on no datastore.',
    ja: '仮想マシンにアクセスできない、または所在不明のディスクがある。',
  },
  X17: {
    en: "A running VM's CPU generation runs on no usable host of the destination.",
    ja: '稼働中の仮想マシンのCPU世代に対応するホストが移動先にない。',
  },
  X18: { en: 'The facts are older than the chosen age.', ja: '情報が指定した期間より古い。' },
  X19: { en: 'A person locked the VM: do not move.', ja: '移動禁止に設定されている。' },
  X20: {
    en: "The platform's own check objects (vSphere CheckRelocate, SCVMM host rating).",
    ja: '仮想化ソフトウェア自身の事前確認で問題が見つかった。',
  },
};
