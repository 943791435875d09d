import type { Finding } from '../domain/finding.ts';
import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import { vlanOfAdapter } from './port-group-vlan.ts';
import type { PairPrecaution } from './precaution.ts';
import { networkAtTarget } from './target.ts';

/** VLAN ID of a standard port group that passes every VLAN to the guest (vSphere API, HostPortGroupSpec.vlanId). */
export const allVlans = 4095;

/** S10: a port group with VLAN ID 4095 cannot be restored on a distributed switch. */
export const vlan4095ToDistributedSwitch: PairPrecaution = {
  id: 'S10',
  name: 'vlan-4095-to-distributed-switch',
  scope: 'pair',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source:
    '仮想ホストの仮想NICに設定されているポートグループのVLANIDが4095で,移動先の仮想スイッチが分散仮想スイッチである。',
  check(vm, move, target, context) {
    const frame = () => vmFrame('S10', 'blocker', vm, target.destination.id, context);
    if (vm.adapters === undefined) return [undetermined(frame(), 'adapters', vm.name)];
    const findings: Finding[] = [];
    for (const adapter of vm.adapters) {
      const network = networkAtTarget(adapter, move.networkMap, target);
      const distributed =
        network === undefined ? target.distributedSwitches.length > 0 : network.variant === 'distributed';
      // A trunk port group that was chosen by hand is the remedy itself.
      const mapped = move.networkMap[adapter.key] !== undefined;
      if (!distributed || (mapped && network?.vlan?.kind === 'trunk')) continue;
      const vlan = vlanOfAdapter(adapter, vm, context);
      if (vlan.kind === 'unknown')
        findings.push(undetermined(frame(), 'port-group-vlan', `${vm.name}, ${adapter.label}`));
      if (vlan.kind !== 'id' || vlan.id !== allVlans) continue;
      const owner =
        network?.switch === undefined || network.switch === null ? undefined : context.inventory.get(network.switch);
      const destinationSwitch = owner?.name ?? target.distributedSwitches[0]?.name ?? target.destination.name;
      findings.push(
        finding(frame(), 'S10', {
          vm: vm.name,
          adapter: adapter.label,
          network: adapter.networkName ?? '?',
          destinationSwitch,
        }),
      );
    }
    return findings;
  },
};
