import type { ManagedRef } from '../managed-ref.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { flagAt, textAt, typeOf } from '../xml/xml-values.ts';
import { encodeValue } from './encode-value.ts';
import { call, element, leaf, type SoapRequest, typed } from './xml-writer.ts';

/** What is to be done to one device, as the server told it. */
export type DeviceChange =
  | { readonly kind: 'empty-drive'; readonly device: XmlNode }
  | { readonly kind: 'remove'; readonly device: XmlNode };

/**
 * Changes devices of a VM (API reference of ReconfigVM_Task, VirtualMachineConfigSpec). With a version the server
 * refuses when somebody else has changed the VM since it was read. The order is that of the schema.
 */
export const changeDevices = (
  vm: ManagedRef,
  changeVersion: string | undefined,
  changes: readonly DeviceChange[],
): SoapRequest =>
  call(
    'ReconfigVM_Task',
    vm,
    element('spec', leaf('changeVersion', changeVersion || undefined), ...changes.map(deviceChange)),
  );

const deviceChange = ({ kind, device }: DeviceChange): string => {
  switch (kind) {
    case 'empty-drive':
      return element('deviceChange', leaf('operation', 'edit'), emptyDrive(device));
    case 'remove':
      return element('deviceChange', leaf('operation', 'remove'), encodeValue('device', device));
    default:
      return kind satisfies never;
  }
};

/**
 * The drive without a medium: on the client's drive, as the platform's own console leaves it, not connected and not to be
 * connected at the next start. What is not named stays as it is. Drives have no fields beside those of VirtualDevice.
 */
const emptyDrive = (device: XmlNode): string =>
  typed(
    'device',
    typeOf(device),
    leaf('key', textAt(device, 'key')),
    device.deviceInfo === undefined ? '' : encodeValue('deviceInfo', device.deviceInfo),
    clientBacking(typeOf(device)),
    element(
      'connectable',
      leaf('startConnected', false),
      leaf('allowGuestControl', flagAt(device, 'connectable', 'allowGuestControl') ?? true),
      leaf('connected', false),
    ),
    leaf('controllerKey', textAt(device, 'controllerKey')),
    leaf('unitNumber', textAt(device, 'unitNumber')),
  );

const clientBacking = (type: string): string =>
  type === 'VirtualFloppy'
    ? typed('backing', 'VirtualFloppyRemoteDeviceBackingInfo', leaf('deviceName', ''), leaf('useAutoDetect', false))
    : typed(
        'backing',
        'VirtualCdromRemotePassthroughBackingInfo',
        leaf('deviceName', ''),
        leaf('useAutoDetect', false),
        leaf('exclusive', false),
      );
