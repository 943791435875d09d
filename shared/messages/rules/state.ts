import { duration } from '../format.ts';
import type { FindingTexts } from './rule-text.ts';
import { listed, missingFacts } from './words.ts';

const conditions = {
  connected: { en: 'connected', ja: '接続中' },
  disconnected: { en: 'disconnected', ja: '切断' },
  inaccessible: { en: 'inaccessible', ja: 'アクセス不可' },
  orphaned: { en: 'orphaned', ja: '孤立' },
  invalid: { en: 'invalid', ja: '無効' },
} as const;

/** State of the VM, what is lost, versions, locks, and what could not be determined. */
export const stateTexts: FindingTexts<
  'S14' | 'X1' | 'X6' | 'X7' | 'X12' | 'X13' | 'X15' | 'X16' | 'X16-disk' | 'X17' | 'X18' | 'X19' | 'undetermined'
> = {
  S14: {
    en: ({ vm }) => ({
      title: 'After the evacuation the VM exists only as an image',
      evidence: `${vm}: the policy is "delete before restore".`,
      consequence: 'When the restore fails, the VM is no longer on VMware.',
      remedy: [
        'Then restore it from its image to the original place or elsewhere, with the recovery of this console.',
        'Or keep the source until it is restored.',
      ],
    }),
    ja: ({ vm }) => ({
      title: '退避後、仮想マシンはイメージとしてだけ存在します',
      evidence: `${vm}: 「復元前に削除」が選択されています。`,
      consequence: '復元でエラーとなった場合、仮想マシンはVMware上から削除されています。',
      remedy: [
        'その場合は、回復操作で元の場所または別の場所に復元してください。',
        'または、復元が終わるまで移動元を残してください。',
      ],
    }),
  },
  X1: {
    en: ({ vm, checkpoints }) => ({
      title: `${checkpoints.length} snapshot${checkpoints.length === 1 ? ' is' : 's are'} lost`,
      evidence: `${vm}: ${listed(checkpoints, 'en')}.`,
      consequence: 'The image keeps only the current state.',
      remedy: ['Use a direct move to keep them, or delete the ones no longer needed.'],
    }),
    ja: ({ vm, checkpoints }) => ({
      title: `スナップショット${checkpoints.length}件は引き継がれません`,
      evidence: `${vm}：${listed(checkpoints, 'ja')}`,
      consequence: '退避イメージには現在の状態だけが保存されます。',
      remedy: ['残す場合は直接移動を使用してください。不要なものは削除してください。'],
    }),
  },
  X6: {
    en: ({ vm }) => ({
      title: 'Fault tolerance is on',
      evidence: `${vm} is protected by vSphere Fault Tolerance.`,
      consequence: 'The platform refuses the move.',
      remedy: ['Turn fault tolerance off, move the VM, turn it on again.'],
    }),
    ja: ({ vm }) => ({
      title: 'フォールトトレランスが有効です',
      evidence: `${vm} はvSphere Fault Toleranceで保護されています。`,
      consequence: '移動は拒否されます。',
      remedy: ['フォールトトレランスを無効にして移動し、移動後に有効にしてください。'],
    }),
  },
  X7: {
    en: ({ vm, cpuAffinity, placementRules }) => ({
      title: 'Placement rules are lost',
      evidence: `${vm}: ${[cpuAffinity ? 'bound to certain CPUs' : '', placementRules.length > 0 ? `DRS rules ${listed(placementRules, 'en')}` : ''].filter(Boolean).join('; ')}.`,
      consequence: 'Rules belong to their cluster and do not go along.',
      remedy: ['Set them up again at the destination if they are still wanted.'],
    }),
    ja: ({ vm, cpuAffinity, placementRules }) => ({
      title: '配置ルールは引き継がれません',
      evidence: `${vm}: ${[cpuAffinity ? 'CPUアフィニティ' : '', placementRules.length > 0 ? `DRSルール ${listed(placementRules, 'ja')}` : ''].filter(Boolean).join('、')}`,
      consequence: 'ルールはクラスタに属するため、移動先には引き継がれません。',
      remedy: ['必要な場合は、移動先で設定し直してください。'],
    }),
  },
  X12: {
    en: ({ vm, hardwareVersion, host, newest, platform }) => ({
      title: `${platform === 'vmware' ? 'The virtual hardware' : 'The configuration version'} is too new`,
      evidence: `${vm} has version ${hardwareVersion}; ${host} runs up to ${newest}.`,
      consequence: 'The destination cannot run the VM.',
      remedy: ['Choose a newer host.'],
    }),
    ja: ({ vm, hardwareVersion, host, newest, platform }) => ({
      title: `${platform === 'vmware' ? '仮想ハードウェア' : '構成'}のバージョンが新しすぎます`,
      evidence: `${vm} のバージョンは${hardwareVersion}、${host} の対応は${newest}までです。`,
      consequence: '移動先では動作しません。',
      remedy: ['より新しいホストを選んでください。'],
    }),
  },
  X13: {
    en: ({ vm, destination }) => ({
      title: 'The name is taken at the destination',
      evidence: `Another VM at ${destination} is called ${vm}.`,
      consequence: 'The restore would fail.',
      remedy: ['Rename one of them.', 'Check again.'],
    }),
    ja: ({ vm, destination }) => ({
      title: '移動先に同じ名前の仮想マシンがあります',
      evidence: `${destination} の管理サーバに ${vm} という別の仮想マシンがあります。`,
      consequence: '復元でエラーとなります。',
      remedy: ['どちらかの名前を変更してください。', '再確認してください。'],
    }),
  },
  X15: {
    en: ({ vm }) => ({
      title: 'Snapshots need consolidation',
      evidence: `${vm} has left-over snapshot files.`,
      consequence: 'The move takes longer and can fail.',
      remedy: ['Consolidate the disks in the vSphere Client.', 'Check again.'],
    }),
    ja: ({ vm }) => ({
      title: 'スナップショットの統合が必要です',
      evidence: `${vm} に統合されていないスナップショットのファイルが残っています。`,
      consequence: '移動に時間がかかるか、失敗するおそれがあります。',
      remedy: ['vSphere Clientでディスクを統合してください。', '再確認してください。'],
    }),
  },
  X16: {
    en: ({ vm, condition }) => ({
      title: 'The platform cannot use this VM',
      evidence: `${vm} is ${conditions[condition].en}.`,
      consequence: 'It cannot be moved.',
      remedy: ['Bring its host or datastore back, or register the VM again.', 'Check again.'],
    }),
    ja: ({ vm, condition }) => ({
      title: '仮想マシンを使用できない状態です',
      evidence: `${vm} の状態: ${conditions[condition].ja}`,
      consequence: '移動できません。',
      remedy: ['ホストまたはデータストアを復旧するか、仮想マシンを登録し直してください。', '再確認してください。'],
    }),
  },
  'X16-disk': {
    en: ({ vm, disks }) => ({
      title: 'A disk is on no datastore',
      evidence: `${vm}: ${listed(disks, 'en')}.`,
      consequence: 'Its data cannot be moved.',
      remedy: ['Bring the datastore back or remove the disk.', 'Check again.'],
    }),
    ja: ({ vm, disks }) => ({
      title: 'データストアのないディスクがあります',
      evidence: `${vm}：${listed(disks, 'ja')}`,
      consequence: 'ディスクのデータを移動できません。',
      remedy: ['データストアを復旧するか、ディスクを外してください。', '再確認してください。'],
    }),
  },
  X17: {
    en: ({ vm, vmLevel, host, hostLevel }) => ({
      title: 'The CPUs do not fit a hot migration',
      evidence: `${vm} uses ${vmLevel}; ${host} has ${hostLevel}.`,
      consequence: 'The platform refuses the hot migration.',
      remedy: ['Choose a host of the same or a newer CPU generation, or move the VM powered off.'],
    }),
    ja: ({ vm, vmLevel, host, hostLevel }) => ({
      title: 'CPUの互換性がなくホットマイグレーションできません',
      evidence: `${vm} は ${vmLevel}、${host} は ${hostLevel} です。`,
      consequence: 'ホットマイグレーションは拒否されます。',
      remedy: ['同じ世代以降のCPUを持つホストを選ぶか、停止してから移動してください。'],
    }),
  },
  X18: {
    en: ({ vm, ageMs, maxAgeMs }) => ({
      title: 'The inventory is old',
      evidence: `What is known of ${vm} was read ${duration(ageMs, 'en')} ago; ${duration(maxAgeMs, 'en')} is the limit.`,
      consequence: 'The VM may have changed meanwhile.',
      remedy: ['Connect the site and refresh. Everything is checked again before a start.'],
    }),
    ja: ({ vm, ageMs, maxAgeMs }) => ({
      title: 'インベントリが古くなっています',
      evidence: `${vm} の情報は ${duration(ageMs, 'ja')}前に取得したものです（上限 ${duration(maxAgeMs, 'ja')}）。`,
      consequence: 'その後に変更されている可能性があります。',
      remedy: ['サイトに接続して最新の情報に更新してください。開始前にはすべて再確認されます。'],
    }),
  },
  X19: {
    en: ({ vm, by, reason }) => ({
      title: 'Locked: do not move',
      evidence: `${vm} was locked by ${by}: ${reason}`,
      consequence: 'The console does not move it.',
      remedy: [`Ask ${by}, or unlock it.`],
    }),
    ja: ({ vm, by, reason }) => ({
      title: '移動禁止に設定されています',
      evidence: `${vm} は ${by} により移動禁止に設定されています: ${reason}`,
      consequence: '移動できません。',
      remedy: [`${by} に確認するか、移動禁止を解除してください。`],
    }),
  },
  undetermined: {
    en: ({ rule, missing, about }) => ({
      title: `Precaution ${rule} could not be checked`,
      evidence: `${about}: the platform did not tell ${missingFacts.en[missing]}.`,
      consequence: 'Whether this precaution applies is not known.',
      remedy: [
        'Connect the site and refresh.',
        'If it stays so, look it up in the platform itself before you acknowledge.',
      ],
    }),
    ja: ({ rule, missing, about }) => ({
      title: `注意事項 ${rule} を判定できません`,
      evidence: `${about}：${missingFacts.ja[missing]}を取得できませんでした。`,
      consequence: 'この注意事項に該当するかどうかは不明です。',
      remedy: [
        'サイトに接続して最新の情報に更新してください。',
        '解消しない場合は、仮想化ソフトウェアの管理画面で確認してから、確認済みにしてください。',
      ],
    }),
  },
};
