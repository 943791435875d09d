import type { OtherDevice } from '../../../../shared/domain/virtual-machine.ts';
import type { XmlNode, XmlValue } from '../xml/xml-node.ts';
import { asList, asNode, textAt, typeOf } from '../xml/xml-values.ts';
import { type AdapterFacts, isAdapter, readAdapter } from './device-adapter.ts';
import { type DiskFacts, isDisk, readDisk } from './device-disk.ts';
import { type DriveFacts, isCdrom, isFloppy, readDrive } from './device-drive.ts';

/** The devices of a VM the console knows, with references where entities will be. */
export interface DeviceFacts {
  readonly disks: readonly DiskFacts[];
  readonly adapters: readonly AdapterFacts[];
  readonly cdroms: readonly DriveFacts[];
  readonly floppies: readonly DriveFacts[];
  readonly others: readonly OtherDevice[];
}

/** Sorts the device list (VirtualDevice[]) out by the types of the API. */
export const readDevices = (value: XmlValue): DeviceFacts => {
  const devices = asList(value).map((device) => asNode(device) ?? {});
  const sharedBuses = new Set(devices.filter(sharesItsBus).map((device) => textAt(device, 'key')));
  return {
    disks: devices.filter(isDisk).map((disk) => readDisk(disk, sharedBuses)),
    adapters: devices.filter(isAdapter).map(readAdapter),
    cdroms: devices.filter(isCdrom).map(readDrive),
    floppies: devices.filter(isFloppy).map(readDrive),
    others: devices.flatMap((device) => readOther(device)),
  };
};

/** A controller whose disks other VMs may use, too. */
const sharesItsBus = (device: XmlNode): boolean => {
  const sharing = textAt(device, 'sharedBus');
  return sharing !== undefined && sharing !== 'noSharing';
};

const readOther = (device: XmlNode): readonly OtherDevice[] => {
  const type = otherType(device);
  return type === null ? [] : [{ ...keyAndLabel(device), type }];
};

const otherType = (device: XmlNode): OtherDevice['type'] | null => {
  switch (typeOf(device)) {
    // The device, not the controller it hangs on, which most VMs have.
    case 'VirtualUSB':
      return 'usb';
    case 'VirtualTPM':
      return 'tpm';
    case 'VirtualPCIPassthrough':
      return typeOf(device.backing) === 'VirtualPCIPassthroughVmiopBackingInfo' ? 'virtual-gpu' : 'pci-pass-through';
    default:
      return null;
  }
};

export const keyAndLabel = (device: XmlNode): { readonly key: string; readonly label: string } => {
  const key = textAt(device, 'key') ?? '';
  return { key, label: textAt(device, 'deviceInfo', 'label') ?? `${typeOf(device)} ${key}` };
};
