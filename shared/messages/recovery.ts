import type { RecoveryAction, RecoveryFacts } from '../domain/evacuation.ts';
import type { StepName } from '../domain/task.ts';
import { counted, topic } from './topic.ts';

type CopyName = 'source' | 'parked-source' | 'image' | 'restored';
type DeletionName = 'restored-vm' | 'restored-vm-that-may-have-run' | 'parked-source' | 'image';
type HoldingName = 'holds' | 'older' | 'does-not-hold' | 'not-known';
type BarrierName = 'going-back' | 'evacuated' | 'complete';
type SafetyName = 'safe' | 'twice' | 'unsealed' | 'not-known' | 'no-good-copy';
type ByAction<Text> = Readonly<Record<RecoveryAction, Text>>;

interface RecoveryTexts {
  readonly recover: string;
  readonly recoverVm: (vm: string) => string;
  readonly recoverTask: (task: string) => string;
  readonly noTaskWaits: string;
  readonly list: (parts: readonly string[]) => string;
  /* The task log. */
  readonly safe: (copies: string) => string;
  readonly copies: Readonly<Record<CopyName, string>>;
  readonly interrupted: string;
  /** What a step does, while it runs. */
  readonly steps: Readonly<Partial<Record<StepName, string>>>;
  readonly cancelling: {
    readonly back: (vm: string) => string;
    readonly toOrigin: (vm: string) => string;
    readonly leaveImage: (vm: string) => string;
  };
  readonly cancelBarriers: Readonly<Record<BarrierName, (vm: string) => string>>;
  readonly thingsToDo: (count: number) => string;
  readonly followUps: string;
  readonly image: string;
  readonly details: {
    readonly folder: string;
    readonly image: (name: string, state: 'writing' | 'sealed' | 'removed', size: string | 0 | null) => string;
    readonly parkedAs: string;
    readonly chosen: string;
  };
  readonly bytesOf: (done: string, total: string) => string;
  readonly soFar: (done: string) => string;
  readonly diskOf: (task: string, disk: string) => string;
  readonly diskDone: string;
  readonly waitsForYou: (task: string, vm: string) => string;
  /* The dialog. */
  readonly title: (vm: string) => string;
  readonly from: (method: string, from: string, to: string) => string;
  readonly safety: Readonly<Record<SafetyName, (vm: string) => string>>;
  readonly safetyMore: {
    readonly copies: (good: number, on: number) => string;
    readonly twice: string;
    readonly unsealed: string;
    readonly notKnown: string;
    readonly noGoodCopy: string;
  };
  readonly holdings: Readonly<Record<HoldingName, string>>;
  readonly headings: { readonly source: string; readonly image: string; readonly restored: string };
  readonly sourceFacts: Readonly<Record<RecoveryFacts['source'], string>>;
  /** Beside the fact about the source. */
  readonly sourceHeld: (busy: string) => string;
  readonly imageFacts: Readonly<Record<RecoveryFacts['image'], string>>;
  readonly restoredFacts: Readonly<Record<RecoveryFacts['restored'], string>>;
  readonly verify: string;
  readonly verifying: string;
  readonly verified: string;
  readonly looked: (age: string) => string;
  readonly lookAgain: string;
  readonly looking: string;
  readonly lookFailed: string;
  readonly siteOffline: (site: string) => string;
  readonly connect: (site: string) => string;
  readonly happened: string;
  readonly nothingWrong: string;
  readonly chooseStep: string;
  readonly whatEach: ByAction<(vm: string, from: string, to: string) => string>;
  readonly verbs: ByAction<string>;
  readonly advised: string;
  readonly notSafe: (why: string) => string;
  readonly deletes: (what: string) => string;
  readonly deletions: Readonly<Record<DeletionName, string>>;
  readonly askAgain: (vm: string, what: string) => string;
  readonly goBack: string;
  readonly confirm: (verb: string, vm: string) => string;
  readonly nothingUntil: string;
  readonly noSafeStep: string;
  readonly chooseWhere: string;
  readonly changeWhere: string;
  readonly lacks: { readonly place: string; readonly network: string };
  readonly choosing: string;
  readonly notChosen: string;
  readonly noLongerWaits: (state: string) => string;
}

