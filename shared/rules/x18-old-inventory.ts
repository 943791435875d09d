import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X18: the facts about the VM are older than the age a person chose. */
export const oldInventory: VmPrecaution = {
  id: 'X18',
  name: 'old-inventory',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'This console: a verdict is as old as the facts it rests on',
  check(vm, _move, context) {
    const frame = vmFrame('X18', 'warning', vm, null, context);
    const readAt = context.factReadAt(vm.id);
    if (readAt === null) return [undetermined(frame, 'facts', vm.name)];
    const ageMs = context.now - readAt;
    if (ageMs <= context.maxFactAgeMs) return [];
    return [finding(frame, 'X18', { vm: vm.name, ageMs, maxAgeMs: context.maxFactAgeMs })];
  },
};
