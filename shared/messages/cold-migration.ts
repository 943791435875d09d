import type { ImagePolicy, SourcePolicy } from '../domain/evacuation.ts';
import { counted, topic } from './topic.ts';

/** What a person chooses for stopped VMs: method, evacuation image folder, what becomes of source and image. */
export const coldMigration = topic({
  en: {
    evacuateTitle: (vms: readonly string[]) =>
      `Evacuate ${vms.length === 1 ? vms[0] : counted(vms.length, 'VM')} to an image`,
    restoreTitle: (vm: string, destination: string | null) =>
      `Restore ${vm}${destination === null ? '' : ` to ${destination}`}`,
    cold: (count: number) => `${count} cold`,
    poweredOnWhenDone: 'powered on when done',
    staysOff: 'powered off when done',
    becomesImage: 'kept as an image',
    fromImage: (folder: string, age: string) => `image of ${age} in ${folder}`,

    method: 'Cold migration method',
    methodOf: (names: string) => `for ${names}`,
    viaFolder: 'Via evacuation folder',
    viaFolderText:
      'Exported to a verified image, restored at the destination, powered on. The source stays parked until then. Snapshots and mounted ISO images are left behind.',
    viaFolderTextDeleting:
      'Exported to a verified image, deleted at the source, restored at the destination, powered on. Snapshots and mounted ISO images are left behind.',
    direct: 'Direct',
    directText:
      'The platform relocates the powered-off VM by itself, then it is powered on. No copy through this machine, no image, no folder space.',
    directOnly: (names: string) => `For ${names} only; the others go to another management server.`,
    directImpossible: 'Only within one management server.',
    poolOnly: 'Only the pool changes within the cluster, so no data is copied.',
    poolOnlyOf: (names: string) => `For ${names} only the pool changes within the cluster, so no data is copied.`,
    directCopiesNothing: 'Only the pool changes within the cluster: “Direct” copies no data.',
    directCopiesNothingOf: (names: string) =>
      `For ${names} only the pool changes within the cluster: “Direct” copies no data.`,

    folder: 'Evacuation image folder',
    chooseFolder: 'Choose a folder',
    addFolder: 'Add folder…',
    noFolders: 'No folder is set up yet. Add one on a volume with room for the disks.',
    foldersUnread: 'The folders could not be read',
    unusable: (problem: string) => problem,
    path: 'Path of the folder',
    pathHint: 'On this machine, mounted, or a UNC share',
    browse: 'Browse…',
    floor: 'Never use the last (GB)',
    floorHint: 'Stays free. Empty: the console chooses.',
    noFloor: 'A number from 0 to 1,000,000 is needed',
    add: 'Add folder',
    adding: 'Looking at the folder…',
    notAdded: 'The folder was not added',
    notRemoved: 'The folder was not removed',
    notChosen: 'No folder could be chosen',
    remove: 'Remove',
    removeFolder: (path: string) => `Remove ${path}`,
    imagesStay: 'The images in a folder that is removed from this list stay where they are.',

    inUse: 'in use',
    reserved: 'reserved',
    needed: 'needed',
    freeAfter: 'free after',
    free: 'free',
    neverUsed: 'floor, never used',
    space: (folder: string) => `Room in ${folder}`,
    spaceSentence: (used: string, reserved: string, needed: string | null, free: string, floor: string) =>
      `${used} in use, ${reserved} reserved, ${needed === null ? '' : `${needed} needed for this, `}${free} free${needed === null ? '' : ' after it'}, ${floor} never used`,
    imagesOf: (data: string, margin: string, peak: string | null) =>
      `${data} of disks and ${margin} of margin${peak === null ? '.' : ` in all, ${peak} of it at the same time.`}`,
    fits: 'Fits',
    fitsWith: (count: number) => `Fits with ${count} at a time`,
    lacks: (bytes: string) => `Lacks ${bytes}`,
    moveAtATime: (count: number) => `Move ${count} at a time`,

    source: 'Source of cold moves',
    sourceOfEvacuation: 'Source',
    sourcePolicies: {
      'retain-until-restored': 'Keep until restored',
      'delete-before-restore': 'Delete before restore',
    } satisfies Record<SourcePolicy, string>,
    sourcePoliciesOfEvacuation: {
      'retain-until-restored': 'Keep it, parked',
      'delete-before-restore': 'Delete it',
    } satisfies Record<SourcePolicy, string>,
    sourceKept: 'The source is renamed and kept from booting; it is deleted once the restored VM runs.',
    sourceDeleted:
      'The source is deleted as soon as its image is verified, before the restore begins. Until the restore ends, the VM exists only as an image.',
    sourceParked: 'The source is renamed and kept from booting, and stays beside the image.',
    sourceGone: 'The source is deleted as soon as its image is verified. Then the VM exists only as an image.',
    image: 'Image afterwards',
    imagePolicies: {
      'delete-when-restored': 'Delete when restored',
      keep: 'Keep',
    } satisfies Record<ImagePolicy, string>,
    afterwards: 'When restored',
    powerOn: 'Power on',
    leaveOff: 'Leave powered off',

    startEvacuation: 'Start evacuation',
    startRestore: 'Start restore',
    canMigrate: (hot: number, cold: number) =>
      `Ready to start ${[
        ...(hot > 0 ? [counted(hot, 'hot migration')] : []),
        ...(cold > 0 ? [counted(cold, 'cold migration')] : []),
      ].join(' and ')}.`,
    canEvacuate: (count: number) => `Ready to start ${counted(count, 'evacuation')}.`,
    canRestore: 'Ready to restore.',
    obstacles: {
      noFolder: 'the evacuation image folder is not chosen',
      folderUnusable: (folder: string, problem: string) => `${folder} ${problem}`,
    },
    evacuateWhy: { noneStopped: 'Only stopped VMs can be evacuated: none of the selected ones is' },

    /** One line of the command line. */
    roomLine: (folder: string, needed: string, free: string | null, reserved: string, floor: string) =>
      free === null
        ? `${folder}: ${needed} of images; its room cannot be read now`
        : `${folder}: ${needed} of images; ${free} free, of which ${reserved} are reserved and ${floor} never used`,

    foldersTitle: 'Evacuation image folders',
    foldersMenu: 'Evacuation image folders…',
  },
  ja: {
    evacuateTitle: (vms) => `${vms.length === 1 ? `${vms[0]} ` : `仮想マシン ${vms.length}台`}をイメージに退避`,
    restoreTitle: (vm, destination) => (destination === null ? `${vm} を復元` : `${vm} を ${destination} へ復元`),
    cold: (count) => `コールド ${count}台`,
    poweredOnWhenDone: '完了後に電源オン',
    staysOff: '完了後も電源オフ',
    becomesImage: 'イメージとして保管',
    fromImage: (folder, age) => `${folder} の退避イメージ（${age}）`,

    method: 'コールドマイグレーションの方式',
    methodOf: (names) => `対象：${names}`,
    viaFolder: '退避フォルダ経由',
    viaFolderText:
      '検証済みイメージへ退避し、移動先に復元して電源オン。完了まで移動元を保留します。スナップショットとマウント中の ISO は引き継ぎません。',
    viaFolderTextDeleting:
      '検証済みイメージへ退避し、移動元を削除してから移動先に復元し、電源オン。スナップショットとマウント中の ISO は引き継ぎません。',
    direct: '直接移動',
    directText:
      '電源オフのまま仮想化ソフトウェアが再配置し、その後電源オン。このマシンを経由するコピーも、イメージも、退避先の容量も不要です。',
    directOnly: (names) => `対象は ${names} だけです。ほかは別の管理サーバへ移動します。`,
    directImpossible: '同じ管理サーバ内でのみ使用できます。',
    poolOnly: 'クラスタ内でリソースプールだけが変わるため、データはコピーしません。',
    poolOnlyOf: (names) => `${names} はクラスタ内でリソースプールだけが変わるため、データはコピーしません。`,
    directCopiesNothing: 'クラスタ内でリソースプールだけが変わるため、「直接移動」ではデータをコピーしません。',
    directCopiesNothingOf: (names) =>
      `${names} はクラスタ内でリソースプールだけが変わるため、「直接移動」ではデータをコピーしません。`,

    folder: '退避イメージ格納フォルダ',
    chooseFolder: 'フォルダを選択',
    addFolder: 'フォルダを追加…',
    noFolders: 'フォルダが未登録です。ディスクの容量に余裕のあるボリュームのフォルダを追加してください。',
    foldersUnread: 'フォルダの情報を取得できませんでした',
    unusable: (problem) => `このフォルダ${problem}`,
    path: 'フォルダのパス',
    pathHint: 'このマシン上のフォルダ、マウントしたフォルダ、または UNC 共有',
    browse: '参照…',
    floor: '最低確保容量（GB）',
    floorHint: '必ず残す容量。空欄なら自動で決定',
    noFloor: '0～1,000,000 の数値を入力してください',
    add: 'フォルダを追加',
    adding: 'フォルダを確認しています…',
    notAdded: 'フォルダを追加できませんでした',
    notRemoved: 'フォルダを一覧から外せませんでした',
    notChosen: 'フォルダを選択できませんでした',
    remove: '一覧から外す',
    removeFolder: (path) => `${path} を一覧から外す`,
    imagesStay: '一覧から外しても、フォルダ内の退避イメージは残ります。',

    inUse: '使用中',
    reserved: '予約済み',
    needed: '必要量',
    freeAfter: '実行後の空き',
    free: '空き',
    neverUsed: '最低確保容量',
    space: (folder) => `${folder} の容量`,
    spaceSentence: (used, reserved, needed, free, floor) =>
      `使用中 ${used}、予約済み ${reserved}、${needed === null ? '' : `必要量 ${needed}、実行後の`}空き ${free}、最低確保容量 ${floor}`,
    imagesOf: (data, margin, peak) =>
      `ディスク ${data} ＋余裕 ${margin}${peak === null ? '。' : `（同時に必要なのは ${peak}）。`}`,
    fits: '収容可',
    fitsWith: (count) => `同時${count}台まで収容可`,
    lacks: (bytes) => `${bytes} 不足`,
    moveAtATime: (count) => `同時実行数を${count}に変更`,

    source: '移動元の扱い',
    sourceOfEvacuation: '退避元の扱い',
    sourcePolicies: { 'retain-until-restored': '復元まで保留', 'delete-before-restore': '復元前に削除' },
    sourcePoliciesOfEvacuation: { 'retain-until-restored': '保留して残す', 'delete-before-restore': '削除' },
    sourceKept: '移動元は名前を変えて起動できないようにし、復元した仮想マシンが稼働したら削除します。',
    sourceDeleted:
      'イメージの検証が済みしだい、復元の前に移動元を削除します。復元が完了するまで、仮想マシンはイメージとしてだけ存在します。',
    sourceParked: '退避元は名前を変えて起動できないようにし、イメージとともに残します。',
    sourceGone: 'イメージの検証が済みしだい退避元を削除します。以後、仮想マシンはイメージとしてだけ存在します。',
    image: '完了後のイメージ',
    imagePolicies: { 'delete-when-restored': '復元後に削除', keep: '保持' },
    afterwards: '復元後',
    powerOn: '電源オン',
    leaveOff: '電源オフのまま',

    startEvacuation: '退避を開始',
    startRestore: '復元を開始',
    canMigrate: (hot, cold) =>
      `${[
        ...(hot > 0 ? [`ホットマイグレーション ${hot}件`] : []),
        ...(cold > 0 ? [`コールドマイグレーション ${cold}件`] : []),
      ].join('と')}を開始できます。`,
    canEvacuate: (count) => `退避 ${count}件を開始できます。`,
    canRestore: '復元を開始できます。',
    obstacles: {
      noFolder: '退避イメージ格納フォルダが未選択',
      folderUnusable: (folder) => `${folder} は使用不可`,
    },
    evacuateWhy: { noneStopped: '退避できるのは停止中の仮想マシンだけです' },

    roomLine: (folder, needed, free, reserved, floor) =>
      free === null
        ? `${folder}: イメージ ${needed}。空き容量は現在取得できません`
        : `${folder}: イメージ ${needed}、空き ${free}（うち予約済み ${reserved}、最低確保容量 ${floor}）`,

    foldersTitle: '退避イメージ格納フォルダ',
    foldersMenu: '退避イメージ格納フォルダ…',
  },
});
