import type {
  Checkpoint,
  OtherDevice,
  RemovableMedia,
  VirtualDisk,
  VirtualMachine,
} from '../../../../shared/domain/virtual-machine.ts';

/* Changes to a VM that make it an example of something. Each takes the VM and gives the facts that differ. */

export type VmChange = (vm: VirtualMachine) => Partial<VirtualMachine>;

/** Several changes, one after the other, each seeing what the one before has made. */
export const both =
  (...changes: readonly VmChange[]): VmChange =>
  (vm) => {
    const facts: Partial<VirtualMachine> = {};
    for (const change of changes) Object.assign(facts, change({ ...vm, ...facts }));
    return facts;
  };

export const withDevice =
  (device: OtherDevice): VmChange =>
  (vm) => ({ otherDevices: [...(vm.otherDevices ?? []), device] });

export const usbDevice = (label: string): VmChange => withDevice({ key: '7001', label, type: 'usb' });
export const virtualTpm: VmChange = withDevice({ key: '11000', label: 'Virtual TPM', type: 'tpm' });

/** Changes one disk, counted from 0. */
export const withDisk =
  (index: number, facts: Partial<VirtualDisk>): VmChange =>
  (vm) => ({ disks: (vm.disks ?? []).map((disk, at) => (at === index ? { ...disk, ...facts } : disk)) });

export const rawDeviceMapping = (index: number, compatibility: 'physical' | 'virtual'): VmChange =>
  withDisk(index, { backing: 'raw-device-mapping', compatibility, thin: false });

const media = (label: string, medium: RemovableMedia['media'], fileName?: string): RemovableMedia => ({
  key: label,
  label,
  media: medium,
  ...(fileName === undefined ? {} : { fileName }),
  connected: medium !== 'none',
});

export const isoMounted =
  (fileName: string): VmChange =>
  () => ({ cdroms: [media('CD/DVD drive 1', 'image', fileName)] });

export const floppyInserted =
  (fileName: string): VmChange =>
  () => ({ floppies: [media('Floppy drive 1', 'image', fileName)] });

export const emptyDrives: VmChange = () => ({ cdroms: [media('CD/DVD drive 1', 'none')] });

/** Checkpoints one after the other, each the parent of the next. */
export const checkpoints =
  (...made: readonly { readonly name: string; readonly at: string; readonly dynamicMemory?: boolean }[]): VmChange =>
  (vm) => ({
    checkpoints: made.map(
      ({ name, at, dynamicMemory }, index): Checkpoint => ({
        id: `${vm.name}-checkpoint-${index + 1}`,
        name,
        createdAt: Date.parse(at),
        ...(dynamicMemory === undefined ? {} : { dynamicMemory }),
        parent: index === 0 ? null : `${vm.name}-checkpoint-${index}`,
      }),
    ),
  });

/** A MAC address that somebody typed in. */
export const fixedMac =
  (macAddress: string): VmChange =>
  (vm) => ({
    adapters: (vm.adapters ?? []).map((adapter, at) =>
      at === 0 ? { ...adapter, macAddress, macIsStatic: true } : adapter,
    ),
  });

export const srIovAdapter: VmChange = (vm) => ({
  adapters: (vm.adapters ?? []).map((adapter, at) => (at === 0 ? { ...adapter, srIov: true } : adapter)),
});
