import { size } from '../format.ts';
import { grouped } from '../topic.ts';
import type { FindingTexts } from './rule-text.ts';

/** Room in folders and datastores, memory and CPU. */
export const spaceTexts: FindingTexts<
  'S9' | 'S9-fewer' | 'S9-no-folder' | 'X9' | 'X10' | 'X11-memory' | 'X11-cpu' | 'X11-pool-memory' | 'X11-pool-cpu'
> = {
  S9: {
    en: ({ folder, neededBytes, reservedBytes, floorBytes, freeBytes, missingBytes }) => ({
      title: `The evacuation image folder lacks ${size(missingBytes)}`,
      evidence: `${folder}: needed at least ${size(neededBytes)}, reserved by other tasks ${size(reservedBytes)}, kept free ${size(floorBytes)}, free ${size(freeBytes)}.`,
      consequence: 'The evacuation would stop half-way.',
      remedy: ['Choose another folder, free space in this one, or move fewer VMs.', 'Check again.'],
    }),
    ja: ({ folder, neededBytes, reservedBytes, floorBytes, freeBytes, missingBytes }) => ({
      title: `退避イメージ格納フォルダの空き容量が ${size(missingBytes)} 不足しています`,
      evidence: `${folder}：最低限必要 ${size(neededBytes)}、ほかのタスクの予約 ${size(reservedBytes)}、確保分 ${size(floorBytes)}、空き ${size(freeBytes)}`,
      consequence: '退避が途中で停止します。',
      remedy: ['別のフォルダを選ぶか、空き容量を増やすか、対象を減らしてください。', '再確認してください。'],
    }),
  },
  'S9-fewer': {
    en: ({ folder, neededBytes, reservedBytes, floorBytes, freeBytes, atATime }) => ({
      title: `The evacuation image folder has room for ${atATime} at a time`,
      evidence: `${folder}: needed ${size(neededBytes)} with ${atATime} at a time, reserved by other tasks ${size(reservedBytes)}, kept free ${size(floorBytes)}, free ${size(freeBytes)}.`,
      consequence: 'The other VMs wait until an image has been restored and deleted. Nothing stops half-way.',
      remedy: ['Nothing has to be done. To go faster, free space in the folder or choose another one.'],
    }),
    ja: ({ folder, neededBytes, reservedBytes, floorBytes, freeBytes, atATime }) => ({
      title: `退避イメージ格納フォルダの空き容量では、同時に実行できるのは ${atATime} 件までです`,
      evidence: `${folder}：${atATime} 件同時の場合の必要 ${size(neededBytes)}、ほかのタスクの予約 ${size(reservedBytes)}、確保分 ${size(floorBytes)}、空き ${size(freeBytes)}`,
      consequence:
        '残りの仮想マシンは、先の退避イメージが復元されて削除されるまで待機します。途中で停止することはありません。',
      remedy: ['対処は不要です。速く終わらせるには、フォルダの空き容量を増やすか、別のフォルダを選んでください。'],
    }),
  },
  'S9-no-folder': {
    en: ({ neededBytes }) => ({
      title: 'No evacuation image folder is chosen',
      evidence: `${size(neededBytes)} are needed.`,
      consequence: 'There is nowhere to evacuate to.',
      remedy: ['Choose an evacuation image folder.'],
    }),
    ja: ({ neededBytes }) => ({
      title: '退避イメージ格納フォルダが選択されていません',
      evidence: `${size(neededBytes)} が必要です。`,
      consequence: '退避先がありません。',
      remedy: ['退避イメージ格納フォルダを選んでください。'],
    }),
  },
  X9: {
    en: ({ datastore, neededBytes, freeBytes, missingBytes }) => ({
      title: `The destination lacks ${size(missingBytes)} of disk space`,
      evidence: `${datastore} is the roomiest: ${size(freeBytes)} free, ${size(neededBytes)} needed.`,
      consequence: 'The platform would refuse the move, or fail in the middle of it.',
      remedy: ['Choose another datastore or fewer VMs.', 'Check again.'],
    }),
    ja: ({ datastore, neededBytes, freeBytes, missingBytes }) => ({
      title: `移動先のディスクの空き容量が ${size(missingBytes)} 不足しています`,
      evidence: `空きが最も多い ${datastore} は ${size(freeBytes)}、必要な容量は ${size(neededBytes)} です。`,
      consequence: '移動が拒否されるか、途中で失敗します。',
      remedy: ['別のデータストアを選ぶか、対象を減らしてください。', '再確認してください。'],
    }),
  },
  X10: {
    en: ({ host, state }) => ({
      title:
        state === 'maintenance'
          ? 'The host is in maintenance mode'
          : state === 'no-usable-host'
            ? 'No host of the destination is usable'
            : 'The host is not connected',
      evidence: `${host}: ${{ maintenance: 'in maintenance mode', disconnected: 'disconnected', 'not-responding': 'not responding', 'no-usable-host': 'all hosts are in maintenance mode or not connected' }[state]}.`,
      consequence: 'It takes no VMs.',
      remedy: ['Take the host out of maintenance mode or reconnect it, or choose another destination.', 'Check again.'],
    }),
    ja: ({ host, state }) => ({
      title:
        state === 'maintenance'
          ? 'ホストはメンテナンスモードです'
          : state === 'no-usable-host'
            ? '移動先に使用できるホストがありません'
            : 'ホストが接続されていません',
      evidence: `${host}：${{ maintenance: 'メンテナンスモード', disconnected: '切断', 'not-responding': '応答なし', 'no-usable-host': 'すべてのホストがメンテナンスモードまたは未接続' }[state]}`,
      consequence: '仮想マシンを受け入れられません。',
      remedy: ['メンテナンスモードを終了するか再接続するか、別の移動先を選んでください。', '再確認してください。'],
    }),
  },
  'X11-memory': {
    en: ({ destination, neededBytes, freeBytes }) => ({
      title: 'Too little memory left at the destination',
      evidence: `${destination}: ${size(freeBytes)} free, the VMs of this operation have ${size(neededBytes)}.`,
      consequence: 'The hosts would swap, or the platform refuses some of the VMs.',
      remedy: ['Move fewer VMs, or choose another destination.'],
    }),
    ja: ({ destination, neededBytes, freeBytes }) => ({
      title: '移動先の空きメモリが不足しています',
      evidence: `${destination}：空き ${size(freeBytes)}、対象の仮想マシンの合計 ${size(neededBytes)}`,
      consequence: 'ホストでスワップが発生するか、一部の移動が拒否されます。',
      remedy: ['対象を減らすか、別の移動先を選んでください。'],
    }),
  },
  'X11-cpu': {
    en: ({ destination, usedMhz, totalMhz }) => ({
      title: 'Little CPU left at the destination',
      evidence: `${destination}: ${grouped(usedMhz)} of ${grouped(totalMhz)} MHz in use.`,
      consequence: 'The VMs there and the ones to come may slow down.',
      remedy: ['Choose another destination, or a quieter hour.'],
    }),
    ja: ({ destination, usedMhz, totalMhz }) => ({
      title: '移動先のCPUに余裕がありません',
      evidence: `${destination}：${grouped(totalMhz)} MHz のうち ${grouped(usedMhz)} MHz を使用中`,
      consequence: '移動先の仮想マシンの動作が遅くなるおそれがあります。',
      remedy: ['別の移動先を選ぶか、負荷の低い時間帯に実行してください。'],
    }),
  },
  'X11-pool-memory': {
    en: ({ pool, neededBytes, limitBytes, usedBytes }) => ({
      title: 'The memory limit of the pool is too low',
      evidence: `${pool}: limit ${size(limitBytes)}, ${size(usedBytes)} in use, ${size(Math.max(0, limitBytes - usedBytes))} left; the VMs to come have ${size(neededBytes)}.`,
      consequence: 'The move succeeds, but the VMs in the pool get no more than the limit: they balloon and swap.',
      remedy: ['Raise the limit of the pool, move fewer VMs, or choose another destination.', 'Check again.'],
    }),
    ja: ({ pool, neededBytes, limitBytes, usedBytes }) => ({
      title: 'リソースプールのメモリの上限が不足しています',
      evidence: `${pool}：上限 ${size(limitBytes)}、使用中 ${size(usedBytes)}、残り ${size(Math.max(0, limitBytes - usedBytes))}。移動する仮想マシンの合計 ${size(neededBytes)}`,
      consequence:
        '移動は成功しますが、プール内の仮想マシンは上限を超えてメモリを使えないため、バルーニングやスワップが発生します。',
      remedy: ['プールの上限を上げるか、対象を減らすか、別の移動先を選んでください。', '再確認してください。'],
    }),
  },
  'X11-pool-cpu': {
    en: ({ pool, usedMhz, limitMhz }) => ({
      title: 'The CPU limit of the pool is nearly reached',
      evidence: `${pool}: ${grouped(usedMhz)} MHz in use, limit ${grouped(limitMhz)} MHz.`,
      consequence: 'The VMs in the pool and the ones to come share what is below the limit, and slow down.',
      remedy: ['Raise the limit of the pool, or choose another destination.', 'Check again.'],
    }),
    ja: ({ pool, usedMhz, limitMhz }) => ({
      title: 'リソースプールのCPUの上限に余裕がありません',
      evidence: `${pool}：${grouped(usedMhz)} MHz を使用中、上限 ${grouped(limitMhz)} MHz`,
      consequence: 'プール内の仮想マシンと移動する仮想マシンが上限の範囲を分け合うため、動作が遅くなります。',
      remedy: ['プールの上限を上げるか、別の移動先を選んでください。', '再確認してください。'],
    }),
  },
};
