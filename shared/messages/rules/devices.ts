import type { FindingTexts } from './rule-text.ts';
import { listed } from './words.ts';

/** Devices and disks that hinder a move. */
export const deviceTexts: FindingTexts<'S2' | 'S6' | 'S7' | 'S8' | 'S12' | 'X2' | 'X3' | 'X4' | 'X5'> = {
  S2: {
    en: ({ vm, devices, hostVersion }) => ({
      title: 'A USB device is configured',
      evidence: `${vm}: ${listed(devices, 'en')}, on ESX ${hostVersion}.`,
      consequence: 'Cold migration fails.',
      remedy: ['Remove the USB device from the VM (the bare controller may stay).', 'Check again.'],
    }),
    ja: ({ vm, devices, hostVersion }) => ({
      title: 'USBデバイスが構成されています',
      evidence: `${vm}：${listed(devices, 'ja')}（ESX ${hostVersion}）`,
      consequence: 'コールドマイグレーションが失敗します。',
      remedy: ['USBデバイスの設定を解除してください（コントローラだけなら残せます）。', '再確認してください。'],
    }),
  },
  S6: {
    en: ({ vm, drives, otherManager }) => ({
      title: 'The mounted ISO is not restored',
      evidence: `${vm}: ${listed(drives, 'en')}, connected.`,
      consequence: 'The VM is restored and starts without the disc.',
      remedy: [
        ...(otherManager
          ? ["Copy the ISO to a library share or datastore of the destination's own manager and register it there."]
          : []),
        'Mount it again after the move; it is listed in the follow-up.',
      ],
    }),
    ja: ({ vm, drives, otherManager }) => ({
      title: 'マウント中のISOイメージは復元されません',
      evidence: `${vm}：${listed(drives, 'ja')}（接続中）`,
      consequence: '仮想マシンは復元されますが、ISOイメージは復元されません。',
      remedy: [
        ...(otherManager
          ? ['退避元のライブラリ共有から移動先のライブラリ共有にISOイメージを複製し、登録してください。']
          : []),
        '移動後に、ライブラリ共有のISOイメージをマウントし直してください。',
      ],
    }),
  },
  S7: {
    en: ({ vm, drives, platform }) => ({
      title: 'A virtual floppy disk is in use',
      evidence: `${vm}: ${listed(drives, 'en')}.`,
      consequence: 'Cold migration ends with an error.',
      remedy: [
        platform === 'hyperv'
          ? 'In the SCVMM console set the floppy drive to "No media".'
          : 'Disconnect the floppy image from the drive.',
        'Check again.',
      ],
    }),
    ja: ({ vm, drives, platform }) => ({
      title: 'バーチャルフロッピーディスクを使用中です',
      evidence: `${vm}：${listed(drives, 'ja')}`,
      consequence: 'コールドマイグレーションがエラーとなり失敗します。',
      remedy: [
        platform === 'hyperv'
          ? 'SCVMMの管理コンソールで、フロッピーディスクドライブを「メディアなし」にしてください。'
          : 'フロッピードライブからイメージを切断してください。',
        '再確認してください。',
      ],
    }),
  },
  S8: {
    en: ({ vm, disks }) => ({
      title: 'A pass-through disk is attached',
      evidence: `${vm}: ${listed(disks, 'en')}.`,
      consequence: 'The migration ends with an error.',
      remedy: ['Detach the pass-through disk, or convert it to a VHDX.', 'Check again.'],
    }),
    ja: ({ vm, disks }) => ({
      title: 'パススルーディスクが接続されています',
      evidence: `${vm}：${listed(disks, 'ja')}`,
      consequence: 'マイグレーションがエラーとなり失敗します。',
      remedy: ['パススルーディスクを切り離すか、VHDXに変換してください。', '再確認してください。'],
    }),
  },
  S12: {
    en: ({ vm, disks }) => ({
      title: 'A raw device mapping is configured',
      evidence: `${vm}: ${listed(disks, 'en')}.`,
      consequence: 'Cold migration fails.',
      remedy: ['Remove the raw device mapping, or convert it to a VMDK.', 'Check again.'],
    }),
    ja: ({ vm, disks }) => ({
      title: 'Raw Device Mappingのデバイスが構成されています',
      evidence: `${vm}：${listed(disks, 'ja')}`,
      consequence: 'コールドマイグレーションが失敗します。',
      remedy: ['Raw Device Mappingのデバイスを解除するか、VMDKに変換してください。', '再確認してください。'],
    }),
  },
  X2: {
    en: ({ vm, disks }) => ({
      title: 'An independent disk becomes a dependent one',
      evidence: `${vm}: ${listed(disks, 'en')}.`,
      consequence: 'After the restore it takes part in snapshots; a non-persistent disk keeps what is written to it.',
      remedy: ['Set the disk mode again after the move.'],
    }),
    ja: ({ vm, disks }) => ({
      title: '独立型ディスクは従属型になります',
      evidence: `${vm}：${listed(disks, 'ja')}`,
      consequence: '復元後はスナップショットの対象になります。非永続ディスクの変更も保存されるようになります。',
      remedy: ['移動後に、ディスクのモードを設定し直してください。'],
    }),
  },
  X3: {
    en: ({ vm, disks }) => ({
      title: 'A disk is shared with other VMs',
      evidence: `${vm}: ${listed(disks, 'en')}.`,
      consequence: 'Moving one of its users parts it from the others.',
      remedy: ['Move all VMs that share the disk by hand, or stop sharing it first.', 'Check again.'],
    }),
    ja: ({ vm, disks }) => ({
      title: 'ほかの仮想マシンと共有しているディスクがあります',
      evidence: `${vm}：${listed(disks, 'ja')}`,
      consequence: '1台だけを移動すると、ほかの仮想マシンとディスクを共有できなくなります。',
      remedy: ['共有するすべての仮想マシンを手作業で移動するか、先に共有を解除してください。', '再確認してください。'],
    }),
  },
  X4: {
    en: ({ vm, devices }) => ({
      title: 'A device of the physical host is passed through',
      evidence: `${vm}: ${listed(devices, 'en')}.`,
      consequence: 'The device stays on its host, so the platform refuses the move.',
      remedy: ['Remove the device from the VM.', 'Check again.'],
    }),
    ja: ({ vm, devices }) => ({
      title: '物理ホストのデバイスを直接使用しています',
      evidence: `${vm}：${listed(devices, 'ja')}`,
      consequence: 'デバイスはホストに固定されているため、移動できません。',
      remedy: ['仮想マシンからデバイスを外してください。', '再確認してください。'],
    }),
  },
  X5: {
    en: ({ vm, tpm, encrypted }) => ({
      title: 'Secrets of the VM do not fit in an image',
      evidence: `${vm}: ${[tpm ? 'virtual TPM' : '', encrypted ? 'encrypted' : ''].filter(Boolean).join(', ')}.`,
      consequence: 'The platform refuses to export it, or the guest cannot read its disks afterwards.',
      remedy: [
        'Use a direct move within one manager.',
        'Or decrypt the VM and remove the TPM first, with its recovery keys at hand.',
      ],
    }),
    ja: ({ vm, tpm, encrypted }) => ({
      title: '暗号鍵は退避イメージに含まれません',
      evidence: `${vm}：${[tpm ? '仮想TPM' : '', encrypted ? '暗号化' : ''].filter(Boolean).join('、')}`,
      consequence: 'エクスポートが拒否されるか、移動後にゲストOSがディスクを読めなくなります。',
      remedy: [
        '同じ管理サーバ内の直接移動を使用してください。',
        'または回復キーを用意したうえで、先に暗号化とTPMを解除してください。',
      ],
    }),
  },
};
