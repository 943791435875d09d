import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X15: left-over snapshot files have to be merged first. */
export const consolidationNeeded: VmPrecaution = {
  id: 'X15',
  name: 'consolidation-needed',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, VirtualMachineRuntimeInfo.consolidationNeeded',
  check(vm, _move, context) {
    const frame = vmFrame('X15', 'warning', vm, null, context);
    if (vm.consolidationNeeded === undefined) return [undetermined(frame, 'consolidation', vm.name)];
    return vm.consolidationNeeded ? [finding(frame, 'X15', { vm: vm.name })] : [];
  },
};
