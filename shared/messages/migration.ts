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
    allowed: 'Allowed',
    allowedWithWarnings: 'With warnings',
    someBlocked: (blocked: number, all: number) => `${blocked} of ${all} blocked`,
    notAllowed: 'Not allowed',

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

    coldHeading: 'Cold migration',
    coldUnavailable: 'Cold migration is not available in this version yet.',
    coldLeftOut: (names: string, count: number) =>
      count === 1
        ? `${names} is powered off, so it is not included and stays as it is. To move it hot, power it on first.`
        : `${names} are powered off, so they are not included and stay as they are. To move them hot, power them on first.`,

    networks: 'Networks',
    adapters: (count: number) => counted(count, 'adapter'),
    withoutNetwork: (count: number) => `${count} without a network here`,
    allNetworksHere: 'all networks exist at the destination',
    sameNetwork: (name: string) => `${name} (same)`,
    chooseNetwork: 'Choose a network',
    onSomeHosts: (count: number, all: number) => `on ${count} of ${all} hosts`,
    networkOf: (vm: string, adapter: string) => `Network of ${vm}, ${adapter}`,
    noAdapterNetwork: 'not connected',
    adapterNetworkUnknown: 'not known',
    readingFacts: 'Reading the adapters…',
    noAdapters: 'These VMs have no network adapter.',
    showAllAdapters: (count: number) => `Show all ${count} adapters`,

    atATime: 'VMs at a time',
    orderNote: (count: number, atATime: number) =>
      count <= atATime
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
    nothingFound: 'No precaution speaks against this move.',
    nothingToDo: 'Nothing left to do.',
    nothingCheckedYet: 'Not checked yet.',
    wholeOperation: 'The whole operation',
    ready: 'Ready',
    blocked: 'Blocked',
    acknowledgedOf: (done: number, all: number) => `${done} of ${all} acknowledged`,
    exclude: 'Exclude',
    excludeVm: (vm: string) => `Exclude ${vm}`,
    notIncludedHeading: 'Not included',
    undo: 'Include again',
    includeVm: (vm: string) => `Include ${vm} again`,
    leftOutByYou: 'left out by you',
    leftOutCold: 'powered off; cold migration is not available in this version yet',
    gone: 'no longer in the inventory',

    startMigration: 'Start migration',
    starting: 'Starting…',
    cannotStart: 'Cannot start yet.',
    canStart: (count: number) => `Ready to start ${counted(count, 'hot migration')}.`,
    goToFirst: 'Go to the first',
    notStarted: 'The migration was not started',
    obstacles: {
      noDestination: 'Choose a destination.',
      noVm: 'No VM is left to move.',
      noRunningVm: 'All these VMs are powered off, and cold migration is not available in this version yet.',
      blocked: (names: string, count: number) => `${names} ${count === 1 ? 'is' : 'are'} blocked`,
      blockedOperation: 'the operation is blocked',
      networks: (count: number) => `${counted(count, 'adapter has', 'adapters have')} no network at the destination`,
      warnings: (count: number, vm: string | null) =>
        `${counted(count, 'precaution')}${vm === null ? '' : ` of ${vm}`} ${count === 1 ? 'is' : 'are'} not acknowledged`,
      checking: 'the check is still running',
      checkStopped: 'the check was stopped',
      checkFailed: 'the check could not be finished',
      join: (parts: readonly string[]) => {
        const text = parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
        return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
      },
    },
    started: (count: number) => `${counted(count, 'migration')} started.`,
    list: (names: readonly string[]) => names.join(', '),
  },
  ja: {
    title: (vms, destination) => {
      const what = vms.length === 1 ? `${vms[0]} ` : `仮想マシン ${vms.length}台`;
      return destination === null ? `${what}を移行` : `${what}を ${destination} へ移行`;
    },
    hot: (count) => `ホット ${count}台`,
    staysOn: () => '電源オンのまま',
    notIncluded: (count) => `対象外 ${count}台`,
    more: (count) => `ほか${count}台`,
    toCopy: 'のディスクをコピー',
    nothingToCopy: 'ディスクは移動しません',
    copyUnknown: 'コピー量は未確認',

    destination: '移行先',
    chooseDestination: '移行先を選択してください',
    chooseDestinationHint: '選択できないリソースプールには理由を表示します。',
    otherDestination: '移行先を変更…',
    searchDestination: 'リソースプール・クラスタ・ホストを検索',
    noSuchDestination: (text) => `「${text}」を名前に含む移行先はありません。`,
    noDestinations: 'インベントリにリソースプールがありません。先にサイトへ接続してください。',
    allowed: '移行可',
    allowedWithWarnings: '警告あり',
    someBlocked: (blocked, all) => `${all}台中${blocked}台は不可`,
    notAllowed: '移行不可',

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

    coldHeading: 'コールドマイグレーション',
    coldUnavailable: 'このバージョンではコールドマイグレーションは未対応です。',
    coldLeftOut: (names) =>
      `${names} は電源オフのため対象外とし、そのままにします。ホットで移行するには、先に電源をオンにしてください。`,

    networks: 'ネットワーク',
    adapters: (count) => `アダプター${count}個`,
    withoutNetwork: (count) => `未割り当て${count}個`,
    allNetworksHere: 'すべて移行先にあります',
    sameNetwork: (name) => `${name}(同じ)`,
    chooseNetwork: 'ネットワークを選択',
    onSomeHosts: (count, all) => `ホスト ${all}台中${count}台`,
    networkOf: (vm, adapter) => `${vm} ${adapter} のネットワーク`,
    noAdapterNetwork: '未接続',
    adapterNetworkUnknown: '不明',
    readingFacts: 'アダプターを読み込み中…',
    noAdapters: 'ネットワークアダプターはありません。',
    showAllAdapters: (count) => `アダプター${count}個をすべて表示`,

    atATime: '同時実行数',
    orderNote: (count, atATime) =>
      count <= atATime
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
    nothingFound: 'この移行に対する注意事項はありません。',
    nothingToDo: '未対応の注意事項はありません。',
    nothingCheckedYet: 'まだチェックしていません。',
    wholeOperation: '操作全体',
    ready: '実行可能',
    blocked: '実行不可',
    acknowledgedOf: (done, all) => `確認済み ${done}/${all}`,
    exclude: '対象から除外',
    excludeVm: (vm) => `${vm} を対象から除外`,
    notIncludedHeading: '対象外',
    undo: '対象に戻す',
    includeVm: (vm) => `${vm} を対象に戻す`,
    leftOutByYou: '手動で除外',
    leftOutCold: '電源オフ。コールドマイグレーションはこのバージョンでは未対応です',
    gone: 'インベントリにありません',

    startMigration: '移行を開始',
    starting: '開始しています…',
    cannotStart: 'まだ開始できません。',
    canStart: (count) => `ホットマイグレーション ${count}件を開始できます。`,
    goToFirst: '最初の項目へ',
    notStarted: '移行を開始できませんでした',
    obstacles: {
      noDestination: '移行先を選択してください。',
      noVm: '移行する仮想マシンがありません。',
      noRunningVm: 'すべて電源オフです。このバージョンではコールドマイグレーションは未対応です。',
      blocked: (names) => `${names} は実行不可`,
      blockedOperation: '操作全体が実行不可',
      networks: (count) => `アダプター${count}個のネットワークが未割り当て`,
      warnings: (count, vm) => `${vm === null ? '' : `${vm} の`}注意事項${count}件が未確認`,
      checking: 'チェックの実行中',
      checkStopped: 'チェックを中止済み',
      checkFailed: 'チェックが未完了',
      join: (parts) => `${parts.join('、')}です。`,
    },
    started: (count) => `移行 ${count}件を開始しました。`,
    list: (names) => names.join('、'),
  },
});
