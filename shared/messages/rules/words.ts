import type { MissingFact } from '../../domain/finding-data.ts';
import { topic } from '../topic.ts';

/** `Hard disk 1, Hard disk 2` — at most five are named, the rest counted. */
export const listed = (names: readonly string[], language: 'en' | 'ja'): string => {
  const separator = language === 'ja' ? '、' : ', ';
  if (names.length <= 5) return names.join(separator);
  const rest = names.length - 5;
  return `${names.slice(0, 5).join(separator)}${language === 'ja' ? ` ほか${rest}件` : ` and ${rest} more`}`;
};

/** What the inventory did not tell, in words. */
export const missingFacts = topic<Record<MissingFact, string>>({
  en: {
    facts: 'any fact about it',
    disks: 'its disks',
    'disk-sharing': 'whether its disks are shared',
    'disk-mode': 'the mode of its disks',
    devices: 'its devices',
    drives: 'its CD/DVD and floppy drives',
    'drive-connection': 'whether the drive is connected',
    checkpoints: 'its snapshots or checkpoints',
    adapters: 'its network adapters',
    'adapter-network': 'the network of the adapter',
    'port-group-vlan': 'the VLAN ID of the port group',
    'private-vlans': 'its private VLANs',
    'host-version': 'the version of the host',
    'dynamic-memory': 'whether dynamic memory is on',
    'dynamic-memory-support': 'whether it supports dynamic memory',
    'folder-space': 'the free space of the evacuation image folder',
    'datastore-space': 'the free space of the datastore',
    capacity: 'its memory in use',
    'pool-limit': 'the memory and CPU limits of the pool',
    'pool-cpu': 'its CPU in use',
    'hardware-version': 'the VM hardware version',
    'cpu-level': 'the CPU generation',
    names: 'the names of the VMs there',
    'mac-addresses': 'the MAC addresses of other VMs',
    encryption: 'whether it is encrypted',
    'fault-tolerance': 'whether fault tolerance is on',
    'placement-rules': 'the DRS rules it belongs to',
    consolidation: 'whether its snapshots need consolidation',
    hosts: 'its hosts',
  },
  ja: {
    facts: '情報全般',
    disks: 'ディスク構成',
    'disk-sharing': 'ディスクの共有状態',
    'disk-mode': 'ディスクのモード',
    devices: 'デバイス構成',
    drives: 'CD/DVD・フロッピードライブの状態',
    'drive-connection': 'ドライブの接続状態',
    checkpoints: 'スナップショット・チェックポイント',
    adapters: 'ネットワークアダプタの構成',
    'adapter-network': 'アダプタの接続先ネットワーク',
    'port-group-vlan': 'ポートグループのVLAN ID',
    'private-vlans': 'プライベートVLANの設定',
    'host-version': 'ホストのバージョン',
    'dynamic-memory': 'ダイナミックメモリの有効・無効',
    'dynamic-memory-support': 'ダイナミックメモリへの対応',
    'folder-space': '退避イメージ格納フォルダの空き容量',
    'datastore-space': 'データストアの空き容量',
    capacity: 'メモリの使用量',
    'pool-limit': 'リソースプールのメモリとCPUの上限',
    'pool-cpu': 'CPUの使用量',
    'hardware-version': '仮想ハードウェアのバージョン',
    'cpu-level': 'CPUの世代',
    names: '移動先の仮想マシン名',
    'mac-addresses': 'ほかの仮想マシンのMACアドレス',
    encryption: '暗号化の有無',
    'fault-tolerance': 'フォールトトレランスの有効・無効',
    'placement-rules': '所属するDRSルール',
    consolidation: 'スナップショット統合の要否',
    hosts: 'ホストの情報',
  },
});
