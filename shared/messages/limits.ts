import type { Limits } from '../domain/limits.ts';
import { topic } from './topic.ts';

interface LimitTexts {
  readonly menu: string;
  readonly title: string;
  readonly intro: string;
  readonly names: Readonly<Record<keyof Limits, string>>;
  /** What counts, and what holds when nobody has said otherwise. */
  readonly hints: Readonly<Record<keyof Limits, (usual: number) => string>>;
  readonly noLimit: (typed: string, most: number) => string;
  readonly missing: (most: number) => string;
  readonly usual: string;
  readonly save: string;
  readonly saving: string;
  readonly saved: string;
  readonly notSaved: string;
  readonly unread: string;
  readonly reading: string;
  /** In the head of the task panel. */
  readonly summary: (limits: Limits) => string;
  readonly change: (summary: string) => string;
}

/** How much is done at the same time: the dialog, and the line in the task panel that leads to it. */
export const limits = topic<LimitTexts>({
  en: {
    menu: 'Tasks at a time…',
    title: 'Tasks at a time',
    intro:
      'What is under way goes on; waiting tasks start as far as the new limits allow. They hold for this window and for vmmigrate.',
    names: {
      perHost: 'Per host',
      perDatastore: 'Per datastore',
      perFolder: 'Per evacuation image folder',
      filesPerVm: 'Files of one VM',
    },
    hints: {
      perHost: (usual) => `Migrations from or to it. Usually\u00a0${usual}.`,
      perDatastore: (usual) => `Migrations that copy disks from or to it. Usually\u00a0${usual}.`,
      perFolder: (usual) => `VMs evacuated to it or restored from it. Usually\u00a0${usual}.`,
      filesPerVm: (usual) => `Copied at the same time. Usually\u00a0${usual}.`,
    },
    noLimit: (typed, most) => `“${typed}” is no limit. Enter a whole number from 1 to ${most}.`,
    missing: (most) => `A limit is needed. Enter a whole number from 1 to ${most}.`,
    usual: 'Usual limits',
    save: 'Save',
    saving: 'Saving…',
    saved: 'The limits are saved.',
    notSaved: 'The limits were not saved',
    unread: 'The limits could not be read',
    reading: 'Reading the limits…',
    summary: ({ perHost, perDatastore, perFolder }) =>
      `At a time: ${perHost} per host · ${perDatastore} per datastore · ${perFolder} per folder`,
    change: (summary) => `${summary}. Change…`,
  },
  ja: {
    menu: '同時実行数…',
    title: '同時実行数',
    intro:
      '実行中のタスクはそのまま続き、待機中のタスクは新しい上限の範囲で始まります。このウィンドウと vmmigrate に共通です。',
    names: {
      perHost: 'ホストあたり',
      perDatastore: 'データストアあたり',
      perFolder: '退避イメージ格納フォルダあたり',
      filesPerVm: '1台の仮想マシンのファイル',
    },
    hints: {
      perHost: (usual) => `このホストからの、またはこのホストへの移動。既定は\u00a0${usual}。`,
      perDatastore: (usual) => `ディスクをコピーする移動。既定は\u00a0${usual}。`,
      perFolder: (usual) => `退避または復元する仮想マシン。既定は\u00a0${usual}。`,
      filesPerVm: (usual) => `同時にコピーする数。既定は\u00a0${usual}。`,
    },
    noLimit: (typed, most) => `「${typed}」は指定できません。1～${most} の整数を入力してください。`,
    missing: (most) => `上限が必要です。1～${most} の整数を入力してください。`,
    usual: '既定値に戻す',
    save: '保存',
    saving: '保存しています…',
    saved: '同時実行数を保存しました。',
    notSaved: '同時実行数を保存できませんでした',
    unread: '同時実行数を読み込めませんでした',
    reading: '同時実行数を読み込んでいます…',
    summary: ({ perHost, perDatastore, perFolder }) =>
      `同時実行数：ホスト ${perHost}・データストア ${perDatastore}・フォルダ ${perFolder}`,
    change: (summary) => `${summary}。変更…`,
  },
});
