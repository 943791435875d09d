import type {
  FolderProblem,
  FollowUp,
  HardwareDifference,
  ImageProblem,
  RecoveryAction,
  RecoveryObstacle,
} from '../domain/evacuation.ts';
import type { ColdEventBody, TaskEventBody, WaitReason } from '../domain/task.ts';
import { duration, size } from './format.ts';
import { busyText } from './platform-tasks.ts';
import { type Language, topic } from './topic.ts';

type ColdEvents = Exclude<ColdEventBody['kind'], 'follow-up'>;
type Body<Kind extends TaskEventBody['kind']> = Extract<TaskEventBody, { readonly kind: Kind }>;
type Wait<Kind extends WaitReason['kind']> = Extract<WaitReason, { readonly kind: Kind }>;

interface EvacuationTexts {
  readonly events: { readonly [Kind in ColdEvents]: (body: Body<Kind>) => string };
  readonly followUpEvent: (what: string) => string;
  readonly recoveryChosen: (action: string, by: string, destination: string | null) => string;
  readonly waits: {
    readonly [Kind in 'datastore-limit' | 'folder-limit' | 'folder-space' | 'vm-held']: (reason: Wait<Kind>) => string;
  };
  readonly actions: Readonly<Record<RecoveryAction, string>>;
  readonly obstacles: Readonly<Record<RecoveryObstacle, string>>;
  readonly folderProblems: Readonly<Record<FolderProblem, string>>;
  readonly imageProblems: Readonly<Record<ImageProblem['kind'], (file: string) => string>>;
  readonly differences: Readonly<Record<HardwareDifference['what'], string>>;
  readonly insteadOf: (what: string, found: string, wanted: string) => string;
  readonly followUps: {
    readonly [Kind in FollowUp['kind']]: (item: Extract<FollowUp, { readonly kind: Kind }>) => string;
  };
}

