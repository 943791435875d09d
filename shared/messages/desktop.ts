import { topic } from './topic.ts';

/** Menu bar and message boxes of the operating system. */
export const desktop = topic({
  en: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    quit: 'Quit',
    closeWindow: 'Close window',
    cannotStart: 'The console cannot start',
    startEmpty: 'Begin with an empty task log',
    quitAnyway: 'Quit',
    stay: 'Do not quit',
    tasksRun: (count: number) => (count === 1 ? '1 task is still running' : `${count} tasks are still running`),
    tasksRunDetail:
      'Moves that have begun go on at the servers. The console finds out what became of them after the next start. Tasks that are waiting will not start.',
    pageFailed: 'The window has stopped working',
    pageFailedDetail: 'Tasks go on in the background. The window can be loaded again.',
    reload: 'Load again',
    exportTitle: 'Export the task log',
    chooseFolderTitle: 'Choose an evacuation image folder',
  },
  ja: {
    file: 'ファイル',
    edit: '編集',
    view: '表示',
    window: 'ウィンドウ',
    quit: '終了',
    closeWindow: 'ウィンドウを閉じる',
    cannotStart: 'コンソールを起動できません',
    startEmpty: '空のタスクログで始める',
    quitAnyway: '終了する',
    stay: '終了しない',
    tasksRun: (count) => `${count} 件のタスクが実行中です`,
    tasksRunDetail:
      '開始済みの移動はサーバ側で続きます。結果は次回の起動後に確認します。待機中のタスクは開始されません。',
    pageFailed: 'ウィンドウが停止しました',
    pageFailedDetail: 'タスクはバックグラウンドで続いています。ウィンドウを読み込み直すことができます。',
    reload: '読み込み直す',
    exportTitle: 'タスクログのエクスポート',
    chooseFolderTitle: '退避イメージ格納フォルダの選択',
  },
});
