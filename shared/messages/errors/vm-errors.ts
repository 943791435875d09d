import type { FixObstacle } from '../../domain/fix.ts';
import { common } from '../common.ts';
import { faultWords } from '../faults.ts';
import type { Language } from '../topic.ts';
import { type ErrorTexts, inSentence } from './error-text.ts';

const changes: Readonly<Record<Language, Readonly<Record<'moved' | 'power-state' | 'renamed' | 'busy', string>>>> = {
  en: { moved: 'was moved', 'power-state': 'changed its power state', renamed: 'was renamed', busy: 'is in use' },
  ja: {
    moved: 'が移動されました',
    'power-state': 'の電源状態が変わりました',
    renamed: 'の名前が変わりました',
    busy: 'は使用中です',
  },
};

const fixObstacles: Readonly<Record<Language, Readonly<Record<FixObstacle, (vm: string) => string>>>> = {
  en: {
    'not-stopped': (vm) => `${vm} is not powered off, and the console changes drives and devices of stopped VMs only.`,
    busy: (vm) => `Another task holds ${vm}.`,
    'nothing-there': (vm) => `What was to be taken out of ${vm} is not there (any more).`,
    'still-there': (vm) => `The platform reported success, but ${vm} still has what was to be taken out.`,
  },
  ja: {
    'not-stopped': (vm) =>
      `${vm} の電源がオフではありません。ドライブやデバイスの変更は停止中の仮想マシンにだけ行います。`,
    busy: (vm) => `${vm} は別のタスクが使用中です。`,
    'nothing-there': (vm) => `${vm} から取り外す対象がありません。`,
    'still-there': (vm) => `仮想化ソフトウェアは成功を報告しましたが、${vm} から取り外されていません。`,
  },
};

const fixRemedies: Readonly<Record<Language, Readonly<Record<FixObstacle, string>>>> = {
  en: {
    'not-stopped': 'Shut the guest down, then try again.',
    busy: 'Wait until that task has ended, then try again.',
    'nothing-there': 'Check again.',
    'still-there': 'Take it out in the platform’s own console, then check again.',
  },
  ja: {
    'not-stopped': 'ゲスト OS をシャットダウンしてから、もう一度実行してください。',
    busy: 'タスクの終了を待ってから、もう一度実行してください。',
    'nothing-there': '再チェックしてください。',
    'still-there': '仮想化ソフトウェアの管理画面で取り外してから、再チェックしてください。',
  },
};

const methodName = (method: string, language: Language): string =>
  method in common[language].methods ? common[language].methods[method as 'hot'] : method;

/** Acting on a VM. */
export const vmErrorTexts: ErrorTexts<
  | 'vm-gone'
  | 'vm-changed'
  | 'destination-gone'
  | 'platform-fault'
  | 'no-privilege'
  | 'moved-elsewhere'
  | 'outcome-unknown'
  | 'blocked-by-precautions'
  | 'warnings-not-acknowledged'
  | 'not-cancellable'
  | 'method-unavailable'
  | 'fix-not-possible'
