import { finding } from '../domain/finding.ts';
import { siteOf } from '../domain/ids.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** S6: the VM is restored, a mounted ISO image is not. */
export const mountedIso: VmPrecaution = {
  id: 'S6',
  name: 'mounted-iso',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['cold-evacuate'],
  source:
    'ISOイメージをマウントした仮想ホストをコールドマイグレーションした場合,復元時に仮想ホストは復元されますがISOイメージは復元されません。',
  check(vm, move, context) {
    const frame = vmFrame('S6', 'warning', vm, null, context);
    if (vm.cdroms === undefined) return [undetermined(frame, 'drives', vm.name)];
    const images = vm.cdroms.filter((drive) => drive.media === 'image');
    const mounted = images.filter((drive) => drive.connected === true);
    if (mounted.length > 0) {
      const drives = mounted.map((drive) => `${drive.label}: ${drive.fileName ?? '?'}`);
      const otherManager = siteOf(vm.id) !== siteOf(move.destination.id);
      return [finding(frame, 'S6', { vm: vm.name, drives, otherManager })];
    }
    return images.some((drive) => drive.connected === undefined)
      ? [undetermined(frame, 'drive-connection', vm.name)]
      : [];
  },
};
