import { common } from '../common.ts';
import type { FindingTexts } from './rule-text.ts';

/** D1-D5: which pools a VM can be dropped on. */
export const destinationTexts: FindingTexts<
  'D1' | 'D1-unknown' | 'D2' | 'D3' | 'D5' | 'D5-template' | 'D5-busy' | 'D5-unknown' | 'D5-method' | 'D6'
> = {
  D1: {
    en: ({ vm, destination, from, to }) => ({
      title: 'Other virtualization software',
      evidence: `${vm} runs on ${common.en.platforms[from]}, ${destination} is ${common.en.platforms[to]}.`,
      consequence: 'A VM moves only between pools of the same kind of virtualization software.',
      remedy: [`Choose a ${common.en.platforms[from]} pool.`],
    }),
    ja: ({ vm, destination, from, to }) => ({
      title: '仮想化ソフトウェアの種別が異なります',
      evidence: `${vm} は ${common.ja.platforms[from]} 上、${destination} は ${common.ja.platforms[to]} です。`,
      consequence: '種別の異なる仮想化ソフトウェアのリソースプールへは移動できません。',
      remedy: [`${common.ja.platforms[from]} のリソースプールを選んでください。`],
    }),
  },
  'D1-unknown': {
    en: ({ vm, destination }) => ({
      title: 'The virtualization software is not known',
      evidence: `The site of ${vm} or of ${destination} is no longer in the console.`,
      consequence: 'It cannot be told whether the VM may go there.',
      remedy: ['Add the site again, then refresh.'],
    }),
    ja: ({ vm, destination }) => ({
      title: '仮想化ソフトウェアの種別が不明です',
      evidence: `${vm} または ${destination} のサイトが登録されていません。`,
      consequence: '移動できるかどうかを判定できません。',
      remedy: ['サイトを登録し直して、最新の情報に更新してください。'],
    }),
  },
  D2: {
    en: ({ destination, kind, platform }) => ({
      title: 'Not a destination',
      evidence: `${destination} is a ${common.en.kinds[kind]}; ${common.en.platforms[platform]} VMs are not moved to one.`,
      consequence: 'There is no such move.',
      remedy: [
        platform === 'vmware' ? 'Choose a host, resource pool, vApp or cluster.' : 'Choose a host or a cluster.',
      ],
    }),
    ja: ({ destination, kind, platform }) => ({
      title: '移動先に指定できません',
      evidence: `${destination} は${common.ja.kinds[kind]}です。${common.ja.platforms[platform]} の仮想マシンの移動先には指定できません。`,
      consequence: 'この種類の移動はありません。',
      remedy: [
        platform === 'vmware'
          ? 'ホスト、リソースプール、vApp またはクラスタを選んでください。'
          : 'ホストまたはクラスタを選んでください。',
      ],
    }),
  },
  D3: {
    en: ({ vm, destination }) => ({
      title: 'Already there',
      evidence: `${vm} is in ${destination}.`,
      consequence: 'Nothing would move.',
      remedy: ['Choose another pool.'],
    }),
    ja: ({ vm, destination }) => ({
      title: 'すでに移動先にあります',
      evidence: `${vm} は ${destination} にあります。`,
      consequence: '何も移動しません。',
      remedy: ['別のリソースプールを選んでください。'],
    }),
  },
  D5: {
    en: ({ vm, powerState }) => ({
      title: `${common.en.powerStates[powerState]}: neither hot nor cold migration`,
      evidence: `${vm} is neither running nor powered off.`,
      consequence: 'Only a running VM moves hot, only a powered-off VM moves cold.',
      remedy: [`Power ${vm} on or shut it down in its platform's own console.`, 'Check again.'],
    }),
    ja: ({ vm, powerState }) => ({
      title: `${common.ja.powerStates[powerState]}のため移動できません`,
      evidence: `${vm} は稼働中でも停止中でもありません。`,
      consequence: '稼働中の仮想マシンはホット、停止中の仮想マシンはコールドでだけ移動できます。',
      remedy: [`仮想化ソフトウェアの管理画面で ${vm} を起動するかシャットダウンしてください。`, '再確認してください。'],
    }),
  },
  'D5-template': {
    en: ({ vm }) => ({
      title: 'A template',
      evidence: `${vm} is a template, not a VM.`,
      consequence: 'Templates are not migrated.',
      remedy: ['Convert it to a VM first, if it should move.'],
    }),
    ja: ({ vm }) => ({
      title: 'テンプレートです',
      evidence: `${vm} はテンプレートです。`,
      consequence: 'テンプレートは移動できません。',
      remedy: ['移動する場合は、先に仮想マシンに変換してください。'],
    }),
  },
  'D5-busy': {
    en: ({ vm, busyWith }) => ({
      title: 'In use by another task',
      evidence: `${vm}: ${common.en.busy(busyWith)}.`,
      consequence: 'Two tasks on one VM could damage it.',
      remedy: ['Wait until that task has ended, or cancel it.', 'Check again.'],
    }),
    ja: ({ vm, busyWith }) => ({
      title: '別のタスクが使用中です',
      evidence: `${vm}：${common.ja.busy(busyWith)}`,
      consequence: '同じ仮想マシンに二つのタスクを実行すると、壊れるおそれがあります。',
      remedy: ['そのタスクの終了を待つか、キャンセルしてください。', '再確認してください。'],
    }),
  },
  'D5-unknown': {
    en: ({ vm }) => ({
      title: 'Power state could not be determined',
      evidence: `The platform did not tell the power state of ${vm}.`,
      consequence: 'It cannot be told whether the move would be hot or cold.',
      remedy: ['See whether its host is connected.', 'Refresh and check again.'],
    }),
    ja: ({ vm }) => ({
      title: '電源状態を判定できません',
      evidence: `${vm} の電源状態を取得できませんでした。`,
      consequence: 'ホットとコールドのどちらで移動するか判定できません。',
      remedy: ['ホストが接続されているか確認してください。', '最新の情報に更新し、再確認してください。'],
    }),
  },
  D6: {
    en: ({ vm, destination, from, to }) => ({
      title: 'Another management server',
      evidence: `${vm} is managed by ${from}, ${destination} by ${to}.`,
      consequence: 'This version of the console moves running VMs within one management server only.',
      remedy: [`Choose a pool of ${from}.`],
    }),
    ja: ({ vm, destination, from, to }) => ({
      title: '管理サーバが異なります',
      evidence: `${vm} は ${from}、${destination} は ${to} の管理下にあります。`,
      consequence: 'このバージョンでは、稼働中の仮想マシンを別の管理サーバへ移動できません。',
      remedy: [`${from} のリソースプールを選んでください。`],
    }),
  },
  'D5-method': {
    en: ({ vm, method, powerState }) => ({
      title: `${common.en.methods[method]} does not fit the power state`,
      evidence: `${vm} is ${common.en.powerStates[powerState].toLowerCase()} now.`,
      consequence: 'A running VM moves hot, a stopped one moves cold.',
      remedy: ['Check again, and choose the method that fits the VM as it is now.'],
    }),
    ja: ({ vm, method, powerState }) => ({
      title: `${common.ja.methods[method]}は現在の電源状態に合いません`,
      evidence: `${vm} は現在「${common.ja.powerStates[powerState]}」です。`,
      consequence: '稼働中の仮想マシンはホット、停止中の仮想マシンはコールドで移動します。',
      remedy: ['再チェックして、現在の状態に合う方法を選んでください。'],
    }),
  },
};
