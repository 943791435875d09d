import type { Finding } from '../domain/finding.ts';
import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import { vlanOfAdapter } from './port-group-vlan.ts';
import type { PairPrecaution } from './precaution.ts';

/**
 * S11: the VLAN ID of a NIC's port group is a secondary VLAN ID in the destination's private VLAN map, and no
 * private-VLAN port group with that secondary ID exists there.
 */
export const secondaryVlanWithoutPortGroup: PairPrecaution = {
  id: 'S11',
  name: 'secondary-vlan-without-port-group',
  scope: 'pair',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source:
    '仮想ホストの仮想NICに設定されているポートグループのVLANIDと同じ値のセカンダリVLANIDが,移動先のプライベートVLAN設定に存在する。かつ,その値のセカンダリVLANIDを持つプライベートVLANポートグループが存在しない。',
  check(vm, move, target, context) {
    if (target.distributedSwitches.length === 0) return [];
    const frame = () => vmFrame('S11', 'blocker', vm, target.destination.id, context);
    if (vm.adapters === undefined) return [undetermined(frame(), 'adapters', vm.name)];
    const findings: Finding[] = [];
    for (const adapter of vm.adapters) {
      // A network chosen by hand is used as it is; no VLAN is looked up for it.
      if (move.networkMap[adapter.key] !== undefined) continue;
      const vlan = vlanOfAdapter(adapter, vm, context);
      if (vlan.kind === 'unknown')
        findings.push(undetermined(frame(), 'port-group-vlan', `${vm.name}, ${adapter.label}`));
      if (vlan.kind !== 'id') continue;
      for (const own of target.distributedSwitches) {
        if (own.privateVlans === undefined) findings.push(undetermined(frame(), 'private-vlans', own.name));
        const isSecondary = own.privateVlans?.some((entry) => entry.secondaryId === vlan.id) === true;
        if (!isSecondary || target.privatePortGroups.get(own.id)?.has(vlan.id) === true) continue;
        findings.push(
          finding(frame(), 'S11', {
            vm: vm.name,
            adapter: adapter.label,
            network: adapter.networkName ?? '?',
            vlanId: vlan.id,
            destinationSwitch: own.name,
          }),
        );
      }
    }
    return findings;
  },
};
