import type { NetworkAdapter } from '../../../../shared/domain/virtual-machine.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { flagAt, refAt, textAt, typeOf } from '../xml/xml-values.ts';
import { keyAndLabel } from './devices.ts';
import { told } from './readers.ts';

/** Where an adapter is attached, as the device tells it. */
export type Attachment =
  | { readonly kind: 'standard'; readonly network: ManagedRef | null }
  | { readonly kind: 'distributed'; readonly portGroupKey: string | null }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'none' };

export interface AdapterFacts {
  readonly adapter: Omit<NetworkAdapter, 'network' | 'connected'>;
  readonly attachment: Attachment;
  readonly connected: boolean | undefined;
  readonly startConnected: boolean | undefined;
}

/** All of the many kinds of network card, and no other device, have a MAC address. */
export const isAdapter = (device: XmlNode): boolean =>
  device.macAddress !== undefined || device.addressType !== undefined;

export const readAdapter = (device: XmlNode): AdapterFacts => {
  const addressType = textAt(device, 'addressType')?.toLowerCase();
  return {
    adapter: {
      ...keyAndLabel(device),
      ...told({
        macAddress: textAt(device, 'macAddress'),
        macIsStatic: addressType === undefined ? undefined : addressType === 'manual',
        networkName: textAt(device, 'backing', 'deviceName'),
        srIov: typeOf(device) === 'VirtualSriovEthernetCard' ? true : undefined,
      }),
    },
    attachment: attachmentOf(device),
    connected: flagAt(device, 'connectable', 'connected'),
    startConnected: flagAt(device, 'connectable', 'startConnected'),
  };
};

const attachmentOf = ({ backing }: XmlNode): Attachment => {
  switch (typeOf(backing)) {
    case 'VirtualEthernetCardNetworkBackingInfo':
      return { kind: 'standard', network: refAt(backing, 'network') ?? null };
    case 'VirtualEthernetCardDistributedVirtualPortBackingInfo':
      return { kind: 'distributed', portGroupKey: textAt(backing, 'port', 'portgroupKey') ?? null };
    case 'VirtualEthernetCardOpaqueNetworkBackingInfo':
      return { kind: 'opaque' };
    default:
      return { kind: 'none' };
  }
};
