import { counted, topic } from './topic.ts';

/** The migration dialog. */
export const migration = topic({
  en: {
    title: (vms: readonly string[], destination: string | null) =>
      `Migrate ${vms.length === 1 ? vms[0] : counted(vms.length, 'VM')}${destination === null ? '' : ` to ${destination}`}`,
    hot: (count: number) => `${count} hot`,
    staysOn: (count: number): string => (count === 1 ? 'stays powered on' : 'stay powered on'),
    notIncluded: (count: number) => `${count} not included`,
    more: (count: number) => `and ${count} more`,
    toCopy: 'of disks to copy',
    nothingToCopy: 'disks stay where they are',
    copyUnknown: 'Bytes to copy not known yet',

    destination: 'Destination',
    chooseDestination: 'Where should they go?',
    chooseDestinationHint: 'Pools these VMs cannot go to are shown with the reason.',
    otherDestination: 'Another destination…',
    searchDestination: 'Search pools, clusters and hosts',
    noSuchDestination: (text: string) => `No pool, cluster or host has “${text}” in its name.`,
    noDestinations: 'The inventory holds no pool yet. Connect a site first.',

    host: 'Host',
    datastore: 'Datastore',
    platformChooses: 'Let the platform choose',
    freeOf: (cpu: string | null, memory: string | null) =>
      [cpu, memory].filter((part) => part !== null).join(', ') + (cpu === null && memory === null ? '' : ' free'),
    free: (size: string) => `${size} free`,
    freeUnknown: 'free space not known',
    lacks: (size: string) => `lacks ${size}`,
    noHost: 'No host here can take a VM now: all are in maintenance mode or not connected.',
    disksStay: 'Without a choice the disks stay where they are.',
    disksCopied: 'The hosts here do not reach all disks: they have to be copied to a datastore here.',

    networks: 'Networks',
    adapters: (count: number) => counted(count, 'adapter'),
    withoutNetwork: (count: number) => `${count} without a network here`,
    allNetworksHere: 'all networks exist at the destination',
    chooseNetwork: 'Choose a network',
    mapAdapter: 'Choose a network…',
    chooseAgain: 'No longer offered: choose again',
    applyToAll: (count: number, network: string) => `Use for all ${count} on ${network}`,
    onSomeHosts: (count: number, all: number) => `on ${count} of ${all} hosts`,
    networkOf: (vm: string, adapter: string) => `Network of ${vm}, ${adapter}`,
    noAdapterNetwork: 'not connected',
    adapterNetworkUnknown: 'not known',
    readingFacts: 'Reading the adapters…',
    noAdapters: 'These VMs have no network adapter.',
    moreAdapters: (count: number) => `Show ${counted(count, 'more adapter')}`,

    atATime: 'VMs at a time',
    orderNote: (count: number, atATime: number) =>
      count === 1
        ? 'When cancelled, the VM stays, or goes back, where it was.'
        : count <= atATime
          ? 'All start at once. A cancelled VM stays, or goes back, where it was.'
          : `${counted(atATime, 'VM')} at once, each further one when another has ended. A cancelled VM stays, or goes back, where it was.`,

    precautions: 'Precautions',
    toDo: (count: number) => `To do ${count}`,
    all: (count: number) => `All ${count}`,
    checkAgain: 'Check again',
    stopCheck: 'Stop checking',
    checking: 'Checking…',
    checkedAge: (age: string) => `Checked ${age}`,
    checkFailed: 'The check could not be finished',
    checkStopped: 'The check was stopped. What is shown may be out of date.',
    olderFindings: 'Findings of the choices before; they are being checked again.',
    nothingToDo: 'Nothing left to do.',
    wholeOperation: 'The whole operation',
    moreVms: (count: number) => `Show ${counted(count, 'more VM')}`,
    clearVms: (count: number) => `${counted(count, 'VM')} without precautions`,
    ready: 'Ready',
    blocked: 'Blocked',
    acknowledgedOf: (done: number, all: number) => `${done} of ${all} acknowledged`,
    exclude: 'Exclude',
    excludeBlocked: (count: number) => `Exclude all ${count} blocked`,
    excludeVm: (vm: string) => `Exclude ${vm}`,
    notIncludedHeading: 'Not included',
    undo: 'Include again',
    includeVm: (vm: string) => `Include ${vm} again`,
    leftOutByYou: 'left out by you',
    gone: (count: number) => `${counted(count, 'VM is', 'VMs are')} no longer in the inventory`,

    discardQuestion: 'Close and lose what you chose and wrote here?',
    keepEditing: 'Keep editing',
    discard: 'Close and lose it',
    startMigration: 'Start migration',
    starting: 'Starting…',
    cannotStart: 'Cannot start yet.',
    goToFirst: 'Go to the first',
    notStarted: 'The migration was not started',
    obstacles: {
      noDestination: 'Choose a destination.',
      noVm: 'No VM is left to move.',
      tooMany: (count: number, most: number) => `One operation moves at most ${most} VMs; these are ${count}.`,
      blocked: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} blocked`,
      blockedOperation: 'the operation is blocked',
      choiceGone: {
        host: 'the chosen host is no longer offered',
        datastore: 'the chosen datastore is no longer offered',
      },
      networks: (count: number) => `${counted(count, 'adapter has', 'adapters have')} no network at the destination`,
      warnings: (count: number, vm: string | null) =>
        `${counted(count, 'precaution')}${vm === null ? '' : ` of ${vm}`} ${count === 1 ? 'is' : 'are'} not acknowledged`,
      checking: 'the check is still running',
      checkStopped: 'the check was stopped',
      checkFailed: 'the check could not be finished',
      join: (parts: readonly string[]) => {
        const text = parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
        // A VM's name keeps its spelling at the beginning of the sentence; an article does not.
        return `${text.replace(/^the /, 'The ')}.`;
      },
    },
    started: (count: number) => `${counted(count, 'migration')} started.`,
    list: (names: readonly string[]) => names.join(', '),
  },
  ja: {
    title: (vms, destination) => {
      const what = vms.length === 1 ? `${vms[0]} ` : `仮想マシン ${vms.length}台`;
      return destination === null ? `${what}を移動` : `${what}を ${destination} へ移動`;
    },
    hot: (count) => `ホット ${count}台`,
    staysOn: () => '電源オンのまま',
    notIncluded: (count) => `対象外 ${count}台`,
    more: (count) => `ほか${count}台`,
    toCopy: 'のディスクをコピー',
    nothingToCopy: 'ディスクは移動しません',
    copyUnknown: 'コピー量は未確認',

    destination: '移動先',
    chooseDestination: '移動先を選択してください',
    chooseDestinationHint: '選択できないリソースプールには理由を表示します。',
    otherDestination: '移動先を変更…',
    searchDestination: 'リソースプール・クラスタ・ホストを検索',
    noSuchDestination: (text) => `「${text}」を名前に含む移動先はありません。`,
    noDestinations: 'インベントリにリソースプールがありません。先にサイトへ接続してください。',

    host: 'ホスト',
    datastore: 'データストア',
    platformChooses: '仮想化ソフトウェアに任せる',
    freeOf: (cpu, memory) => {
      const parts = [cpu, memory].filter((part) => part !== null);
      return parts.length === 0 ? '' : `空き ${parts.join('・')}`;
    },
    free: (size) => `空き ${size}`,
    freeUnknown: '空き容量は不明',
    lacks: (size) => `${size} 不足`,
    noHost: '受け入れ可能なホストがありません。すべてメンテナンスモードか未接続です。',
    disksStay: '指定しない場合、ディスクは今の場所に残ります。',
    disksCopied: '移動先のホストから到達できないディスクは、移動先のデータストアへのコピーが必要です。',

    networks: 'ネットワーク',
    adapters: (count) => `アダプタ${count}個`,
    withoutNetwork: (count) => `未割り当て${count}個`,
    allNetworksHere: 'すべて移動先にあります',
    chooseNetwork: 'ネットワークを選択',
    mapAdapter: 'ネットワークを選択…',
    chooseAgain: '選択不可になりました',
    applyToAll: (count, network) => `${network} の${count}個すべてに適用`,
    onSomeHosts: (count, all) => `ホスト ${all}台中${count}台`,
    networkOf: (vm, adapter) => `${vm} ${adapter} のネットワーク`,
    noAdapterNetwork: '未接続',
    adapterNetworkUnknown: '不明',
    readingFacts: 'アダプタを読み込み中…',
    noAdapters: 'ネットワークアダプタはありません。',
    moreAdapters: (count) => `ほか${count}個を表示`,

    atATime: '同時実行数',
    orderNote: (count, atATime) =>
      count === 1
        ? 'キャンセルした仮想マシンは元の場所に残るか、元の場所に戻ります。'
        : count <= atATime
          ? 'すべて同時に開始します。キャンセルした仮想マシンは元の場所に残るか、元の場所に戻ります。'
          : `${atATime}台を同時に開始し、終わるごとに次を開始します。キャンセルした仮想マシンは元の場所に残るか、元の場所に戻ります。`,

    precautions: '注意事項',
    toDo: (count) => `未対応 ${count}`,
    all: (count) => `すべて ${count}`,
    checkAgain: '再チェック',
    stopCheck: 'チェックを中止',
    checking: 'チェック中…',
    checkedAge: (age) => `チェック ${age}`,
    checkFailed: 'チェックを完了できませんでした',
    checkStopped: 'チェックを中止しました。表示は最新でない可能性があります。',
    olderFindings: '変更前の条件での結果です。再チェックしています。',
    nothingToDo: '未対応の注意事項はありません。',
    wholeOperation: '操作全体',
    moreVms: (count) => `ほか${count}台を表示`,
    clearVms: (count) => `注意事項のない仮想マシン ${count}台`,
    ready: '実行可能',
    blocked: '実行不可',
    acknowledgedOf: (done, all) => `確認済み ${done}/${all}`,
    exclude: '対象から除外',
    excludeBlocked: (count) => `実行不可の${count}台をすべて除外`,
    excludeVm: (vm) => `${vm} を対象から除外`,
    notIncludedHeading: '対象外',
    undo: '対象に戻す',
    includeVm: (vm) => `${vm} を対象に戻す`,
    leftOutByYou: '手動で除外',
    gone: (count) => `仮想マシン${count}台はインベントリにありません`,

    discardQuestion: '閉じると、選択と入力した理由が失われます。閉じますか？',
    keepEditing: '編集を続ける',
    discard: '破棄して閉じる',
    startMigration: '移動を開始',
    starting: '開始しています…',
    cannotStart: 'まだ開始できません。',
    goToFirst: '最初の項目へ',
    notStarted: '移動を開始できませんでした',
    obstacles: {
      noDestination: '移動先を選択してください。',
      noVm: '移動する仮想マシンがありません。',
      tooMany: (count, most) => `一度に移動できるのは${most}台までです（現在${count}台）。`,
      blocked: (names) => `${names} は実行不可`,
      blockedOperation: '操作全体が実行不可',
      choiceGone: { host: '選択したホストは選択不可', datastore: '選択したデータストアは選択不可' },
      networks: (count) => `アダプタ${count}個のネットワークが未割り当て`,
      warnings: (count, vm) => `${vm === null ? '' : `${vm} の`}注意事項${count}件が未確認`,
      checking: 'チェックの実行中',
      checkStopped: 'チェックを中止済み',
      checkFailed: 'チェックが未完了',
      join: (parts) => `${parts.join('、')}です。`,
    },
    started: (count) => `移動 ${count}件を開始しました。`,
    list: (names) => names.join('、'),
  },
});
