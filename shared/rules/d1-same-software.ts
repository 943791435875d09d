import type { DestinationRule } from './rule.ts';

/** D1: never from one kind of virtualization software to the other. */
export const otherSoftware: DestinationRule = {
  id: 'D1',
  source: 'リソースプールを構成する仮想化ソフトウェアの種別は,マイグレーションの前後で切り替えられません。',
  check(vm, destination, context) {
    const from = context.platformOf(vm.id);
    const to = context.platformOf(destination.id);
    if (from !== undefined && from === to) return [];
    return [
      {
        ruleId: 'D1',
        code: from === undefined || to === undefined ? 'D1-unknown' : 'D1',
        severity: 'blocker',
        outcome: from === undefined || to === undefined ? 'undetermined' : 'violated',
        vm: vm.id,
        destination: destination.id,
        evidence: {
          vm: vm.name,
          destination: destination.name,
          from: from ?? null,
          to: to ?? null,
        },
        factReadAt: null,
      },
    ];
  },
};
