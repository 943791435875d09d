import { finding } from '../domain/finding.ts';
import { vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X19: a person locked the VM: "do not move". */
export const locked: VmPrecaution = {
  id: 'X19',
  name: 'locked',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'This console: the "do not move" lock of a VM',
  check(vm, _move, context) {
    const lock = context.lockOf(vm.id);
    return lock === null
      ? []
      : [
          finding(vmFrame('X19', 'blocker', vm, null, context), 'X19', {
            vm: vm.name,
            by: lock.by,
            reason: lock.reason,
          }),
        ];
  },
};
