import type { LostVm } from '../domain/evacuation.ts';
import { counted, topic } from './topic.ts';

type StateName = 'sealed' | 'partial' | 'deleting' | 'damaged';
type RiskName = 'only-copy' | 'same-name' | 'source-there' | 'not-known' | 'left-over';

interface ImagesTexts {
  readonly heading: string;
  readonly count: (count: number) => string;
  readonly search: string;
  readonly refresh: string;
  readonly close: string;
  readonly folders: string;
  readonly reading: string;
  readonly readFailed: string;
  readonly folderProblem: (folder: string, problem: string) => string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly noFolders: string;
  readonly noFoldersHint: string;
  readonly setUpFolder: string;
  readonly noHit: (text: string) => string;
  readonly unknownVm: string;
  readonly columns: {
    readonly image: string;
    readonly state: string;
    readonly size: string;
    readonly age: string;
    readonly acts: string;
  };
  readonly states: Readonly<Record<StateName, string>>;
  readonly usedBy: (task: string) => string;
  readonly path: string;
  readonly showPath: (image: string) => string;
  readonly copyPath: string;
  readonly copied: string;
  readonly copyFailed: string;
  readonly files: (count: number, size: string) => string;
  readonly networks: (names: string) => string;
  readonly writtenBy: (version: string, at: string) => string;
  readonly restore: string;
  readonly restoreImage: (vm: string) => string;
  readonly verify: string;
  readonly verifyImage: (vm: string) => string;
  readonly stopVerifying: (vm: string) => string;
  readonly verifying: string;
  readonly verified: (age: string) => string;
  readonly differs: (problem: string, age: string) => string;
  readonly verifyFailed: (cause: string) => string;
  readonly remove: string;
  readonly removeImage: (vm: string) => string;
  readonly why: {
    readonly inUse: (task: string) => string;
    readonly notWhole: string;
    readonly damaged: string;
    readonly noRecord: string;
  };
  readonly deleteTitle: (vm: string) => string;
  readonly deleteText: Readonly<Record<RiskName, (vm: string, path: string) => string>>;
  readonly deleteAct: (vm: string) => string;
  readonly typeName: (vm: string) => string;
  readonly deleted: (vm: string) => string;
  readonly findLost: string;
  readonly lostHeading: string;
  readonly lostHint: string;
  readonly looking: string;
  readonly lostFailed: string;
  readonly noneLost: string;
  readonly notConnected: (sites: string) => string;
  readonly comparedAt: (age: string) => string;
  readonly lost: Readonly<Record<LostVm['kind'], (vm: string) => string>>;
  readonly lostStep: Readonly<Record<LostVm['kind'], string>>;
  readonly show: (vm: string) => string;
}

