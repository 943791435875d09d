import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X7: CPU binding and rules of the cluster do not go along. */
export const placementRulesLost: VmPrecaution = {
  id: 'X7',
  name: 'placement-rules-lost',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere Resource Management: CPU and NUMA affinity, DRS rules; rules belong to their cluster',
  check(vm, _move, context) {
    const frame = vmFrame('X7', 'warning', vm, null, context);
    const placementRules = vm.placementRules ?? [];
    const cpuAffinity = vm.cpuAffinity === true;
    if (cpuAffinity || placementRules.length > 0) {
      return [finding(frame, 'X7', { vm: vm.name, cpuAffinity, placementRules })];
    }
    // Only VMware binds VMs to processors.
    const affinityTold = vm.cpuAffinity !== undefined || context.platformOf(vm.id) !== 'vmware';
    return vm.placementRules === undefined || !affinityTold
      ? [undetermined({ ...frame, severity: 'info' }, 'placement-rules', vm.name)]
      : [];
  },
};