/** Evacuation images, what happened to them, and what is left to do: the words that window and command line share. */
export const evacuation = topic<EvacuationTexts>({
  en: {
    events: {
      'space-reserved': ({ folder, bytes }) => `${size(bytes)} reserved in ${folder}`,
      'image-begun': ({ folder, name }) => `The image ${name} is written to ${folder}`,
      'image-sealed': ({ bytes }) => `The image is sealed: ${size(bytes)}, read back and compared with its manifest`,
      parking: ({ parkedName }) => `The source is parked as ${parkedName}`,
      restoring: ({ vmName, destinationName }) => `${vmName} is restored in ${destinationName}`,
      'restored-vm': () => 'The platform has made the VM and waits for its disks',
      'import-completed': () => 'All disks are there, and the platform has confirmed it',
      'restored-vm-removed': () => 'The half-made VM was removed',
      'source-deleted': () => 'The source was deleted',
      'source-held': ({ busyWith }) =>
        `The source is as it was, and the platform still holds it (${busyText(busyWith, 'en')}) until that ends by itself`,
      unparked: () => 'The source has its name back and can be powered on',
      'image-removed': () => 'The image was removed',
      'follow-ups-done': ({ by }) => `Nothing is left to do, says ${by}`,
    },
    followUpEvent: (what) => `Left to do: ${what}`,
    recoveryChosen: (action, by, destination) =>
      destination === null ? `${by} chose: ${action}` : `${by} chose: ${action} (${destination})`,
    waits: {
      'datastore-limit': ({ datastoreName, limit }) => `Waits for datastore ${datastoreName}: ${limit} at a time`,
      'folder-limit': ({ folder, limit }) => `Waits for ${folder}: ${limit} at a time`,
      'folder-space': ({ folder, missingBytes }) =>
        `Waits for room in ${folder}: ${size(missingBytes)} more must become free`,
      'vm-held': ({ atMostMs }) =>
        `Waits for the VM: an earlier task of the platform still holds it, for ${duration(atMostMs, 'en')} at most`,
    },
    actions: {
      resume: 'Resume',
      'roll-back': 'Roll back',
      'restore-to-origin': 'Restore to the original place',
      'restore-elsewhere': 'Restore elsewhere',
      'keep-image': 'Keep the image',
    },
    obstacles: {
      'source-running': 'Somebody has powered the source on: it must never run twice.',
      'source-used': 'The source was used after it was copied: it is newer than the image.',
      'source-gone': 'The source no longer exists.',
      'source-exists': 'The source still exists: rolling back is simpler and copies nothing.',
      'no-image': 'There is no sealed image.',
      'image-damaged': 'The image differs from its manifest.',
      'restored-running': 'The restored VM is running already.',
      'already-restored': 'The restored VM is complete.',
      'not-known': 'The site or the folder cannot be reached, so it is not known what is there.',
    },
    folderProblems: {
      missing: 'does not exist',
      'not-a-folder': 'is not a folder',
      'read-only': 'is read-only',
      'no-permission': 'may not be written by this user',
      unreachable: 'cannot be reached',
    },
    imageProblems: {
      'missing-file': (file) => `${file} is missing`,
      'wrong-size': (file) => `${file} has another size than its manifest says`,
      'wrong-content': (file) => `the content of ${file} differs from its manifest`,
      'unreadable-record': (file) => `${file} cannot be understood`,
      unreadable: (file) => `${file} cannot be read`,
    },
    differences: {
      cpus: 'CPUs',
      memory: 'memory',
      disks: 'disks',
      'disk-size': 'size of a disk',
      adapters: 'network adapters',
      firmware: 'firmware',
    },
    insteadOf: (what, found, wanted) => `${what} ${found} instead of ${wanted}`,
    followUps: {
      'mount-iso': ({ drive, fileName }) => `Mount ${fileName} again in ${drive}`,
      'delete-checkpoint': ({ name }) => `Delete the checkpoint “${name}” if it is not needed`,
      'reconnect-network-after-revert': ({ checkpoint }) =>
        `After going back to “${checkpoint}”: connect the network adapter again, then set up the network in the guest`,
      'check-address': ({ adapter, wanted, found }) => `${adapter} has the address ${found} instead of ${wanted}`,
      'remove-left-over': ({ path }) => `Remove ${path}, which could not be removed`,
      'delete-parked-source': ({ vmName }) => `Delete the parked source ${vmName}, which could not be deleted`,
      'compare-used-source': ({ vmName }) =>
        `Compare the parked source ${vmName} with the restored VM: it was used after it was copied, so it was not deleted`,
    },
  },
  ja: {
    events: {
      'space-reserved': ({ folder, bytes }) => `${folder} に ${size(bytes)} を予約しました`,
      'image-begun': ({ folder, name }) => `退避イメージ ${name} を ${folder} に書き込みます`,
      'image-sealed': ({ bytes }) => `退避イメージを確定しました（${size(bytes)}、読み戻してマニフェストと照合済み）`,
      parking: ({ parkedName }) => `移動元を ${parkedName} として保留にしました`,
      restoring: ({ vmName, destinationName }) => `${vmName} を ${destinationName} に復元します`,
      'restored-vm': () => '仮想化ソフトウェアが仮想マシンを作成し、ディスクを待っています',
      'import-completed': () => 'すべてのディスクが揃い、仮想化ソフトウェアが確認しました',
      'restored-vm-removed': () => '作成途中の仮想マシンを削除しました',
      'source-deleted': () => '移動元を削除しました',
      'source-held': ({ busyWith }) =>
        `移動元は元のままです。仮想化ソフトウェアがまだ使用中です（${busyText(busyWith, 'ja')}）。自動的に解放されるまで操作できません`,
      unparked: () => '移動元を元の名前に戻し、起動できるようにしました',
      'image-removed': () => '退避イメージを削除しました',
      'follow-ups-done': ({ by }) => `${by} が残りの作業を完了にしました`,
    },
    followUpEvent: (what) => `残りの作業: ${what}`,
    recoveryChosen: (action, by, destination) =>
      destination === null ? `${by} が選択: ${action}` : `${by} が選択: ${action}（${destination}）`,
    waits: {
      'datastore-limit': ({ datastoreName, limit }) =>
        `順番待ち：データストア ${datastoreName} の同時実行は${limit}件まで`,
      'folder-limit': ({ folder, limit }) => `順番待ち：${folder} の同時実行は${limit}件まで`,
      'folder-space': ({ folder, missingBytes }) => `${folder} の空き待ち：あと ${size(missingBytes)} 必要です`,
      'vm-held': ({ atMostMs }) =>
        `仮想マシンの解放待ち：仮想化ソフトウェアの以前のタスクがまだ使用中です（最長${duration(atMostMs, 'ja')}）`,
    },
    actions: {
      resume: '再開',
      'roll-back': '元に戻す',
      'restore-to-origin': '元の場所に復元',
      'restore-elsewhere': '別の場所に復元',
      'keep-image': '退避イメージを残す',
    },
    obstacles: {
      'source-running': '移動元の電源がオンになっています。同じ仮想マシンを二重に稼働させることはできません。',
      'source-used': 'コピー後に移動元が使用され、退避イメージより新しくなっています。',
      'source-gone': '移動元は存在しません。',
      'source-exists': '移動元が残っています。元に戻す方が簡単で、コピーも不要です。',
      'no-image': '確定した退避イメージがありません。',
      'image-damaged': '退避イメージがマニフェストと一致しません。',
      'restored-running': '復元した仮想マシンは稼働中です。',
      'already-restored': '復元した仮想マシンは完成しています。',
      'not-known': 'サイトまたはフォルダに接続できないため、状態を確認できません。',
    },
    folderProblems: {
      missing: 'は存在しません',
      'not-a-folder': 'はフォルダではありません',
      'read-only': 'は読み取り専用です',
      'no-permission': 'に書き込む権限がありません',
      unreachable: 'に接続できません',
    },
    imageProblems: {
      'missing-file': (file) => `${file} がありません`,
      'wrong-size': (file) => `${file} のサイズがマニフェストと一致しません`,
      'wrong-content': (file) => `${file} の内容がマニフェストと一致しません`,
      'unreadable-record': (file) => `${file} の内容を解釈できません`,
      unreadable: (file) => `${file} を読み取れません`,
    },
    differences: {
      cpus: 'CPU 数',
      memory: 'メモリ',
      disks: 'ディスク数',
      'disk-size': 'ディスクのサイズ',
      adapters: 'ネットワークアダプタ数',
      firmware: 'ファームウェア',
    },
    insteadOf: (what, found, wanted) => `${what}: ${wanted} ではなく ${found}`,
    followUps: {
      'mount-iso': ({ drive, fileName }) => `${drive} に ${fileName} を再度マウントする`,
      'delete-checkpoint': ({ name }) => `チェックポイント「${name}」が不要なら削除する`,
      'reconnect-network-after-revert': ({ checkpoint }) =>
        `「${checkpoint}」に戻した場合は、ネットワークアダプタを再接続し、ゲスト OS でネットワークを設定する`,
      'check-address': ({ adapter, wanted, found }) =>
        `${adapter} のアドレスが ${wanted} ではなく ${found} になっていることを確認する`,
      'remove-left-over': ({ path }) => `削除できなかった ${path} を削除する`,
      'delete-parked-source': ({ vmName }) => `削除できなかった保留中の移動元 ${vmName} を削除する`,
      'compare-used-source': ({ vmName }) =>
        `保留中の移動元 ${vmName} を復元した仮想マシンと比較する（コピー後に使用されたため、削除していません）`,
    },
  },
});

export const followUpWords = (item: FollowUp, language: Language): string => {
  const write = evacuation[language].followUps[item.kind] as (given: FollowUp) => string;
  return write(item);
};

export const differenceWords = ({ what, wanted, found }: HardwareDifference, language: Language): string => {
  const { differences, insteadOf } = evacuation[language];
  const amount = (value: string | number): string =>
    typeof value === 'number' && (what === 'memory' || what === 'disk-size') ? size(value) : String(value);
  return insteadOf(differences[what], amount(found), amount(wanted));
};

export const imageProblemWords = ({ kind, file }: ImageProblem, language: Language): string =>
  evacuation[language].imageProblems[kind](file);

type WordedBody = ColdEventBody | Body<'recovery-chosen'>;

/** An entry of a task's history that only cold migrations have. */
export const coldEventWords = (body: WordedBody, language: Language): string => {
  const words = evacuation[language];
  switch (body.kind) {
    case 'follow-up':
      return words.followUpEvent(followUpWords(body.item, language));
    case 'recovery-chosen':
      return words.recoveryChosen(words.actions[body.choice.action], body.by, body.choice.to?.destination.name ?? null);
    default: {
      const write = words.events[body.kind] as (given: WordedBody) => string;
      return write(body);
    }
  }
};
