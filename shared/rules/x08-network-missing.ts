import { type Finding, finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { PairPrecaution } from './precaution.ts';
import { networkAtTarget } from './target.ts';

/** X8: an adapter's network is not at the destination. */
export const networkMissing: PairPrecaution = {
  id: 'X8',
  name: 'network-missing',
  scope: 'pair',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, CannotAccessNetwork; Hyper-V Compare-VM message 33012 (Ethernet switch not found)',
  check(vm, move, target, context) {
    const frame = () => vmFrame('X8', 'blocker', vm, target.destination.id, context);
    if (vm.adapters === undefined) return [undetermined(frame(), 'adapters', vm.name)];
    const findings: Finding[] = [];
    for (const adapter of vm.adapters) {
      if (adapter.network === null) continue;
      if (networkAtTarget(adapter, move.networkMap, target) !== undefined) continue;
      if (adapter.network === undefined && adapter.networkName === undefined) {
        findings.push(undetermined(frame(), 'adapter-network', `${vm.name}, ${adapter.label}`));
        continue;
      }
      findings.push(
        finding(frame(), 'X8', {
          vm: vm.name,
          adapter: adapter.label,
          network: adapter.networkName ?? '?',
          destination: target.destination.name,
        }),
      );
    }
    return findings;
  },
};
