import { annotationActs } from './annotation-acts.ts';
import { counted, grouped, topic } from './topic.ts';

/** What people say of VMs (locks, guest-cluster marks, waivers), and which VMs cannot move. */
export const annotations = topic({
  en: {
    acts: annotationActs.en,
    locked: (vm: string) => `${vm} is locked: it will not be moved until the lock is lifted.`,
    unlocked: (vm: string) => `${vm} is no longer locked.`,
    notLocked: (vm: string) => `${vm} was not locked.`,
    taskUnderWay: (task: string) => `${task} moves it right now; the lock holds from the next move on.`,
    lockColumns: ['VM', 'LOCKED BY', 'SINCE', 'REASON'],
    noLocks: 'No VM is locked.',
    marked: (vm: string) => `${vm} is marked as a node of a guest cluster.`,
    unmarked: (vm: string) => `${vm} is not marked as a node of a guest cluster.`,
    markColumns: ['VM', 'MARKED BY', 'SINCE'],
    noMarks: 'No VM is marked as a node of a guest cluster.',
    waived: (rule: string, subject: string, until: string) => `${rule} is waived for ${subject} until ${until}.`,
    onlyWarnings: 'A waiver accepts warnings in advance. It never lifts a blocker.',
    unwaived: (rule: string, subject: string) => `${rule} is no longer waived for ${subject}.`,
    notWaived: (rule: string, subject: string) => `${rule} was not waived for ${subject}.`,
    anyVmOf: (site: string) => `any VM of ${site}`,
    waiverColumns: ['VM', 'RULE', 'UNTIL', 'WAIVED BY', 'SINCE', 'REASON'],
    over: (until: string) => `${until} (over)`,
    noWaivers: 'Nothing is waived.',
    historyColumns: ['TIME', 'BY', 'VM', 'WHAT', 'REASON'],
    noHistory: 'Nobody has said anything yet.',
    changes: {
      locked: 'locked',
      unlocked: 'unlocked',
      'guest-cluster-marked': 'marked as a node of a guest cluster',
      'guest-cluster-unmarked': 'mark taken off',
      waived: 'waived',
      unwaived: 'waiver withdrawn',
    },
    overview: {
      columns: ['VM', 'RULE', 'SEVERITY', 'HOLDS', 'FINDING', 'WHERE'],
      now: 'now',
      when: { hot: 'when running', 'cold-evacuate': 'when stopped', 'cold-direct': 'when stopped' },
      summary: (matching: number, examined: number) =>
        `${counted(matching, 'VM')} of ${grouped(examined)}. Whether a certain pool can take a VM is told by: vmmigrate check`,
      /** Stopped VMs that only lack a method of this version; listing each would hide the rest. */
      notYet: (count: number) =>
        `Not listed: ${counted(count, 'stopped VM')}, because cold migration is not in this version yet.`,
      waivedBy: (by: string, until: string) => `waived by ${by} until ${until}`,
    },
  },
  ja: {
    acts: annotationActs.ja,
    locked: (vm) => `${vm} をロックしました。ロックを解除するまで移動されません。`,
    unlocked: (vm) => `${vm} のロックを解除しました。`,
    notLocked: (vm) => `${vm} はロックされていませんでした。`,
    taskUnderWay: (task) => `${task} が現在この仮想マシンを移動中です。ロックは次の移動から有効です。`,
    lockColumns: ['仮想マシン', 'ロックした人', '日時', '理由'],
    noLocks: 'ロックされた仮想マシンはありません。',
    marked: (vm) => `${vm} をゲストクラスタのノードとして登録しました。`,
    unmarked: (vm) => `${vm} はゲストクラスタのノードとして登録されていません。`,
    markColumns: ['仮想マシン', '登録した人', '日時'],
    noMarks: 'ゲストクラスタのノードとして登録された仮想マシンはありません。',
    waived: (rule, subject, until) => `${subject} の ${rule} の警告を ${until} まで免除します。`,
    onlyWarnings: '免除は警告を事前に了承するものです。実行不可の判定は解除されません。',
    unwaived: (rule, subject) => `${subject} の ${rule} の免除を取り消しました。`,
    notWaived: (rule, subject) => `${subject} の ${rule} は免除されていませんでした。`,
    anyVmOf: (site) => `${site} のすべての仮想マシン`,
    waiverColumns: ['仮想マシン', 'ルール', '期限', '免除した人', '日時', '理由'],
    over: (until) => `${until}(期限切れ)`,
    noWaivers: '免除された警告はありません。',
    historyColumns: ['日時', '操作した人', '仮想マシン', '内容', '理由'],
    noHistory: '記録はまだありません。',
    changes: {
      locked: 'ロック',
      unlocked: 'ロック解除',
      'guest-cluster-marked': 'ゲストクラスタのノードとして登録',
      'guest-cluster-unmarked': '登録の取り消し',
      waived: '免除',
      unwaived: '免除の取り消し',
    },
    overview: {
      columns: ['仮想マシン', 'ルール', '重要度', '該当', '内容', '場所'],
      now: '現在',
      when: { hot: '稼働中の移動時', 'cold-evacuate': '停止後の移動時', 'cold-direct': '停止後の移動時' },
      summary: (matching, examined) =>
        `${grouped(examined)} 台中 ${grouped(matching)} 台。特定のプールへ移動できるかどうかは vmmigrate check で確認できます`,
      notYet: (count) =>
        `停止中の ${grouped(count)} 台は、この版にコールドマイグレーションがないため一覧から省いています。`,
      waivedBy: (by, until) => `${by} が ${until} まで免除`,
    },
  },
});
