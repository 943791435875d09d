import type { ErrorData } from '../../errors/app-error.ts';
import type { Language } from '../topic.ts';
import { type ErrorTexts, inSentence } from './error-text.ts';

type Thing = ErrorData['not-found']['what'];

const things: Readonly<Record<Language, Readonly<Record<Thing, string>>>> = {
  en: {
    vm: 'VM',
    destination: 'destination',
    task: 'task',
    site: 'site',
    entity: 'object',
    folder: 'evacuation image folder',
    image: 'evacuation image',
    'follow-up': 'follow-up',
  },
  ja: {
    vm: '仮想マシン',
    destination: '移動先',
    task: 'タスク',
    site: 'サイト',
    entity: 'オブジェクト',
    folder: '退避イメージ格納フォルダ',
    image: '退避イメージ',
    'follow-up': 'フォローアップ',
  },
};

/** The console's own files, and requests it cannot carry out. */
export const consoleErrorTexts: ErrorTexts<
  | 'storage-newer'
  | 'storage-damaged'
  | 'storage-locked'
  | 'storage-failed'
  | 'secret-store-unavailable'
  | 'invalid-input'
  | 'not-found'
  | 'ambiguous-name'
  | 'cancelled'
  | 'internal'
> = {
  'storage-newer': {
    en: ({ file, fileVersion, programVersion }) => ({
      cause: `${file} was written by a newer version of the console (${fileVersion}; this one knows ${programVersion}).`,
      consequence: 'It was left as it is.',
      remedy: ['Start the newer version of the console.'],
    }),
    ja: ({ file, fileVersion, programVersion }) => ({
      cause: `${file} は新しいバージョンのコンソールで作成されています（${fileVersion}、対応は ${programVersion} まで）。`,
      consequence: 'ファイルは変更していません。',
      remedy: ['新しいバージョンのコンソールを起動してください。'],
    }),
  },
  'storage-damaged': {
    en: ({ file, setAside }) => ({
      cause: `${file} is damaged.`,
      consequence: `It was set aside as ${setAside}, and a new one was begun.`,
      remedy: ['Keep the file that was set aside if you need what it held.', 'Check the disk.'],
    }),
    ja: ({ file, setAside }) => ({
      cause: `${file} が破損しています。`,
      consequence: `${setAside} として退避し、新しいファイルを作成しました。`,
      remedy: ['内容が必要な場合は、退避したファイルを保管してください。', 'ディスクを確認してください。'],
    }),
  },
  'storage-locked': {
    en: ({ file }) => ({
      cause: `${file} is in use by another process.`,
      consequence: 'It could not be opened or written.',
      remedy: ['Close the other console or command line that uses it, then try again.'],
    }),
    ja: ({ file }) => ({
      cause: `${file} は別のプロセスが使用しています。`,
      consequence: '開くことも書き込むこともできません。',
      remedy: ['使用中のコンソールまたはコマンドを終了して、再試行してください。'],
    }),
  },
  'storage-failed': {
    en: ({ file, reason }) => ({
      cause: `${file} could not be read or written: ${inSentence(reason)}.`,
      consequence: 'What was just asked for may not be saved.',
      remedy: ['See whether the disk is full or the folder read-only, then try again.'],
    }),
    ja: ({ file, reason }) => ({
      cause: `${file} を読み書きできません：${reason}`,
      consequence: '直前の操作は保存されていない可能性があります。',
      remedy: ['ディスクの空きとフォルダの書き込み権限を確認して、再試行してください。'],
    }),
  },
  'secret-store-unavailable': {
    en: ({ reason }) => ({
      cause: `The system’s keychain cannot be used: ${inSentence(reason)}.`,
      consequence: 'Passwords are kept for this session only.',
      remedy: ['Unlock or install the keychain, or enter the password each time.'],
    }),
    ja: ({ reason }) => ({
      cause: `システムのキーチェーンを使用できません：${reason}`,
      consequence: 'パスワードは今回の起動中だけ保持します。',
      remedy: ['キーチェーンのロックを解除するか導入してください。または毎回パスワードを入力してください。'],
    }),
  },
  'invalid-input': {
    en: ({ issues }) => ({
      cause: `The input cannot be used: ${issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}.`,
      consequence: 'Nothing was done.',
      remedy: ['Correct it and try again.'],
    }),
    ja: ({ issues }) => ({
      cause: `入力を使用できません：${issues.map(({ path, message }) => `${path} ${message}`.trim()).join('、')}`,
      consequence: '何も実行していません。',
      remedy: ['修正して再試行してください。'],
    }),
  },
  'not-found': {
    en: ({ what, name }) => ({
      cause: `There is no ${things.en[what]} ${name}.`,
      consequence: '',
      remedy: [
        what === 'follow-up'
          ? 'Look for it in the follow-up list, also among what is done.'
          : 'Check the name; refresh the inventory if it is new.',
      ],
    }),
    ja: ({ what, name }) => ({
      cause: `${things.ja[what]} ${name} はありません。`,
      consequence: '',
      remedy: [
        what === 'follow-up'
          ? 'フォローアップ一覧を、完了分も含めて確認してください。'
          : '名前を確認してください。新しいものであれば、インベントリを更新してください。',
      ],
    }),
  },
  'ambiguous-name': {
    en: ({ name, candidates }) => ({
      cause: `${name} can mean several: ${candidates.join(', ')}.`,
      consequence: '',
      remedy: ['Name one of them in full.'],
    }),
    ja: ({ name, candidates }) => ({
      cause: `${name} に該当するものが複数あります：${candidates.join('、')}`,
      consequence: '',
      remedy: ['どれかを完全な名前で指定してください。'],
    }),
  },
  cancelled: {
    en: () => ({ cause: 'It was cancelled.', consequence: '', remedy: [] }),
    ja: () => ({ cause: 'キャンセルしました。', consequence: '', remedy: [] }),
  },
  internal: {
    en: ({ detail }) => ({
      cause: `The console itself made a mistake: ${detail}`,
      consequence: 'What was asked for was not carried out, or not to its end.',
      remedy: ['Try again.', 'If it stays, restart the console and report the details.'],
    }),
    ja: ({ detail }) => ({
      cause: `コンソール内部で問題が発生しました：${detail}`,
      consequence: '操作は実行されていないか、途中で終わっています。',
      remedy: ['再試行してください。', '続く場合は、コンソールを再起動し、詳細を報告してください。'],
    }),
  },
};
