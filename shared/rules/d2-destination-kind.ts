import { finding } from '../domain/finding.ts';
import type { DestinationKind } from '../domain/migration.ts';
import type { Platform } from '../domain/platform.ts';
import type { DestinationRule } from './rule.ts';

/**
 * D2, as data: the kinds of pool a VM of each virtualization software can be moved to. VMware: seed tables 2-18 and
 * 2-19. Hyper-V: the seed's cell is empty; host and failover cluster are this product's reading of it.
 */
export const destinationKinds: Readonly<Record<Platform, readonly DestinationKind[]>> = {
  vmware: ['host', 'resource-pool', 'vapp', 'cluster'],
  hyperv: ['host', 'cluster'],
};

export const destinationKind: DestinationRule = {
  id: 'D2',
  source: '表2-18,表2-19 移動の対象とする仮想ホストと移動先に指定できるリソースプールの対応',
  check(vm, destination, context) {
    const platform = context.platformOf(destination.id);
    if (platform === undefined || destinationKinds[platform].includes(destination.kind)) return [];
    const frame = {
      ruleId: 'D2',
      severity: 'blocker',
      vm: vm.id,
      destination: destination.id,
      factReadAt: null,
    } as const;
    const evidence = { vm: vm.name, destination: destination.name, kind: destination.kind, platform };
    return [finding(frame, 'D2', evidence)];
  },
};
