import { finding } from '../domain/finding.ts';
import type { DestinationRule } from './rule.ts';

/** D1: never from one kind of virtualization software to the other. */
export const otherSoftware: DestinationRule = {
  id: 'D1',
  source: 'リソースプールを構成する仮想化ソフトウェアの種別は,マイグレーションの前後で切り替えられません。',
  check(vm, destination, context) {
    const from = context.platformOf(vm.id);
    const to = context.platformOf(destination.id);
    if (from !== undefined && from === to) return [];
    const names = { vm: vm.name, destination: destination.name };
    const frame = {
      ruleId: 'D1',
      severity: 'blocker',
      vm: vm.id,
      destination: destination.id,
      factReadAt: null,
    } as const;
    if (from === undefined || to === undefined) {
      return [finding({ ...frame, outcome: 'undetermined' }, 'D1-unknown', names)];
    }
    return [finding(frame, 'D1', { ...names, from, to })];
  },
};
