import { finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { PairPrecaution, PrecautionContext } from './precaution.ts';

/** One end of the move and whether it can handle dynamic memory. */
interface End {
  readonly name: string;
  readonly supported: boolean | undefined;
}

const hostEnd = (id: EntityId | null, context: PrecautionContext): End | null => {
  const host = id === null ? undefined : context.inventory.get(id);
  return host?.kind === 'host' ? { name: host.name, supported: host.dynamicMemorySupported } : null;
};

/** S13: dynamic memory needs both hosts and both managers to support it, also when only a checkpoint used it. */
export const dynamicMemory: PairPrecaution = {
  id: 'S13',
  name: 'dynamic-memory',
  scope: 'pair',
  platforms: ['hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source:
    '次に示す状態の仮想ホストをマイグレーションした場合,移動元および移動先のHyper-VおよびSCVMMがダイナミックメモリに対応していないと,エラーとなり操作が失敗します。Hyper-Vのダイナミックメモリが有効になっている仮想ホスト。ダイナミックメモリが有効になった状態で作成したチェックポイントを持つ仮想ホスト。',
  check(vm, _move, target, context) {
    const frame = () => vmFrame('S13', 'blocker', vm, target.destination.id, context);
    const checkpoints = (vm.checkpoints ?? []).filter((each) => each.dynamicMemory === true).map((each) => each.name);
    if (vm.dynamicMemory !== true && checkpoints.length === 0) {
      if (vm.dynamicMemory === undefined) return [undetermined(frame(), 'dynamic-memory', vm.name)];
      const known = vm.checkpoints?.every((each) => each.dynamicMemory !== undefined) === true;
      return known ? [] : [undetermined(frame(), 'checkpoints', vm.name)];
    }
    const sourceEnd = hostEnd(vm.host, context);
    const ends: readonly End[] = [
      ...(sourceEnd === null ? [] : [sourceEnd]),
      ...target.usableHosts.map((host) => ({ name: host.name, supported: host.dynamicMemorySupported })),
      { name: context.siteName(vm.id), supported: context.managerSupportsDynamicMemory(vm.id) },
      {
        name: context.siteName(target.destination.id),
        supported: context.managerSupportsDynamicMemory(target.destination.id),
      },
    ];
    const unable = [...new Set(ends.filter((end) => end.supported === false).map((end) => end.name))];
    if (unable.length > 0) return [finding(frame(), 'S13', { vm: vm.name, ends: unable, checkpoints })];
    const untold = ends.find((end) => end.supported === undefined);
    if (untold !== undefined) return [undetermined(frame(), 'dynamic-memory-support', untold.name)];
    return target.usableHosts.length === 0 ? [undetermined(frame(), 'hosts', target.destination.name)] : [];
  },
};
