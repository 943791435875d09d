import type { FindingTexts } from './rule-text.ts';

/** VLANs, missing networks, addresses. */
export const networkTexts: FindingTexts<'S10' | 'S11' | 'X8' | 'X14'> = {
  S10: {
    en: ({ vm, adapter, network, destinationSwitch }) => ({
      title: 'VLAN ID 4095 cannot be restored on a distributed switch',
      evidence: `${vm}, ${adapter}: ${network} has VLAN ID 4095; ${destinationSwitch} is a distributed switch.`,
      consequence: 'The restore would fail.',
      remedy: [
        `On ${destinationSwitch} create a port group with a VLAN trunk of 0-4094.`,
        'Map the adapter to it, then check again.',
      ],
    }),
    ja: ({ vm, adapter, network, destinationSwitch }) => ({
      title: 'VLAN ID 4095は分散仮想スイッチに復元できません',
      evidence: `${vm} の ${adapter}：${network} のVLAN IDは4095、${destinationSwitch} は分散仮想スイッチです。`,
      consequence: '復元でエラーとなります。',
      remedy: [
        `${destinationSwitch} にVLANトランク(0-4094)のポートグループを作成してください。`,
        'アダプタをそのポートグループに割り当てて、再確認してください。',
      ],
    }),
  },
  S11: {
    en: ({ vm, adapter, network, vlanId, destinationSwitch }) => ({
      title: 'The VLAN ID is a secondary private VLAN at the destination',
      evidence: `${vm}, ${adapter}: ${network} has VLAN ID ${vlanId}; ${destinationSwitch} has the secondary VLAN ${vlanId} and no private-VLAN port group for it.`,
      consequence: 'The restore would fail.',
      remedy: [
        `On ${destinationSwitch} create a private-VLAN port group with secondary ID ${vlanId}.`,
        'Or map the adapter to another network. Then check again.',
      ],
    }),
    ja: ({ vm, adapter, network, vlanId, destinationSwitch }) => ({
      title: 'VLAN IDが移動先のセカンダリVLANと一致しています',
      evidence: `${vm} の ${adapter}：${network} のVLAN IDは${vlanId}です。${destinationSwitch} にセカンダリVLAN ${vlanId} があり、対応するプライベートVLANポートグループがありません。`,
      consequence: '復元でエラーとなります。',
      remedy: [
        `${destinationSwitch} にセカンダリVLAN ID ${vlanId} のプライベートVLANポートグループを作成してください。`,
        'または、アダプタを別のネットワークに割り当てて、再確認してください。',
      ],
    }),
  },
  X8: {
    en: ({ vm, adapter, network, destination }) => ({
      title: 'A network is missing at the destination',
      evidence: `${vm}, ${adapter} uses ${network}; ${destination} has no such network.`,
      consequence: 'The platform would refuse the move, or the VM would be without that network.',
      remedy: ['Map the adapter to another network, or choose another host.', 'Check again.'],
    }),
    ja: ({ vm, adapter, network, destination }) => ({
      title: '移動先にネットワークがありません',
      evidence: `${vm} の ${adapter} は ${network} を使用していますが、${destination} にはありません。`,
      consequence: '移動が拒否されるか、ネットワークに接続できなくなります。',
      remedy: ['アダプタを別のネットワークに割り当てるか、別のホストを選んでください。', '再確認してください。'],
    }),
  },
  X14: {
    en: ({ vm, adapter, macAddress, others }) => ({
      title: 'Another VM has the same MAC address',
      evidence: `${vm}, ${adapter}: ${macAddress}; ${others} other VM${others === 1 ? ' has' : 's have'} it too.`,
      consequence: 'On one network they disturb each other.',
      remedy: ['Give one of them a new address.'],
    }),
    ja: ({ vm, adapter, macAddress, others }) => ({
      title: 'MACアドレスがほかの仮想マシンと重複しています',
      evidence: `${vm} の ${adapter}：${macAddress}（ほか${others}台）`,
      consequence: '同じネットワークでは互いに通信を妨げます。',
      remedy: ['どちらかのMACアドレスを変更してください。'],
    }),
  },
};
