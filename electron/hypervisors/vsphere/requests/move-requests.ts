import type { ManagedRef } from '../managed-ref.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { encodeValue } from './encode-value.ts';
import { call, element, leaf, reference, type SoapRequest, typed } from './xml-writer.ts';

/** Where a VM is to go (VirtualMachineRelocateSpec). What is null stays as it is, or is chosen by the server. */
export interface RelocateSpec {
  readonly datastore: ManagedRef | null;
  readonly pool: ManagedRef | null;
  readonly host: ManagedRef | null;
  readonly adapters: readonly AdapterChange[];
}

/** A network adapter, as the server told it, and what it shall be attached to. */
export interface AdapterChange {
  readonly device: XmlNode;
  readonly attachTo: NetworkAttachment;
}

export type NetworkAttachment =
  | { readonly kind: 'standard'; readonly network: ManagedRef; readonly name: string }
  | { readonly kind: 'distributed'; readonly switchUuid: string; readonly portGroupKey: string }
  | { readonly kind: 'opaque'; readonly networkId: string; readonly networkType: string };

export const relocateVm = (vm: ManagedRef, spec: RelocateSpec): SoapRequest =>
  call('RelocateVM_Task', vm, relocateSpec(spec), leaf('priority', 'defaultPriority'));

/** All tests are run: none is named. */
export const checkRelocate = (checker: ManagedRef, vm: ManagedRef, spec: RelocateSpec): SoapRequest =>
  call('CheckRelocate_Task', checker, reference('vm', vm), relocateSpec(spec));

export const moveIntoResourcePool = (pool: ManagedRef, vm: ManagedRef): SoapRequest =>
  call('MoveIntoResourcePool', pool, reference('list', vm));

export const cancelTask = (task: ManagedRef): SoapRequest => call('CancelTask', task);

export const findAllByInstanceUuid = (searchIndex: ManagedRef, instanceUuid: string): SoapRequest =>
  call('FindAllByUuid', searchIndex, leaf('uuid', instanceUuid), leaf('vmSearch', true), leaf('instanceUuid', true));

// The order is that of the schema: datastore, pool, host, deviceChange.
const relocateSpec = (spec: RelocateSpec): string =>
  element(
    'spec',
    reference('datastore', spec.datastore),
    reference('pool', spec.pool),
    reference('host', spec.host),
    ...spec.adapters.map(({ device, attachTo }) =>
      element('deviceChange', leaf('operation', 'edit'), encodeValue('device', device, { backing: backing(attachTo) })),
    ),
  );

/** What an adapter is attached to, as part of the adapter. */
export const backing = (attachTo: NetworkAttachment): string => {
  switch (attachTo.kind) {
    case 'standard':
      return typed(
        'backing',
        'VirtualEthernetCardNetworkBackingInfo',
        leaf('deviceName', attachTo.name),
        reference('network', attachTo.network),
      );
    case 'distributed':
      return typed(
        'backing',
        'VirtualEthernetCardDistributedVirtualPortBackingInfo',
        element('port', leaf('switchUuid', attachTo.switchUuid), leaf('portgroupKey', attachTo.portGroupKey)),
      );
    case 'opaque':
      return typed(
        'backing',
        'VirtualEthernetCardOpaqueNetworkBackingInfo',
        leaf('opaqueNetworkId', attachTo.networkId),
        leaf('opaqueNetworkType', attachTo.networkType),
      );
    default:
      return attachTo satisfies never;
  }
};
