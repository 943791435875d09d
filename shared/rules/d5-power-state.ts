import type { DestinationRule } from './rule.ts';

/** D5: powered on moves hot, powered off moves cold; in any other state, or while another task holds the VM, neither. */
export const movablePowerState: DestinationRule = {
  id: 'D5',
  source:
    '停止中の仮想ホストを異なるリソースプールに移動します。/ 稼働中の仮想ホストを異なるリソースプールに移動します。',
  check(vm, destination, context) {
    const base = {
      ruleId: 'D5',
      severity: 'blocker',
      vm: vm.id,
      destination: destination.id,
      factReadAt: context.factReadAt(vm.id),
    } as const;
    if (vm.isTemplate) {
      return [{ ...base, code: 'D5-template', outcome: 'violated', evidence: { vm: vm.name } }];
    }
    if (vm.busyWith !== null) {
      const evidence = { vm: vm.name, busyWith: vm.busyWith };
      return [{ ...base, code: 'D5-busy', outcome: 'violated', evidence }];
    }
    switch (vm.powerState) {
      case 'on':
      case 'off':
        return [];
      case 'unknown':
        return [{ ...base, code: 'D5-unknown', outcome: 'undetermined', evidence: { vm: vm.name } }];
      case 'suspended':
      case 'paused':
      case 'saved': {
        const evidence = { vm: vm.name, powerState: vm.powerState };
        return [{ ...base, code: 'D5', outcome: 'violated', evidence }];
      }
      default: {
        const never: never = vm.powerState;
        return never;
      }
    }
  },
};
