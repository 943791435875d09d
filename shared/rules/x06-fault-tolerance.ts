import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X6: fault tolerance has to be turned off first. */
export const faultTolerance: VmPrecaution = {
  id: 'X6',
  name: 'fault-tolerance',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source:
    'vSphere Availability: a fault tolerant VM cannot be exported, and its primary and secondary move under its own rules',
  check(vm, _move, context) {
    const frame = vmFrame('X6', 'blocker', vm, null, context);
    if (vm.faultTolerance === undefined) return [undetermined(frame, 'fault-tolerance', vm.name)];
    return vm.faultTolerance ? [finding(frame, 'X6', { vm: vm.name })] : [];
  },
};