/** The view of evacuation images and the lost-VM finder in it. */
export const images = topic<ImagesTexts>({
  en: {
    heading: 'Evacuation images',
    count: (count) => counted(count, 'image'),
    search: 'Search images by VM, site, pool, host or folder',
    refresh: 'Read the folders again',
    close: 'Back to the inventory',
    folders: 'Folders…',
    reading: 'Reading the image folders…',
    readFailed: 'The images could not be read',
    folderProblem: (folder, problem) => `${folder} ${problem}: its images are not shown.`,
    empty: 'No images',
    emptyHint: 'An image is here while a stopped VM is on its way, after “Evacuate…”, and when a migration keeps it.',
    noFolders: 'No evacuation image folder yet',
    noFoldersHint: 'Stopped VMs are moved through a folder that holds their image meanwhile.',
    setUpFolder: 'Set up a folder…',
    noHit: (text) => `No image fits “${text}”.`,
    unknownVm: 'VM not known',
    columns: { image: 'VM and where it came from', state: 'State', size: 'Size', age: 'Made', acts: 'Actions' },
    states: { sealed: 'Sealed', partial: 'Not whole', deleting: 'Half deleted', damaged: 'Damaged' },
    usedBy: (task) => `in use by ${task}`,
    path: 'Path',
    showPath: (image) => `Details of ${image}`,
    copyPath: 'Copy the path',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    files: (count, size) => `${counted(count, 'file')}, ${size}`,
    networks: (names) => `Networks: ${names}`,
    writtenBy: (version, at) => `Written by version ${version}, ${at}`,
    restore: 'Restore…',
    restoreImage: (vm) => `Restore ${vm}`,
    verify: 'Verify',
    verifyImage: (vm) => `Verify the image of ${vm}`,
    stopVerifying: (vm) => `Stop verifying the image of ${vm}`,
    verifying: 'Reading all of it and comparing…',
    verified: (age) => `All of it matches its manifest, compared ${age}`,
    differs: (problem, age) => `${problem} (compared ${age})`,
    verifyFailed: (cause) => `Not compared: ${cause}`,
    remove: 'Delete',
    removeImage: (vm) => `Delete the image of ${vm}`,
    why: {
      inUse: (task) => `${task} works with it`,
      notWhole: 'It was never sealed, or is half deleted: there is no whole VM in it',
      damaged: 'It differs from its manifest: it is not restored',
      noRecord: 'What is in it cannot be understood',
    },
    deleteTitle: (vm) => `Delete the image of ${vm}?`,
    deleteText: {
      'only-copy': (vm, path) =>
        `No VM of that name or identity is in the inventory: this may be the only copy of ${vm}. When the image is deleted, ${vm} is gone for good.\n${path}`,
      'same-name': (vm, path) =>
        `The VM this image was made of is gone; another one called ${vm} is in the inventory. Make sure that it is the restored one. The image is deleted for good.\n${path}`,
      'source-there': (vm, path) =>
        `${vm}, which this image was made of, is still in the inventory. The image is deleted for good.\n${path}`,
      'not-known': (_vm, path) =>
        `What is in this image cannot be understood, so it is not known whether its VM exists elsewhere. It is deleted for good.\n${path}`,
      'left-over': (_vm, path) =>
        `It is not whole, and no VM can be made from it. What is left of it is deleted for good.\n${path}`,
    },
    deleteAct: (vm) => `Delete the image of ${vm}`,
    typeName: (vm) => `Type ${vm} to confirm`,
    deleted: (vm) => `The image of ${vm} was deleted.`,
    findLost: 'Find lost VMs',
    lostHeading: 'Lost VMs',
    lostHint: 'Compares images, task log and inventories.',
    looking: 'Comparing images, task log and inventories…',
    lostFailed: 'Lost VMs could not be looked for',
    noneLost: 'Nothing is lost: every image, task and parked VM fits together.',
    notConnected: (sites) => `Not connected: ${sites}. What lies there may seem lost, or be missed.`,
    comparedAt: (age) => `Compared ${age}`,
    lost: {
      'only-an-image': (vm) => `${vm} is only an image: it is in no inventory, and no task works with it.`,
      'only-an-unsealed-image': (vm) =>
        `${vm} is only an image that was never sealed: it is in no inventory, and no task works with it.`,
      'left-over-partial': (vm) => `An image of ${vm} was begun and never sealed.`,
      'half-deleted': (vm) => `An image of ${vm} was to be deleted, and not all of it is.`,
      twice: (vm) => `${vm} is there twice: a parked source beside the restored VM.`,
      'parked-without-task': (vm) => `${vm} is parked, and no task works with it.`,
    },
    lostStep: {
      'only-an-image': 'Restore it. Do not delete the image before.',
      'only-an-unsealed-image':
        'Verify it: when all of it is right, it is sealed and can be restored. Do not delete it.',
      'left-over-partial': 'Its VM was left where it was: what is left of the image can be deleted.',
      'half-deleted': 'Make sure that the VM is somewhere else or not needed. Then delete what is left of it.',
      twice: 'Compare the two. Delete the parked one only when the other is right; never power on both.',
      'parked-without-task':
        'Look for its restored VM, or restore its image. If there is neither, give it its own name back: it is the only one.',
    },
    show: (vm) => `Show ${vm}`,
  },
  ja: {
    heading: '退避イメージ',
    count: (count) => `${count}件`,
    search: '仮想マシン、サイト、プール、ホスト、フォルダで検索',
    refresh: 'フォルダを再読み込み',
    close: 'インベントリに戻る',
    folders: 'フォルダ…',
    reading: '格納フォルダを読み込み中…',
    readFailed: '退避イメージを読み込めませんでした',
    folderProblem: (folder, problem) => `${folder} ${problem}。その退避イメージは表示されません。`,
    empty: '退避イメージはありません',
    emptyHint: '停止した仮想マシンの移動中、「退避…」の後、および移動後に保持したときに表示されます。',
    noFolders: '退避イメージ格納フォルダがありません',
    noFoldersHint: '停止した仮想マシンは、退避イメージを一時的に置くフォルダを経由して移動します。',
    setUpFolder: 'フォルダを設定…',
    noHit: (text) => `「${text}」に一致する退避イメージはありません。`,
    unknownVm: '仮想マシン不明',
    columns: { image: '仮想マシンと取得元', state: '状態', size: 'サイズ', age: '作成', acts: '操作' },
    states: { sealed: '確定済み', partial: '不完全', deleting: '削除途中', damaged: '破損' },
    usedBy: (task) => `${task} が使用中`,
    path: 'パス',
    showPath: (image) => `${image} の詳細`,
    copyPath: 'パスをコピー',
    copied: 'コピーしました',
    copyFailed: 'コピーできませんでした',
    files: (count, size) => `ファイル ${count}個、${size}`,
    networks: (names) => `ネットワーク：${names}`,
    writtenBy: (version, at) => `バージョン ${version} で作成、${at}`,
    restore: '復元…',
    restoreImage: (vm) => `${vm} を復元`,
    verify: '検証',
    verifyImage: (vm) => `${vm} の退避イメージを検証`,
    stopVerifying: (vm) => `${vm} の退避イメージの検証を中止`,
    verifying: 'すべて読み取って照合しています…',
    verified: (age) => `すべてマニフェストと一致（${age}に照合）`,
    differs: (problem, age) => `${problem}（${age}に照合）`,
    verifyFailed: (cause) => `照合できませんでした：${cause}`,
    remove: '削除',
    removeImage: (vm) => `${vm} の退避イメージを削除`,
    why: {
      inUse: (task) => `${task} が使用しています`,
      notWhole: '確定していないか削除途中のため、完全な仮想マシンが含まれていません',
      damaged: 'マニフェストと一致しないため復元しません',
      noRecord: '内容を解釈できません',
    },
    deleteTitle: (vm) => `${vm} の退避イメージを削除しますか？`,
    deleteText: {
      'only-copy': (vm, path) =>
        `同じ名前または同一の仮想マシンがインベントリにありません。これが ${vm} の唯一のコピーである可能性があります。削除すると ${vm} は完全に失われます。\n${path}`,
      'same-name': (vm, path) =>
        `取得元の仮想マシンは存在せず、${vm} という名前の別の仮想マシンがインベントリにあります。それが復元したものであることを確認してください。退避イメージは完全に削除されます。\n${path}`,
      'source-there': (vm, path) =>
        `取得元の ${vm} はインベントリに残っています。退避イメージは完全に削除されます。\n${path}`,
      'not-known': (_vm, path) =>
        `内容を解釈できないため、仮想マシンが他に存在するか確認できません。完全に削除されます。\n${path}`,
      'left-over': (_vm, path) =>
        `完全ではなく、仮想マシンを作成できません。残っているものは完全に削除されます。\n${path}`,
    },
    deleteAct: (vm) => `${vm} の退避イメージを削除`,
    typeName: (vm) => `確認のため ${vm} と入力`,
    deleted: (vm) => `${vm} の退避イメージを削除しました。`,
    findLost: '失われた VM を探す',
    lostHeading: '失われた仮想マシン',
    lostHint: '退避イメージ、タスクログ、インベントリを照合します。',
    looking: '退避イメージ、タスクログ、インベントリを照合しています…',
    lostFailed: '失われた仮想マシンを確認できませんでした',
    noneLost: '失われたものはありません。退避イメージ、タスク、保留中の仮想マシンはすべて整合しています。',
    notConnected: (sites) =>
      `未接続：${sites}。そこにある仮想マシンが失われたように見えるか、見落とされることがあります。`,
    comparedAt: (age) => `${age}に照合`,
    lost: {
      'only-an-image': (vm) => `${vm} は退避イメージだけです。どのインベントリにもなく、使用中のタスクもありません。`,
      'only-an-unsealed-image': (vm) =>
        `${vm} は確定していない退避イメージだけです。どのインベントリにもなく、使用中のタスクもありません。`,
      'left-over-partial': (vm) => `${vm} の退避イメージは書き込み途中で、確定していません。`,
      'half-deleted': (vm) => `${vm} の退避イメージは削除の途中で止まっています。`,
      twice: (vm) => `${vm} が二重に存在します。復元した仮想マシンのほかに、保留中の移動元があります。`,
      'parked-without-task': (vm) => `${vm} は保留中ですが、使用中のタスクがありません。`,
    },
    lostStep: {
      'only-an-image': '復元してください。それまで退避イメージを削除しないでください。',
      'only-an-unsealed-image': '検証してください。すべて正しければ確定し、復元できます。削除しないでください。',
      'left-over-partial': '仮想マシンは元の場所のままです。残っている退避イメージは削除できます。',
      'half-deleted': '仮想マシンが別の場所にあるか、不要であることを確認してから、残りを削除してください。',
      twice:
        '両方を比較し、もう一方が正しい場合に限り、保留中のものを削除してください。両方の電源を入れてはいけません。',
      'parked-without-task':
        '復元した仮想マシンを探すか、退避イメージから復元してください。どちらもなければ唯一のものです。元の名前に戻してください。',
    },
    show: (vm) => `${vm} を表示`,
  },
});
