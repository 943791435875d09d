import { size } from '../format.ts';
import type { FindingTexts } from './rule-text.ts';
import { listed } from './words.ts';

/** Guest clusters, checkpoints and dynamic memory. */
export const hypervTexts: FindingTexts<'S1' | 'S3' | 'S4' | 'S5' | 'S13'> = {
  S1: {
    en: ({ vm, disks, marked }) => ({
      title: 'A node of a guest cluster',
      evidence: `${vm}: ${marked ? 'marked as a guest cluster node' : disks.length > 0 ? `shared disk ${listed(disks, 'en')}` : 'the platform reports shared storage'}.`,
      consequence: 'Neither this VM nor the other nodes are guaranteed to work as a cluster afterwards.',
      remedy: [
        'Move its roles to another node and take it out of the cluster first.',
        'Test the cluster after the move.',
      ],
    }),
    ja: ({ vm, disks, marked }) => ({
      title: 'ゲストクラスタのノードです',
      evidence: `${vm}：${marked ? 'ゲストクラスタのノードとして登録されています' : disks.length > 0 ? `共有ディスク ${listed(disks, 'ja')}` : '共有ストレージを使用しています'}`,
      consequence: 'この仮想マシンとほかのノードの、クラスタとしての動作は保障されません。',
      remedy: [
        '先に役割をほかのノードへ移し、クラスタから外してください。',
        '移動後にクラスタの動作を確認してください。',
      ],
    }),
  },
  S3: {
    en: ({ vm }) => ({
      title: 'A checkpoint is made and travels along',
      evidence: `${vm} gets a checkpoint before it is evacuated.`,
      consequence: 'The checkpoint is on the VM at the destination as well.',
      remedy: ['Delete it by hand in SCVMM if it is unwanted; it is listed in the follow-up.'],
    }),
    ja: ({ vm }) => ({
      title: 'チェックポイントが作成され、引き継がれます',
      evidence: `${vm} は退避の前にチェックポイントが作成されます。`,
      consequence: 'チェックポイントは移動先の仮想マシンに引き継がれます。',
      remedy: ['不要な場合は、SCVMM上から手作業で削除してください。'],
    }),
  },
  S4: {
    en: ({ vm, storedBytes, marginBytes }) => ({
      title: 'The VM becomes larger',
      evidence: `${vm} stores ${size(storedBytes)}; ${size(marginBytes)} of margin is added to the estimate.`,
      consequence: 'Because of the checkpoint it takes more room than before; how much depends on its use.',
      remedy: ['Leave room in the evacuation image folder and at the destination.'],
    }),
    ja: ({ vm, storedBytes, marginBytes }) => ({
      title: '仮想マシンのサイズが大きくなります',
      evidence: `${vm} の使用量は ${size(storedBytes)}、見積もりには余裕 ${size(marginBytes)} を加えています。`,
      consequence: 'チェックポイントのため退避前より大きくなります。どの程度かは使用状況によって変わります。',
      remedy: ['退避イメージ格納フォルダと移動先に余裕を確保してください。'],
    }),
  },
  S5: {
    en: ({ vm, checkpoints }) => ({
      title: 'Older checkpoints lose their network',
      evidence:
        checkpoints.length > 0
          ? `${vm} has ${listed(checkpoints, 'en')}, and gets one more.`
          : `${vm} gets a checkpoint before it is evacuated.`,
      consequence: 'Going back to a checkpoint made before the evacuation leaves the network adapter disconnected.',
      remedy: ['Then reconnect the adapter in the SCVMM console.', 'Set up the network in the guest again.'],
    }),
    ja: ({ vm, checkpoints }) => ({
      title: '退避前のチェックポイントに戻すとネットワークが切断されます',
      evidence:
        checkpoints.length > 0
          ? `${vm} には ${listed(checkpoints, 'ja')} があり、さらに1つ作成されます。`
          : `${vm} は退避の前にチェックポイントが作成されます。`,
      consequence: '退避前のチェックポイントに戻すと、ネットワークアダプタが接続されていない状態になります。',
      remedy: [
        'SCVMMの管理コンソールでネットワークアダプタを設定してください。',
        'ゲストOS上でネットワークを設定してください。',
      ],
    }),
  },
  S13: {
    en: ({ vm, ends, checkpoints }) => ({
      title: 'Dynamic memory is not supported at every end',
      evidence: `${vm} ${checkpoints.length > 0 ? `has checkpoints made with dynamic memory (${listed(checkpoints, 'en')})` : 'uses dynamic memory'}. Without support: ${listed(ends, 'en')}.`,
      consequence: 'The migration ends with an error.',
      remedy: [
        checkpoints.length > 0
          ? 'Delete those checkpoints, or choose a destination that supports dynamic memory.'
          : 'Turn dynamic memory off, or choose a destination that supports it.',
        'Check again.',
      ],
    }),
    ja: ({ vm, ends, checkpoints }) => ({
      title: 'ダイナミックメモリに対応していない環境があります',
      evidence: `${vm} は${checkpoints.length > 0 ? `ダイナミックメモリ有効時のチェックポイント(${listed(checkpoints, 'ja')})を持っています` : 'ダイナミックメモリを使用しています'}。未対応: ${listed(ends, 'ja')}`,
      consequence: 'マイグレーションがエラーとなり失敗します。',
      remedy: [
        checkpoints.length > 0
          ? '該当のチェックポイントを削除するか、対応する移動先を選んでください。'
          : 'ダイナミックメモリを無効にするか、対応する移動先を選んでください。',
        '再確認してください。',
      ],
    }),
  },
};
