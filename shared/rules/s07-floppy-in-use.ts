import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S7: a virtual floppy disk in the drive makes the cold migration fail. On VMware it is our own rule: the OVF dry run names it. */
export const floppyInUse: VmPrecaution = {
  id: 'S7',
  name: 'floppy-in-use',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['cold-evacuate'],
  source:
    'また,バーチャルフロッピーディスクを使用したままコールドマイグレーションすると,エラーとなり操作が失敗します。この場合,SCVMMの管理コンソールから,対象の仮想ホストのフロッピーディスクドライブを「メディアなし」にしてからコールドマイグレーションしてください。',
  check(vm, _move, context) {
    const frame = vmFrame('S7', 'blocker', vm, null, context);
    if (vm.floppies === undefined) return [undetermined(frame, 'drives', vm.name)];
    const loaded = vm.floppies.filter((drive) => drive.media !== 'none');
    const inUse = loaded.filter((drive) => drive.connected === true);
    if (inUse.length > 0) {
      const drives = inUse.map((drive) =>
        drive.fileName === undefined ? drive.label : `${drive.label}: ${drive.fileName}`,
      );
      const platform = context.platformOf(vm.id) ?? 'vmware';
      return [finding(frame, 'S7', { vm: vm.name, drives, platform })];
    }
    return loaded.some((drive) => drive.connected === undefined)
      ? [undetermined(frame, 'drive-connection', vm.name)]
      : [];
  },
};
