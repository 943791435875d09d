import type { EvacuationImage } from '../domain/evacuation.ts';
import { topic } from './topic.ts';

interface EvacuationCliTexts {
  readonly folderColumns: readonly string[];
  readonly noFolders: string;
  readonly usable: string;
  readonly imageColumns: readonly string[];
  readonly noImages: string;
  readonly imageStates: Readonly<Record<EvacuationImage['state'], string>>;
  readonly usedBy: (task: string) => string;
  readonly whole: (image: string) => string;
  readonly damaged: (image: string, problem: string) => string;
  readonly deleteQuestion: (image: string, folder: string, size: string) => string;
  readonly deleted: (image: string, folder: string) => string;
  readonly limitColumns: readonly string[];
  readonly limitNames: Readonly<Record<'per-host' | 'per-datastore' | 'per-folder' | 'files-per-vm', string>>;
}

/** Evacuation image folders and images on the command line. */
export const evacuationCli = topic<EvacuationCliTexts>({
  en: {
    folderColumns: ['Folder', 'Free', 'Size', 'Reserved', 'Kept free', 'State'],
    noFolders: 'No evacuation image folder is set up. Add one: vmmigrate folders add <path>',
    usable: 'usable',
    imageColumns: ['Image', 'VM', 'Site', 'Size', 'Evacuated', 'State', 'Folder'],
    noImages: 'There is no evacuation image.',
    imageStates: { sealed: 'sealed', partial: 'incomplete', deleting: 'half deleted', damaged: 'damaged' },
    usedBy: (task) => `used by ${task}`,
    whole: (image) => `${image} is whole: everything in it is as its manifest says.`,
    damaged: (image, problem) => `${image} is damaged: ${problem}.`,
    deleteQuestion: (image, folder, size) => `Delete ${image} (${size}) from ${folder} for good?`,
    deleted: (image, folder) => `Deleted ${image} from ${folder}.`,
    limitColumns: ['At the same time', 'Limit', 'Option'],
    limitNames: {
      'per-host': 'moves from or to one host',
      'per-datastore': 'moves that copy disks from or to one datastore',
      'per-folder': 'evacuations and restores of one folder',
      'files-per-vm': 'files of one VM',
    },
  },
  ja: {
    folderColumns: ['フォルダ', '空き', '容量', '予約', '確保分', '状態'],
    noFolders: '退避イメージ格納フォルダが登録されていません。追加: vmmigrate folders add <パス>',
    usable: '使用可能',
    imageColumns: ['退避イメージ', 'VM', 'サイト', 'サイズ', '退避日時', '状態', 'フォルダ'],
    noImages: '退避イメージはありません。',
    imageStates: { sealed: '確定済み', partial: '不完全', deleting: '削除途中', damaged: '破損' },
    usedBy: (task) => `${task} が使用中`,
    whole: (image) => `${image} に問題はありません。すべての内容がマニフェストと一致しました。`,
    damaged: (image, problem) => `${image} は破損しています: ${problem}。`,
    deleteQuestion: (image, folder, size) => `${folder} の ${image}(${size})を完全に削除しますか?`,
    deleted: (image, folder) => `${folder} の ${image} を削除しました。`,
    limitColumns: ['同時に実行できる数', '上限', 'オプション'],
    limitNames: {
      'per-host': '1 ホストあたりの移動',
      'per-datastore': '1 データストアあたりのディスクコピー',
      'per-folder': '1 フォルダあたりの退避・復元',
      'files-per-vm': '1 仮想マシンあたりのファイル',
    },
  },
});
