import { type Language, topic } from './topic.ts';

/** Names of vSphere's tasks by the id they bear (vSphere API reference, TaskInfo.descriptionId). */
const names = topic({
  en: {
    'VirtualMachine.relocate': 'being moved',
    'VirtualMachine.migrate': 'being moved',
    'VirtualMachine.clone': 'being cloned',
    'VirtualMachine.createSnapshot': 'snapshot being made',
    'VirtualMachine.removeAllSnapshots': 'snapshots being removed',
    'VirtualMachine.consolidateDisks': 'disks being consolidated',
    'VirtualMachine.reconfigure': 'being reconfigured',
    'VirtualMachine.powerOn': 'being powered on',
    'VirtualMachine.powerOff': 'being powered off',
    'VirtualMachine.suspend': 'being suspended',
    'VirtualMachine.reset': 'being reset',
    'VirtualMachine.destroy': 'being deleted',
    'VirtualMachine.unregister': 'being unregistered',
    'VirtualMachine.rename': 'being renamed',
    'VirtualMachine.ExportVmLRO': 'being exported',
    'ResourcePool.ImportVAppLRO': 'being imported',
  },
  ja: {
    'VirtualMachine.relocate': '移動中',
    'VirtualMachine.migrate': '移動中',
    'VirtualMachine.clone': 'クローン作成中',
    'VirtualMachine.createSnapshot': 'スナップショット作成中',
    'VirtualMachine.removeAllSnapshots': 'スナップショット削除中',
    'VirtualMachine.consolidateDisks': 'ディスク統合中',
    'VirtualMachine.reconfigure': '構成変更中',
    'VirtualMachine.powerOn': '起動中',
    'VirtualMachine.powerOff': '停止中',
    'VirtualMachine.suspend': 'サスペンド中',
    'VirtualMachine.reset': 'リセット中',
    'VirtualMachine.destroy': '削除中',
    'VirtualMachine.unregister': '登録解除中',
    'VirtualMachine.rename': '名前の変更中',
    'VirtualMachine.ExportVmLRO': 'エクスポート中',
    'ResourcePool.ImportVAppLRO': 'インポート中',
  },
});

/** What holds a VM, in words; the platform's own words stay as they are. */
export const busyText = (busyWith: string, language: Language): string =>
  (names[language] as Readonly<Record<string, string>>)[busyWith] ?? busyWith;
