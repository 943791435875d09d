import type { RemovableMedia, VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { PlatformObjection } from '../../port.ts';
import type { LabWorld } from '../lab-world.ts';
import { createObjector, judgeVm } from '../placement/judge-placement.ts';

const inUse = ({ media }: RemovableMedia): boolean => media !== 'none';

/**
 * What the platform has against exporting this VM. An ISO merely stays behind; a floppy in use, a USB device, whatever
 * is bound to its host and a disk that is no file cannot be exported.
 */
export const judgeExport = (world: LabWorld, vm: VirtualMachine): readonly PlatformObjection[] => {
  const { objections, object } = createObjector(world, vm, null);
  for (const { label } of vm.otherDevices ?? []) object('device-not-exported', label);
  for (const { label, srIov } of vm.adapters ?? []) {
    if (srIov === true && world.platform === 'vmware') object('device-not-exported', label);
  }
  for (const { label, backing } of vm.disks ?? []) if (backing !== 'file') object('disk-not-exported', label);
  for (const { label, fileName } of (vm.floppies ?? []).filter(inUse)) object('floppy-not-exported', fileName ?? label);
  for (const { label, fileName } of (vm.cdroms ?? []).filter(inUse)) {
    object('iso-not-exported', fileName ?? label, 'warning');
  }
  return [...judgeVm(world, vm, { method: 'cold-evacuate' }), ...objections];
};