/** Cold migrations in the task log, and the dialog for those that did not end by themselves. */
export const recovery = topic<RecoveryTexts>({
  en: {
    recover: 'Recover…',
    recoverVm: (vm) => `Recover ${vm}…`,
    recoverTask: (task) => `Recover ${task}`,
    noTaskWaits: 'No task waits for a decision',
    list: (parts) => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`),
    safe: (copies) => `safe: ${copies}`,
    copies: {
      source: 'source untouched',
      'parked-source': 'parked source',
      image: 'sealed image',
      restored: 'restored VM',
    },
    interrupted: 'The console stopped while it ran: choose how to go on.',
    steps: {
      check: 'All precautions are checked on facts read now, and room is reserved in the folder.',
      checkpoint: 'A checkpoint named after the task is made.',
      export: 'The disks are copied into the evacuation image; the VM stays where it is.',
      seal: 'The image is read back and compared with its manifest.',
      park: 'The source is renamed and kept from booting.',
      restore: 'The VM is made at its destination and its disks are copied from the image.',
      verify: 'The restored VM is compared with what was evacuated.',
      'power-on': 'The restored VM is powered on.',
      finish: 'What is no longer needed is deleted: the parked source, and the image unless it is kept.',
    },
    cancelling: {
      back: (vm) => `Cancelling: putting ${vm} back`,
      toOrigin: (vm) => `Cancelling: restoring ${vm} to its original place`,
      leaveImage: (vm) => `Cancelling: removing what was made of ${vm}; its image stays`,
    },
    cancelBarriers: {
      'going-back': (vm) => `Nothing to cancel: ${vm} is on its way back already`,
      evacuated: (vm) => `Too late to cancel: the image of ${vm} is complete; restore it to bring ${vm} back`,
      complete: (vm) => `Too late to cancel: ${vm} is complete at its destination`,
    },
    thingsToDo: (count) => `${counted(count, 'thing')} to do`,
    followUps: 'Left to do',
    image: 'Evacuation image',
    details: {
      folder: 'Image folder',
      image: (name, state, size) => {
        const word = { writing: 'being written', sealed: 'sealed', removed: 'removed' }[state];
        return size ? `${name} (${word}, ${size})` : `${name} (${word})`;
      },
      parkedAs: 'Source parked as',
      chosen: 'Chosen recovery',
    },
    bytesOf: (done, total) => `${done} of ${total}`,
    soFar: (done) => `${done} so far`,
    diskOf: (task, disk) => `${task}, ${disk}`,
    diskDone: 'Done',
    waitsForYou: (task, vm) => `${task} waits for your decision: ${vm}`,
    title: (vm) => `Recover ${vm}`,
    from: (method, from, to) => `${method} ${from} → ${to}`,
    safety: {
      safe: (vm) => `${vm} is safe.`,
      twice: (vm) => `${vm} runs twice.`,
      unsealed: (vm) => `All there is of ${vm} is a copy that was not read back yet.`,
      'not-known': (vm) => `It is not known how ${vm} stands.`,
      'no-good-copy': (vm) => `No good copy of ${vm} was found.`,
    },
    safetyMore: {
      copies: (good, on) =>
        `${counted(good, 'good copy', 'good copies')}, ${on === 0 ? 'none' : on} powered on. At every moment at least one of these must hold:`,
      twice: 'Power one of the two off at once, outside of this console; then look again.',
      unsealed: 'Its files are there in full size. Every step below reads it back before it does anything else.',
      notKnown: 'Nothing was lost by that: it is found out as soon as the site and the folder can be reached.',
      noGoodCopy: 'Do not delete anything. Look for a copy of the folder or a backup of the VM.',
    },
    holdings: { holds: 'Holds', older: 'Older', 'does-not-hold': 'Does not hold', 'not-known': 'Not known' },
    headings: {
      source: 'Source is intact',
      image: 'Image is sealed',
      restored: 'Restored VM is complete',
    },
    sourceFacts: {
      intact: 'It is where it was, with its own name.',
      parked: 'It is renamed and kept from booting.',
      used: 'Somebody used it after it was copied: its disks hold something else than the image.',
      running: 'Somebody powered it on.',
      gone: 'It no longer exists.',
      unknown: 'The site cannot be asked now.',
    },
    sourceHeld: (busy) => `The platform holds it now: ${busy}. Until that ends, a step that needs it waits.`,
    imageFacts: {
      none: 'There is none.',
      partial: 'It was begun and never sealed.',
      complete: 'All files are there in full size; it was not read back and sealed yet.',
      sealed: 'It was read back when it was sealed; its files are there in full size.',
      damaged: 'It differs from its manifest.',
      unknown: 'The folder cannot be read now.',
    },
    restoredFacts: {
      none: 'Nothing was made at the destination.',
      incomplete: 'It was begun, and disks are missing.',
      off: 'All its disks are there; it is powered off.',
      running: 'All its disks are there; it is powered on.',
      unknown: 'The site cannot be asked now.',
    },
    verify: 'Read it back now',
    verifying: 'Reading it back…',
    verified: 'Read back: all of it matches.',
    looked: (age) => `Seen ${age}`,
    lookAgain: 'Look again',
    looking: 'Looking at source, image and destination…',
    lookFailed: 'How the VM stands could not be found out',
    siteOffline: (site) => `${site} is not connected: what is there cannot be seen.`,
    connect: (site) => `Connect ${site}`,
    happened: 'What happened',
    nothingWrong: 'The console stopped while the task ran. No error was met before that.',
    chooseStep: 'Choose the next step',
    whatEach: {
      resume: (_vm, _from, to) =>
        `Goes on from the step where it stopped, to ${to}. What is done and proven is not done again.`,
      'roll-back': (vm, from) =>
        `${vm} gets its name back in ${from} and can be powered on. What was begun at the destination is removed.`,
      'restore-to-origin': (vm, from) =>
        `${vm} is made anew in ${from} from the image, verified, and left powered off.`,
      'restore-elsewhere': (vm) =>
        `${vm} is made in another pool from the image. All precautions are checked again for that place.`,
      'keep-image': () =>
        'The task ends here, as failed. Source and image stay as they are, what was begun at the destination is removed. The image can be restored later from “Evacuation images”.',
    },
    verbs: {
      resume: 'Resume',
      'roll-back': 'Roll back',
      'restore-to-origin': 'Restore',
      'restore-elsewhere': 'Restore elsewhere',
      'keep-image': 'Keep the image',
    },
    advised: 'Advised',
    notSafe: (why) => `Not safe now. ${why}`,
    deletes: (what) => `Deletes: ${what}`,
    deletions: {
      'restored-vm': 'the half-made VM at the destination',
      'restored-vm-that-may-have-run': 'the restored VM, with whatever was written to it since',
      'parked-source': 'the parked source (once the restored VM is verified)',
      image: 'the evacuation image (at the end)',
    },
    askAgain: (vm, what) => `For ${vm} this deletes for good: ${what}.`,
    goBack: 'Back',
    confirm: (verb, vm) => `${verb}: ${vm}`,
    nothingUntil: 'Nothing happens until you choose. Closing leaves everything as it is.',
    noSafeStep: 'No step is safe now.',
    chooseWhere: 'Choose where…',
    changeWhere: 'Elsewhere…',
    lacks: { place: 'Choose where it is restored first.', network: 'Choose a network for each adapter first.' },
    choosing: 'Looking once more, then beginning…',
    notChosen: 'Nothing was begun',
    noLongerWaits: (state) => `This task no longer waits for a decision. It is now: ${state}.`,
  },
  ja: {
    recover: '回復…',
    recoverVm: (vm) => `${vm} を回復…`,
    recoverTask: (task) => `${task} を回復`,
    noTaskWaits: '判断を待っているタスクはありません',
    list: (parts) => parts.join('、'),
    safe: (copies) => `安全：${copies}`,
    copies: {
      source: '移動元は未変更',
      'parked-source': '保留中の移動元',
      image: '確定済み退避イメージ',
      restored: '復元した仮想マシン',
    },
    interrupted: '実行中にコンソールが停止しました。続け方を選択してください。',
    steps: {
      check: 'すべての注意事項を最新の情報で確認し、フォルダの容量を予約します。',
      checkpoint: 'タスク名のチェックポイントを作成します。',
      export: 'ディスクを退避イメージへコピーします。仮想マシンは元の場所のままです。',
      seal: '退避イメージを読み戻し、マニフェストと照合します。',
      park: '移動元の名前を変更し、起動できないようにします。',
      restore: '移動先に仮想マシンを作成し、退避イメージからディスクをコピーします。',
      verify: '復元した仮想マシンを退避時の構成と照合します。',
      'power-on': '復元した仮想マシンの電源を入れます。',
      finish: '不要になった保留中の移動元と、保持しない退避イメージを削除します。',
    },
    cancelling: {
      back: (vm) => `キャンセル中：${vm} を元に戻しています`,
      toOrigin: (vm) => `キャンセル中：${vm} を元の場所に復元しています`,
      leaveImage: (vm) => `キャンセル中：作成途中の ${vm} を削除しています（退避イメージは残ります）`,
    },
    cancelBarriers: {
      'going-back': (vm) => `${vm} はすでに元に戻しているため、キャンセルできません`,
      evacuated: (vm) => `${vm} の退避イメージは完成しているため、キャンセルできません。戻すには復元してください`,
      complete: (vm) => `${vm} は移動先で完成しているため、キャンセルできません`,
    },
    thingsToDo: (count) => `残りの作業 ${count}件`,
    followUps: '残りの作業',
    image: '退避イメージ',
    details: {
      folder: '格納フォルダ',
      image: (name, state, size) => {
        const word = { writing: '書き込み中', sealed: '確定済み', removed: '削除済み' }[state];
        return size ? `${name}（${word}、${size}）` : `${name}（${word}）`;
      },
      parkedAs: '保留中の名前',
      chosen: '選択した回復方法',
    },
    bytesOf: (done, total) => `${done} / ${total}`,
    soFar: (done) => `${done} 完了`,
    diskOf: (task, disk) => `${task} ${disk}`,
    diskDone: '完了',
    waitsForYou: (task, vm) => `${task} は判断を待っています：${vm}`,
    title: (vm) => `${vm} の回復`,
    from: (method, from, to) => `${method} ${from} → ${to}`,
    safety: {
      safe: (vm) => `${vm} は安全です。`,
      twice: (vm) => `${vm} が二重に稼働しています。`,
      unsealed: (vm) => `${vm} の残っているコピーは、まだ読み戻して照合していない退避イメージだけです。`,
      'not-known': (vm) => `${vm} の状態は確認できていません。`,
      'no-good-copy': (vm) => `${vm} の正常なコピーが見つかりません。`,
    },
    safetyMore: {
      copies: (good, on) =>
        `正常なコピー ${good}個、電源オン ${on}個。常に次の少なくとも1つが成立している必要があります。`,
      twice: '直ちに管理ツールで一方の電源をオフにしてから、再確認してください。',
      unsealed: 'ファイルはすべて揃っています。以下のどの手順でも、最初に読み戻して照合します。',
      notKnown: '失われたわけではありません。サイトとフォルダに接続できれば確認できます。',
      noGoodCopy: '何も削除せず、フォルダの控えまたは仮想マシンのバックアップを探してください。',
    },
    holdings: { holds: '成立', older: '古い内容', 'does-not-hold': '不成立', 'not-known': '不明' },
    headings: { source: '移動元が無事', image: '退避イメージが確定済み', restored: '復元した仮想マシンが完成' },
    sourceFacts: {
      intact: '元の名前のまま、元の場所にあります。',
      parked: '名前を変更し、起動できないようにしてあります。',
      used: 'コピー後に使用され、ディスクの内容が退避イメージと異なります。',
      running: '電源がオンになっています。',
      gone: '存在しません。',
      unknown: '現在サイトに問い合わせできません。',
    },
    sourceHeld: (busy) => `現在、仮想化ソフトウェアが使用中です：${busy}。解放されるまで、移動元を使う手順は待ちます。`,
    imageFacts: {
      none: 'ありません。',
      partial: '書き込み途中で、確定していません。',
      complete: 'ファイルはすべて揃っていますが、まだ読み戻して確定していません。',
      sealed: '確定時に読み戻して照合済みです。ファイルはすべて揃っています。',
      damaged: 'マニフェストと一致しません。',
      unknown: '現在フォルダを読み取れません。',
    },
    restoredFacts: {
      none: '移動先には何も作成されていません。',
      incomplete: '作成途中で、ディスクが揃っていません。',
      off: 'ディスクは揃っています。電源はオフです。',
      running: 'ディスクは揃っています。電源はオンです。',
      unknown: '現在サイトに問い合わせできません。',
    },
    verify: '今すぐ読み戻して照合',
    verifying: '読み戻しています…',
    verified: '読み戻し完了：すべて一致しました。',
    looked: (age) => `${age}に確認`,
    lookAgain: '再確認',
    looking: '移動元、退避イメージ、移動先を確認しています…',
    lookFailed: '仮想マシンの状態を確認できませんでした',
    siteOffline: (site) => `${site} は未接続のため、状態を確認できません。`,
    connect: (site) => `${site} に接続`,
    happened: '発生したこと',
    nothingWrong: 'タスクの実行中にコンソールが停止しました。それまでにエラーは発生していません。',
    chooseStep: '次の手順を選択',
    whatEach: {
      resume: (_vm, _from, to) => `停止した手順から ${to} への移動を続けます。完了が確認された手順は繰り返しません。`,
      'roll-back': (vm, from) =>
        `${vm} を ${from} で元の名前に戻し、電源を入れられるようにします。移動先で作成途中のものは削除します。`,
      'restore-to-origin': (vm, from) =>
        `退避イメージから ${vm} を ${from} に作成し直し、検証します。電源はオフのままです。`,
      'restore-elsewhere': (vm) =>
        `退避イメージから ${vm} を別のプールに作成します。その場所についてすべての注意事項を改めて確認します。`,
      'keep-image': () =>
        'タスクを失敗として終了します。移動元と退避イメージは現状のまま残し、移動先で作成途中のものは削除します。後で「退避イメージ」から復元できます。',
    },
    verbs: {
      resume: '再開',
      'roll-back': '元に戻す',
      'restore-to-origin': '復元',
      'restore-elsewhere': '別の場所に復元',
      'keep-image': '退避イメージを残す',
    },
    advised: '推奨',
    notSafe: (why) => `現在は安全に実行できません。${why}`,
    deletes: (what) => `削除：${what}`,
    deletions: {
      'restored-vm': '移動先の作成途中の仮想マシン',
      'restored-vm-that-may-have-run': '復元した仮想マシン（復元後に書き込まれた内容を含む）',
      'parked-source': '保留中の移動元（復元した仮想マシンの検証後）',
      image: '退避イメージ（最後に）',
    },
    askAgain: (vm, what) => `${vm} について次を完全に削除します：${what}。`,
    goBack: '戻る',
    confirm: (verb, vm) => `${verb}：${vm}`,
    nothingUntil: '選択するまで何も実行しません。閉じても現状のままです。',
    noSafeStep: '現在安全に実行できる手順はありません。',
    chooseWhere: '場所を選択…',
    changeWhere: '別の場所…',
    lacks: {
      place: '先に復元する場所を選択してください。',
      network: '先に各アダプタのネットワークを選択してください。',
    },
    choosing: 'もう一度確認してから開始します…',
    notChosen: '何も開始しませんでした',
    noLongerWaits: (state) => `このタスクは判断を待っていません。現在の状態：${state}。`,
  },
});
