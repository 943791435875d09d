import type { LostVm } from '../domain/evacuation.ts';
import { counted, topic } from './topic.ts';

type LostKind = LostVm['kind'];

interface RecoveryCliTexts {
  readonly noneWaits: string;
  readonly source: (fact: string) => string;
  readonly image: (fact: string, path: string | null) => string;
  readonly restored: (fact: string) => string;
  readonly safeSteps: string;
  readonly unsafeSteps: string;
  readonly noSafeStep: string;
  readonly advised: string;
  readonly howToChoose: (task: string, action: string) => string;
  readonly doesNotWait: (task: string, state: string) => string;
  readonly really: (vm: string, what: string) => string;
  readonly noneLost: string;
  readonly notAllSeen: string;
  readonly lostColumns: readonly string[];
  readonly lost: Readonly<Record<LostKind, string>>;
  readonly lostSteps: Readonly<Record<LostKind, (command: string) => string>>;
  readonly lostCount: (count: number) => string;
}

/** What the command line says of recovery and lost VMs; the rest stands in `recovery.ts`. */
export const recoveryCli = topic<RecoveryCliTexts>({
  en: {
    noneWaits: 'No task waits for a decision.',
    source: (fact) => `  source    ${fact}`,
    image: (fact, path) => (path === null ? `  image     ${fact}` : `  image     ${fact} ${path}`),
    restored: (fact) => `  restored  ${fact}`,
    safeSteps: '  safe now:',
    unsafeSteps: '  not safe now:',
    noSafeStep: '  No step is safe now.',
    advised: 'advised',
    howToChoose: (task, action) => `Choose with: vmmigrate recover ${task} --action ${action}`,
    doesNotWait: (task, state) => `${task} waits for no decision, it is: ${state}`,
    really: (vm, what) => `For ${vm} this deletes for good: ${what}. Go on?`,
    noneLost: 'No lost VM was found.',
    notAllSeen: 'Not every site could be asked: what lies there may seem lost, or be missed.',
    lostColumns: ['WHAT', 'VM', 'WHERE', 'NEXT SAFE STEP'],
    lost: {
      'only-an-image': 'only an image',
      'only-an-unsealed-image': 'only an image, unsealed',
      'left-over-partial': 'left over',
      'half-deleted': 'half deleted',
      twice: 'twice',
      'parked-without-task': 'parked, no task',
    },
    lostSteps: {
      'only-an-image': (image) => `vmmigrate restore ${image} --to <pool>; do not delete the image`,
      'only-an-unsealed-image': (image) => `vmmigrate images verify ${image} seals it; do not delete the image`,
      'left-over-partial': () => 'the image was never sealed and its VM was left where it was: delete it in the window',
      'half-deleted': () =>
        'make sure the VM is somewhere else or not needed; then delete what is left of it in the window',
      twice: () => 'compare both; delete the parked one only when the other is right',
      'parked-without-task': () =>
        'look for its restored VM, or restore its image; if there is neither, give it its name back',
    },
    lostCount: (count) => `${counted(count, 'finding')}.`,
  },
  ja: {
    noneWaits: '判断を待っているタスクはありません。',
    source: (fact) => `  移動元          ${fact}`,
    image: (fact, path) => (path === null ? `  退避イメージ    ${fact}` : `  退避イメージ    ${fact} ${path}`),
    restored: (fact) => `  復元した VM     ${fact}`,
    safeSteps: '  安全に実行できる手順:',
    unsafeSteps: '  現在は安全でない手順:',
    noSafeStep: '  現在安全に実行できる手順はありません。',
    advised: '推奨',
    howToChoose: (task, action) => `選択するには: vmmigrate recover ${task} --action ${action}`,
    doesNotWait: (task, state) => `${task} は判断を待っていません。現在の状態: ${state}`,
    really: (vm, what) => `${vm} について次を完全に削除します: ${what}。続けますか?`,
    noneLost: '失われた仮想マシンは見つかりませんでした。',
    notAllSeen:
      '確認できないサイトがあります。そこにある仮想マシンが失われたように見えるか、見落とされることがあります。',
    lostColumns: ['種類', '仮想マシン', '場所', '次の安全な手順'],
    lost: {
      'only-an-image': '退避イメージのみ',
      'only-an-unsealed-image': '未確定の退避イメージのみ',
      'left-over-partial': '書き込み途中の残り',
      'half-deleted': '削除途中',
      twice: '二重',
      'parked-without-task': 'タスクのない保留',
    },
    lostSteps: {
      'only-an-image': (image) => `vmmigrate restore ${image} --to <プール>。退避イメージは削除しないでください`,
      'only-an-unsealed-image': (image) =>
        `vmmigrate images verify ${image} で検証すると確定します。退避イメージは削除しないでください`,
      'left-over-partial': () => '確定しておらず、仮想マシンは元の場所のままです。ウィンドウで削除してください',
      'half-deleted': () => '仮想マシンが別の場所にあるか不要であることを確認し、残りをウィンドウで削除してください',
      twice: () => '両方を比較し、もう一方が正しい場合に限り、保留中のものを削除してください',
      'parked-without-task': () =>
        '復元した仮想マシンを探すか、退避イメージから復元し、どちらもなければ元の名前に戻してください',
    },
    lostCount: (count) => `${count} 件。`,
  },
});
