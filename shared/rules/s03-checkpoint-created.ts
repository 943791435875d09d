import { finding } from '../domain/finding.ts';
import { vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S3: a checkpoint is made and travels with the VM. */
export const checkpointCreated: VmPrecaution = {
  id: 'S3',
  name: 'checkpoint-created',
  scope: 'vm',
  platforms: ['hyperv'],
  methods: ['cold-evacuate'],
  source:
    '操作の対象がHyper-Vの場合,コールドマイグレーションを実施すると仮想ホストにチェックポイントが作成されます。このチェックポイントは移動先の仮想ホストに引き継がれます。/ チェックポイントが不要な場合,SCVMM上から手作業で削除する必要があります。',
  check: (vm, _move, context) => [finding(vmFrame('S3', 'warning', vm, null, context), 'S3', { vm: vm.name })],
};
