import { finding } from '../domain/finding.ts';
import { siteOf } from '../domain/ids.ts';
import type { DestinationRule } from './rule.ts';

/**
 * D6: hot migration stays within one management server. vSphere can do more (RelocateVM_Task with a ServiceLocator);
 * this version does not carry that out, so it is said before anything is tried.
 */
export const sameManager: DestinationRule = {
  id: 'D6',
  source: 'This console; vSphere API, VirtualMachineRelocateSpec.service',
  check(vm, destination, context) {
    if (vm.powerState !== 'on' || siteOf(vm.id) === siteOf(destination.id)) return [];
    const from = context.platformOf(vm.id);
    // Other software altogether is D1's to say.
    if (from === undefined || from !== context.platformOf(destination.id)) return [];
    const frame = {
      ruleId: 'D6',
      severity: 'blocker',
      vm: vm.id,
      destination: destination.id,
      factReadAt: null,
    } as const;
    const evidence = {
      vm: vm.name,
      destination: destination.name,
      from: context.siteName(vm.id),
      to: context.siteName(destination.id),
    };
    return [finding(frame, 'D6', evidence)];
  },
};
