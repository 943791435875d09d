import { grouped, topic } from './topic.ts';

/** What is left to people after what the console did to VMs. */
export const followUps = topic({
  en: {
    tab: 'Follow-up',
    tabOpen: (count: number) => `Follow-up, ${grouped(count)} to do`,
    filterLabel: 'Which follow-ups to show',
    filters: {
      open: (count: number) => `To do ${grouped(count)}`,
      all: (count: number, more: boolean) => `All ${grouped(count)}${more ? '+' : ''}`,
    },
    columns: { state: 'State', vm: 'VM', toDo: 'What is left to do', by: 'Changed by' },
    states: { 'to-do': 'To do', look: 'Look at the VM', nothing: 'Not changed', done: 'Done' },
    look: (cause: string) => `Nobody knows whether the VM was changed: look first. ${cause}`.trim(),
    doneBy: (by: string, when: string) => `Done, says ${by}, ${when}`,
    done: 'Done',
    doneOf: (label: string, vm: string) => `${label} of ${vm} is done`,
    gone: 'no longer in the inventory',
    show: (vm: string) => `Show ${vm}`,
    ofVm: 'Left to do',
    empty: 'Nothing is left to do',
    emptyHint:
      'What the console takes out of a VM so that it can be moved (an ISO, a floppy, a USB device), and what a cold migration leaves to people, stays here until it is done.',
    allDone: 'Everything is done',
    showAll: 'Show what was done',
    showOlder: 'Show older ones that are done',
    reading: 'Reading the follow-up list…',
    readFailed: 'The follow-up list could not be read',
  },
  ja: {
    tab: 'フォローアップ',
    tabOpen: (count) => `フォローアップ、未完了 ${grouped(count)}件`,
    filterLabel: '表示するフォローアップ',
    filters: {
      open: (count) => `未完了 ${grouped(count)}`,
      all: (count, more) => `すべて ${grouped(count)}${more ? '+' : ''}`,
    },
    columns: { state: '状態', vm: '仮想マシン', toDo: '残りの作業', by: '変更した人' },
    states: { 'to-do': '未完了', look: '要確認', nothing: '変更なし', done: '完了' },
    look: (cause) => `仮想マシンが変更されたかどうか不明です。先に確認してください。${cause}`,
    doneBy: (by, when) => `${by} が完了にしました（${when}）`,
    done: '完了',
    doneOf: (label, vm) => `${label}（${vm}）を完了にする`,
    gone: 'インベントリにありません',
    show: (vm) => `${vm} を表示`,
    ofVm: '残りの作業',
    empty: '残りの作業はありません',
    emptyHint:
      '移動のためにコンソールが仮想マシンから取り外したもの（ISO、フロッピー、USB デバイス）や、コールドマイグレーション後に残った作業が、完了するまでここに表示されます。',
    allDone: 'すべて完了しています',
    showAll: '完了分も表示',
    showOlder: 'さらに前の完了分を表示',
    reading: 'フォローアップ一覧を読み込んでいます…',
    readFailed: 'フォローアップ一覧を読み込めませんでした',
  },
});
