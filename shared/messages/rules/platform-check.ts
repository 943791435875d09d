import type { FindingTexts } from './rule-text.ts';

/** X20: what the platform itself says of the move. */
export const platformCheckTexts: FindingTexts<'X20' | 'X20-warning' | 'X20-unavailable'> = {
  X20: {
    en: ({ vm, fault, message, host }) => ({
      title: 'The platform objects to this move',
      evidence: `${message} (${fault}${host === null ? '' : `, host ${host}`})`,
      consequence: `The platform would refuse or fail the move of ${vm}.`,
      remedy: ['Mend what the platform names, or choose another destination.', 'Check again.'],
    }),
    ja: ({ vm, fault, message, host }) => ({
      title: '仮想化ソフトウェアの事前確認で問題が見つかりました',
      evidence: `${message}(${fault}${host === null ? '' : `、ホスト ${host}`})`,
      consequence: `${vm} の移動は、仮想化ソフトウェアに拒否されるか失敗します。`,
      remedy: ['指摘された内容を解消するか、別の移動先を選んでください。', '再確認してください。'],
    }),
  },
  'X20-warning': {
    en: ({ vm, fault, message, host }) => ({
      title: 'The platform warns of this move',
      evidence: `${message} (${fault}${host === null ? '' : `, host ${host}`})`,
      consequence: `The platform moves ${vm} all the same; what it warns of then holds.`,
      remedy: ['See whether that is wanted, or choose another destination.'],
    }),
    ja: ({ vm, fault, message, host }) => ({
      title: '仮想化ソフトウェアの事前確認で警告があります',
      evidence: `${message}（${fault}${host === null ? '' : `、ホスト ${host}`}）`,
      consequence: `${vm} の移動は実行されますが、警告の内容が現実になります。`,
      remedy: ['問題がないか確認するか、別の移動先を選んでください。'],
    }),
  },
  'X20-unavailable': {
    en: ({ vm, reason }) => ({
      title: 'The platform could not be asked',
      evidence: reason,
      consequence: `Whether the platform itself accepts the move of ${vm} is not known until it starts.`,
      remedy: ['Connect the site and check again.'],
    }),
    ja: ({ vm, reason }) => ({
      title: '仮想化ソフトウェアに問い合わせできませんでした',
      evidence: reason,
      consequence: `${vm} の移動を仮想化ソフトウェアが受け付けるかどうかは、開始するまで分かりません。`,
      remedy: ['サイトに接続して、再確認してください。'],
    }),
  },
};
