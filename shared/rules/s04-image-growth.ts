import { finding } from '../domain/finding.ts';
import { vmFrame } from './frame.ts';
import { imageSize } from './image-size.ts';
import type { VmPrecaution } from './precaution.ts';

/** S4: because of that checkpoint the VM becomes larger than before. */
export const imageGrowth: VmPrecaution = {
  id: 'S4',
  name: 'image-growth',
  scope: 'vm',
  platforms: ['hyperv'],
  methods: ['cold-evacuate'],
  source:
    'また,チェックポイントが作成されるため,仮想ホストのサイズが退避実行前よりも大きくなります。どの程度大きくなるかは,仮想ホストの使用状況によって変わります。',
  check(vm, _move, context) {
    const { dataBytes, marginBytes } = imageSize(vm);
    const evidence = { vm: vm.name, storedBytes: dataBytes, marginBytes };
    return [finding(vmFrame('S4', 'warning', vm, null, context), 'S4', evidence)];
  },
};
