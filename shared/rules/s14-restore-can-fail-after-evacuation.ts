import { finding } from '../domain/finding.ts';
import { vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S14: with "delete before restore" the VM exists only as an image once it is evacuated. */
export const restoreCanFailAfterEvacuation: VmPrecaution = {
  id: 'S14',
  name: 'restore-can-fail-after-evacuation',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source:
    'コールドマイグレーションの復元でエラーとなった場合,退避は成功しているため仮想ホストはVMware上から削除されています。',
  check: (vm, { evacuation }, context) =>
    evacuation?.sourcePolicy === 'delete-before-restore'
      ? [finding(vmFrame('S14', 'warning', vm, null, context), 'S14', { vm: vm.name })]
      : [],
};
