import type { VirtualDisk } from '../../../../shared/domain/virtual-machine.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { flagAt, numberAt, refAt, textAt, typeOf } from '../xml/xml-values.ts';
import { keyAndLabel } from './devices.ts';
import { told } from './readers.ts';

export type DiskFacts = Omit<VirtualDisk, 'datastore'> & { readonly datastore?: ManagedRef };

export const isDisk = (device: XmlNode): boolean => {
  const type = typeOf(device);
  return type === 'VirtualDisk' || type === 'VirtualSCSIPassthrough';
};

/** @param sharedBuses keys of the controllers that share their disks with other VMs */
export const readDisk = (device: XmlNode, sharedBuses: ReadonlySet<string | undefined>): DiskFacts => {
  const { backing } = device;
  const sharing = textAt(backing, 'sharing');
  const onSharedBus = sharedBuses.has(textAt(device, 'controllerKey'));
  const mode = textAt(backing, 'diskMode');
  return {
    ...keyAndLabel(device),
    // Older servers tell KiB only. A SCSI device passed through has no size here.
    capacityBytes: numberAt(device, 'capacityInBytes') ?? (numberAt(device, 'capacityInKB') ?? 0) * 1024,
    backing: backingOf(device),
    shared: onSharedBus || (sharing !== undefined && sharing !== 'sharingNone'),
    ...told({
      datastore: refAt(backing, 'datastore'),
      fileName: textAt(backing, 'fileName') ?? textAt(backing, 'deviceName'),
      compatibility: compatibilities[textAt(backing, 'compatibilityMode') ?? ''],
      mode: mode === undefined ? undefined : modeOf(mode),
      thin: flagAt(backing, 'thinProvisioned'),
      contentId: textAt(backing, 'contentId'),
    }),
  };
};

const compatibilities: Readonly<Record<string, 'physical' | 'virtual'>> = {
  physicalMode: 'physical',
  virtualMode: 'virtual',
};

const modeOf = (mode: string): 'independent' | 'dependent' =>
  mode.startsWith('independent') ? 'independent' : 'dependent';

const fileBackings = new Set([
  'VirtualDiskFlatVer1BackingInfo',
  'VirtualDiskFlatVer2BackingInfo',
  'VirtualDiskSparseVer1BackingInfo',
  'VirtualDiskSparseVer2BackingInfo',
  'VirtualDiskSeSparseBackingInfo',
]);

const backingOf = (device: XmlNode): VirtualDisk['backing'] => {
  if (typeOf(device) === 'VirtualSCSIPassthrough') return 'pass-through';
  const type = typeOf(device.backing);
  if (type === 'VirtualDiskRawDiskMappingVer1BackingInfo') return 'raw-device-mapping';
  // A raw disk or partition of a host, without a mapping file.
  if (type === 'VirtualDiskRawDiskVer2BackingInfo' || type === 'VirtualDiskPartitionedRawDiskVer2BackingInfo') {
    return 'pass-through';
  }
  return fileBackings.has(type) ? 'file' : 'other';
};
