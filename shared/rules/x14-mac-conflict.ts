import { type Finding, finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** Hyper-V tells zeros until a VM with a dynamic address is started for the first time. */
const isUnset = (mac: string): boolean => /^[0:-]*$/.test(mac);

/** X14: another VM has the same MAC address. */
export const macConflict: VmPrecaution = {
  id: 'X14',
  name: 'mac-conflict',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, VmMacConflictEvent; two machines with one address on a network disturb each other',
  check(vm, _move, context) {
    const frame = vmFrame('X14', 'warning', vm, null, context);
    if (vm.adapters === undefined) return [undetermined(frame, 'adapters', vm.name)];
    const findings: Finding[] = [];
    for (const adapter of vm.adapters) {
      if (adapter.macAddress === undefined || isUnset(adapter.macAddress)) continue;
      const owners = context.vmsWithMac(adapter.macAddress);
      if (owners === undefined) return [undetermined({ ...frame, severity: 'info' }, 'mac-addresses', vm.name)];
      const others = owners.filter((id) => id !== vm.id).length;
      if (others === 0) continue;
      const evidence = { vm: vm.name, adapter: adapter.label, macAddress: adapter.macAddress, others };
      findings.push(finding(frame, 'X14', evidence));
    }
    return findings;
  },
};
