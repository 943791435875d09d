import { differenceWords, evacuation, imageProblemWords } from '../evacuation.ts';
import { size } from '../format.ts';
import { type ErrorTexts, inSentence } from './error-text.ts';

const untouched = { en: 'Nothing was changed.', ja: '何も変更していません。' } as const;

/** Evacuation image folders, images, and the VMs on their way in and out. */
export const evacuationErrorTexts: ErrorTexts<
  | 'folder-unusable'
  | 'folder-full'
  | 'folder-in-use'
  | 'folder-exists'
  | 'folder-list-damaged'
  | 'image-not-found'
  | 'image-damaged'
  | 'image-in-use'
  | 'transfer-differs'
  | 'transfer-broken'
  | 'lease-lost'
  | 'restored-differs'
  | 'source-changed'
  | 'source-running'
  | 'source-used'
  | 'recovery-not-safe'
> = {
  'folder-unusable': {
    en: ({ folder, problem }) => ({
      cause: `The evacuation image folder ${folder} ${evacuation.en.folderProblems[problem]}.`,
      consequence: 'No image can be written there or read from there.',
      remedy: [
        'Make the folder available again (mount it, connect the share, give this user the right to write).',
        'Or choose another folder.',
      ],
    }),
    ja: ({ folder, problem }) => ({
      cause: `退避イメージ格納フォルダ ${folder} ${evacuation.ja.folderProblems[problem]}。`,
      consequence: '退避イメージの書き込みも読み取りもできません。',
      remedy: [
        'フォルダを使える状態に戻してください（マウント、共有への接続、書き込み権限の付与）。',
        'または別のフォルダを選択してください。',
      ],
    }),
  },
  'folder-full': {
    en: ({ folder, missingBytes }) => ({
      cause: `${folder} has no room left: ${size(missingBytes)} are missing.`,
      consequence: 'Nothing of the VM was lost.',
      remedy: ['Free some space in the folder, or choose another one, then run the task again.'],
    }),
    ja: ({ folder, missingBytes }) => ({
      cause: `${folder} の空き容量が ${size(missingBytes)} 不足しています。`,
      consequence: '仮想マシンのデータは失われていません。',
      remedy: ['フォルダの空き容量を増やすか、別のフォルダを選択して、タスクを再実行してください。'],
    }),
  },
  'folder-in-use': {
    en: ({ folder }) => ({
      cause: `Open tasks still use ${folder}.`,
      consequence: 'The folder stays in the list.',
      remedy: ['Wait until they have ended, or settle them first.'],
    }),
    ja: ({ folder }) => ({
      cause: `${folder} は未完了のタスクが使用しています。`,
      consequence: 'フォルダは一覧に残ります。',
      remedy: ['タスクの終了を待つか、先に対処してください。'],
    }),
  },
  'folder-exists': {
    en: ({ folder }) => ({
      cause: `${folder} is in the list already.`,
      consequence: untouched.en,
      remedy: ['Choose it in the list.'],
    }),
    ja: ({ folder }) => ({
      cause: `${folder} はすでに一覧にあります。`,
      consequence: untouched.ja,
      remedy: ['一覧から選択してください。'],
    }),
  },
  'folder-list-damaged': {
    en: () => ({
      cause: 'The list of evacuation image folders cannot be read.',
      consequence: 'The console knows of no folder now. The folders and the images in them are untouched.',
      remedy: ['Add the folders again.'],
    }),
    ja: () => ({
      cause: '退避イメージ格納フォルダの一覧を読み取れません。',
      consequence: 'フォルダは登録されていない状態です。フォルダと中の退避イメージには影響ありません。',
      remedy: ['フォルダを追加し直してください。'],
    }),
  },
  'image-not-found': {
    en: ({ folder, image }) => ({
      cause: `There is no sealed image ${image} in ${folder}.`,
      consequence: untouched.en,
      remedy: ['Look whether the folder is the right one and whether somebody moved the image.'],
    }),
    ja: ({ folder, image }) => ({
      cause: `${folder} に確定した退避イメージ ${image} がありません。`,
      consequence: untouched.ja,
      remedy: ['フォルダが正しいか、退避イメージが移動されていないか確認してください。'],
    }),
  },
  'image-damaged': {
    en: ({ image, problem }) => ({
      cause: `The image ${image} is damaged: ${imageProblemWords(problem, 'en')}.`,
      consequence: 'No VM is made from it, and it is not deleted.',
      remedy: ['Bring the file back from a copy of the folder.', 'While the source still exists, roll back to it.'],
    }),
    ja: ({ image, problem }) => ({
      cause: `退避イメージ ${image} が破損しています（${imageProblemWords(problem, 'ja')}）。`,
      consequence: 'この退避イメージからは復元せず、削除もしません。',
      remedy: ['フォルダのコピーからファイルを戻してください。', '移動元が残っている場合は、元に戻してください。'],
    }),
  },
  'image-in-use': {
    en: ({ image, task }) => ({
      cause: `${task} is working with the image ${image}.`,
      consequence: untouched.en,
      remedy: [`Settle ${task} first.`],
    }),
    ja: ({ image, task }) => ({
      cause: `退避イメージ ${image} は ${task} が使用しています。`,
      consequence: untouched.ja,
      remedy: [`先に ${task} に対処してください。`],
    }),
  },
  'transfer-differs': {
    en: ({ vmName, file }) => ({
      cause: `${file} of ${vmName} did not arrive as the platform says it was sent.`,
      consequence: 'What was copied is not used.',
      remedy: ['Run the task again; when it happens again, look at the network and the storage between the two.'],
    }),
    ja: ({ vmName, file }) => ({
      cause: `${vmName} の ${file} が、仮想化ソフトウェアの申告と一致しません。`,
      consequence: 'コピーした内容は使用しません。',
      remedy: ['タスクを再実行してください。再発する場合は、ネットワークとストレージを確認してください。'],
    }),
  },
  'transfer-broken': {
    en: ({ vmName, file, reason }) => ({
      cause: `Copying ${file} of ${vmName} broke off: ${inSentence(reason)}.`,
      consequence: 'It was tried several times.',
      remedy: ['Look at the network between this machine and the host that holds the VM (TCP 443), then try again.'],
    }),
    ja: ({ vmName, file, reason }) => ({
      cause: `${vmName} の ${file} のコピーが中断しました（${inSentence(reason)}）。`,
      consequence: '複数回試みました。',
      remedy: ['このマシンと仮想マシンのホストとの間のネットワーク（TCP 443）を確認して、もう一度実行してください。'],
    }),
  },
  'lease-lost': {
    en: ({ vmName, reason }) => ({
      cause: `The platform ended the transfer of ${vmName}: ${inSentence(reason)}.`,
      consequence: 'What was copied so far is not used.',
      remedy: ['Try again.'],
    }),
    ja: ({ vmName, reason }) => ({
      cause: `仮想化ソフトウェアが ${vmName} の転送を終了しました（${inSentence(reason)}）。`,
      consequence: 'コピー途中の内容は使用しません。',
      remedy: ['もう一度実行してください。'],
    }),
  },
  'restored-differs': {
    en: ({ vmName, differences }) => ({
      cause: `The restored ${vmName} is not what was evacuated: ${differences.map((one) => differenceWords(one, 'en')).join('; ')}.`,
      consequence: 'It was not powered on. The image and, where it still exists, the parked source are untouched.',
      remedy: ['Roll back, or restore it elsewhere.'],
    }),
    ja: ({ vmName, differences }) => ({
      cause: `復元した ${vmName} が退避時と異なります（${differences.map((one) => differenceWords(one, 'ja')).join('、')}）。`,
      consequence: '電源は入れていません。退避イメージと、残っている移動元は変更していません。',
      remedy: ['元に戻すか、別の場所に復元してください。'],
    }),
  },
  'source-changed': {
    en: ({ vmName }) => ({
      cause: `${vmName} was changed while it was exported.`,
      consequence: 'The image may not hold what the VM is now, so it is not used. The VM is where it was.',
      remedy: ['Find out who changes it (a backup, somebody else), then run the task again.'],
    }),
    ja: ({ vmName }) => ({
      cause: `エクスポート中に ${vmName} が変更されました。`,
      consequence:
        '退避イメージが現在の内容と一致しない可能性があるため、使用しません。仮想マシンは元の場所にあります。',
      remedy: ['変更の原因（バックアップや他の操作）を確認して、タスクを再実行してください。'],
    }),
  },
  'source-running': {
    en: ({ vmName }) => ({
      cause: `Somebody powered on the source of ${vmName}.`,
      consequence: 'The copy is not powered on and nothing is deleted: the VM must never run twice.',
      remedy: ['Decide which of the two is the right one. Power the source off to go on, or roll back.'],
    }),
    ja: ({ vmName }) => ({
      cause: `${vmName} の移動元の電源がオンになっています。`,
      consequence: '二重稼働を防ぐため、コピーの電源は入れず、何も削除しません。',
      remedy: [
        'どちらが正しいかを判断してください。続行するには移動元の電源をオフにし、そうでなければ元に戻してください。',
      ],
    }),
  },
  'source-used': {
    en: ({ vmName, disks, part }) => ({
      cause: `${vmName} was used after it was copied: ${disks.join(', ')} ${disks.length === 1 ? 'holds' : 'hold'} something else now than the image.`,
      consequence: 'The image is older than the VM, so nothing is powered on from it, and the VM is not deleted.',
      remedy:
        part === 'restore'
          ? [
              'To keep the VM as it is now, give it its own name again where it is managed.',
              'To have what is in the image, delete that VM there first, then restore again.',
            ]
          : [
              'If the source is parked, roll back: it gets its name back, with what it holds now.',
              'Then run the task again.',
            ],
    }),
    ja: ({ vmName, disks, part }) => ({
      cause: `コピー後に ${vmName} が使用され、ディスク（${disks.join('、')}）の内容が退避イメージと異なります。`,
      consequence:
        '退避イメージは仮想マシンより古いため、そこから電源を入れることはせず、仮想マシンも削除していません。',
      remedy:
        part === 'restore'
          ? [
              '現在の仮想マシンを使い続ける場合は、管理ツールで元の名前に戻してください。',
              '退避イメージの内容に戻す場合は、管理ツールでその仮想マシンを削除してから、再度復元してください。',
            ]
          : [
              '移動元が保留中の場合は元に戻してください。現在の内容のまま元の名前に戻ります。',
              'その後、タスクを再実行してください。',
            ],
    }),
  },
  'recovery-not-safe': {
    en: ({ action, obstacle }) => ({
      cause: `“${evacuation.en.actions[action]}” is not safe now. ${evacuation.en.obstacles[obstacle]}`,
      consequence: untouched.en,
      remedy: ['Look again at what is known, and choose one of the safe steps.'],
    }),
    ja: ({ action, obstacle }) => ({
      cause: `「${evacuation.ja.actions[action]}」は現在安全に実行できません。${evacuation.ja.obstacles[obstacle]}`,
      consequence: untouched.ja,
      remedy: ['現在の状態を再確認し、安全な手順を選択してください。'],
    }),
  },
};
