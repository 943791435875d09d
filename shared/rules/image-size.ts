import type { VirtualMachine } from '../domain/virtual-machine.ts';

const GIB = 1024 ** 3;

/** Part of the disks added to every estimate, and its least (bytes): descriptor, checkpoint and growth while exporting. */
const marginPart = 0.1;
const leastMarginBytes = GIB;

/**
 * Upper estimate of a VM's evacuation image in bytes. What the VM really stores when the platform told it, else the
 * whole capacity of its disks; on both the margin.
 */
export const imageSize = (
  vm: Pick<VirtualMachine, 'storedBytes' | 'diskBytes'>,
): { readonly dataBytes: number; readonly marginBytes: number } => {
  const dataBytes = vm.storedBytes ?? vm.diskBytes;
  return { dataBytes, marginBytes: Math.max(leastMarginBytes, Math.ceil(dataBytes * marginPart)) };
};