> = {
  'vm-gone': {
    en: ({ vmName }) => ({
      cause: `${vmName} no longer exists on the platform.`,
      consequence: 'It was not moved by this console.',
      remedy: ['See in the platform’s own console who removed or unregistered it.'],
    }),
    ja: ({ vmName }) => ({
      cause: `${vmName} は仮想化ソフトウェアに存在しません。`,
      consequence: 'このコンソールでは移動していません。',
      remedy: ['仮想化ソフトウェアの管理画面で、削除または登録解除の履歴を確認してください。'],
    }),
  },
  'vm-changed': {
    en: ({ vmName, what, now }) => ({
      cause: `${vmName} ${changes.en[what]} meanwhile (now: ${now}).`,
      consequence: 'The move was not begun, because it rested on facts that no longer hold.',
      remedy: ['Look at the VM, check again and start again if it should still move.'],
    }),
    ja: ({ vmName, what, now }) => ({
      cause: `${vmName} ${changes.ja[what]}（現在：${now}）。`,
      consequence: '前提が変わったため、移動を開始していません。',
      remedy: ['仮想マシンの状態を確認し、必要であれば再チェックして開始し直してください。'],
    }),
  },
  'destination-gone': {
    en: ({ name }) => ({
      cause: `The destination ${name} no longer exists.`,
      consequence: 'The VM stays where it is.',
      remedy: ['Refresh the inventory and choose another destination.'],
    }),
    ja: ({ name }) => ({
      cause: `移動先 ${name} が存在しません。`,
      consequence: '仮想マシンは元の場所にあります。',
      remedy: ['インベントリを更新し、別の移動先を選択してください。'],
    }),
  },
  'platform-fault': {
    en: ({ fault, message, operation }) => {
      const { title, remedy } = faultWords(fault, 'en');
      return {
        cause: message === '' ? `${title} (${fault}, ${operation}).` : `${title}: ${message} (${fault}, ${operation})`,
        consequence: 'The platform did not carry it out.',
        remedy,
      };
    },
    ja: ({ fault, message, operation }) => {
      const { title, remedy } = faultWords(fault, 'ja');
      return {
        cause: message === '' ? `${title}(${fault}、${operation})` : `${title}: ${message}(${fault}、${operation})`,
        consequence: '仮想化ソフトウェアは実行しませんでした。',
        remedy,
      };
    },
  },
  'no-privilege': {
    en: ({ privilege, object }) => ({
      cause: `The user of this site lacks the privilege ${privilege} on ${object}.`,
      consequence: 'The platform refused; nothing was changed.',
      remedy: [`Ask for ${privilege} on ${object}, or connect the site with another user.`],
    }),
    ja: ({ privilege, object }) => ({
      cause: `このサイトのユーザーには、${object} に対する権限 ${privilege} がありません。`,
      consequence: '拒否されたため、何も変更していません。',
      remedy: [`${object} に対する ${privilege} の付与を依頼するか、別のユーザーで接続してください。`],
    }),
  },
  'moved-elsewhere': {
    en: ({ vmName, expected, found }) => ({
      cause: `${vmName} is in ${found}, not in ${expected}.`,
      consequence: 'The VM runs, but not where it was meant to be.',
      remedy: ['See who moved it meanwhile.', `Move it to ${expected} again if it should be there.`],
    }),
    ja: ({ vmName, expected, found }) => ({
      cause: `${vmName} は ${expected} ではなく ${found} にあります。`,
      consequence: '仮想マシンは存在しますが、予定した場所ではありません。',
      remedy: ['途中で移動した人がいないか確認してください。', `必要であれば ${expected} へ移動し直してください。`],
    }),
  },
  'outcome-unknown': {
    en: ({ vmName, reason }) => ({
      cause: `What became of the move of ${vmName} is not known: ${inSentence(reason)}.`,
      consequence: 'The VM is either where it was or at the destination; nothing is assumed.',
      remedy: ['Connect the site: the console then finds out where the VM is.'],
    }),
    ja: ({ vmName, reason }) => ({
      cause: `${vmName} の移動結果が不明です：${reason}`,
      consequence: '仮想マシンは元の場所か移動先のどちらかにあります。推測はしません。',
      remedy: ['サイトに接続してください。接続時に仮想マシンの場所を確認します。'],
    }),
  },
  'blocked-by-precautions': {
    en: ({ vmName, ruleIds }) => ({
      cause: `Precautions block the move of ${vmName}: ${ruleIds.join(', ')}.`,
      consequence: 'The VM was not touched.',
      remedy: ['Check again, follow the remedy of each blocker, or leave the VM out.'],
    }),
    ja: ({ vmName, ruleIds }) => ({
      cause: `${vmName} は次の注意事項により移動できません：${ruleIds.join('、')}`,
      consequence: '仮想マシンには何もしていません。',
      remedy: ['再チェックして各項目の対処を行うか、対象から除外してください。'],
    }),
  },
  'warnings-not-acknowledged': {
    en: ({ vmName, ruleIds }) => ({
      cause: `Warnings about ${vmName} are not acknowledged: ${ruleIds.join(', ')}.`,
      consequence: 'The VM was not touched.',
      remedy: ['Check again, and acknowledge each warning with a reason.'],
    }),
    ja: ({ vmName, ruleIds }) => ({
      cause: `${vmName} の警告が確認されていません：${ruleIds.join('、')}`,
      consequence: '仮想マシンには何もしていません。',
      remedy: ['再チェックし、各警告を理由とともに確認してください。'],
    }),
  },
  'not-cancellable': {
    en: ({ vmName }) => ({
      cause: `The platform no longer lets the move of ${vmName} be cancelled.`,
      consequence: 'It goes on to its end.',
      remedy: ['Wait for the end, then move the VM back if needed.'],
    }),
    ja: ({ vmName }) => ({
      cause: `${vmName} の移動はキャンセルできない段階です。`,
      consequence: '最後まで実行されます。',
      remedy: ['終了を待ち、必要であれば元に戻してください。'],
    }),
  },
  'method-unavailable': {
    en: ({ method }) => ({
      cause: `${methodName(method, 'en')} is not available in this version.`,
      consequence: 'The VM was not touched.',
      remedy: ['Power the VM on and move it hot, or leave it out.'],
    }),
    ja: ({ method }) => ({
      cause: `${methodName(method, 'ja')}は、このバージョンでは未対応です。`,
      consequence: '仮想マシンには何もしていません。',
      remedy: ['電源をオンにしてホットで移動するか、対象から除外してください。'],
    }),
  },
  'fix-not-possible': {
    en: ({ vmName, why }) => ({
      cause: fixObstacles.en[why](vmName),
      consequence: why === 'still-there' ? 'The VM stays where it is.' : 'The VM was not changed.',
      remedy: [fixRemedies.en[why]],
    }),
    ja: ({ vmName, why }) => ({
      cause: fixObstacles.ja[why](vmName),
      consequence: why === 'still-there' ? '仮想マシンは元の場所にあります。' : '仮想マシンは変更していません。',
      remedy: [fixRemedies.ja[why]],
    }),
  },
};
