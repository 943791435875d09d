import type { RemovableMedia } from '../../../../shared/domain/virtual-machine.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { flagAt, textAt, typeOf } from '../xml/xml-values.ts';
import { keyAndLabel } from './devices.ts';
import { told } from './readers.ts';

/** A CD/DVD or floppy drive. Which of the two connection states counts depends on whether the VM runs. */
export interface DriveFacts {
  readonly drive: Omit<RemovableMedia, 'connected'>;
  readonly connected: boolean | undefined;
  readonly startConnected: boolean | undefined;
}

export const isCdrom = (device: XmlNode): boolean => typeOf(device) === 'VirtualCdrom';
export const isFloppy = (device: XmlNode): boolean => typeOf(device) === 'VirtualFloppy';

export const readDrive = (device: XmlNode): DriveFacts => {
  const media = mediaOf(device);
  return {
    drive: {
      ...keyAndLabel(device),
      media,
      ...told({ fileName: media === 'image' ? textAt(device, 'backing', 'fileName') : undefined }),
    },
    connected: flagAt(device, 'connectable', 'connected'),
    startConnected: flagAt(device, 'connectable', 'startConnected'),
  };
};

const mediaOf = ({ backing }: XmlNode): RemovableMedia['media'] => {
  switch (typeOf(backing)) {
    case 'VirtualCdromIsoBackingInfo':
    case 'VirtualFloppyImageBackingInfo':
      // A drive whose image was taken out keeps the kind of backing, with no file.
      return textAt(backing, 'fileName') ? 'image' : 'none';
    case 'VirtualCdromAtapiBackingInfo':
    case 'VirtualCdromPassthroughBackingInfo':
    case 'VirtualFloppyDeviceBackingInfo':
      return 'host-device';
    case 'VirtualCdromRemoteAtapiBackingInfo':
    case 'VirtualCdromRemotePassthroughBackingInfo':
    case 'VirtualFloppyRemoteDeviceBackingInfo':
      return 'client-device';
    default:
      return 'none';
  }
};
