import type { ManagedRef } from '../managed-ref.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { encodeValue } from './encode-value.ts';
import { backing, type NetworkAttachment } from './move-requests.ts';
import { call, element, leaf, reference, type SoapRequest } from './xml-writer.ts';

/**
 * Renames a VM and says whether it stops in its firmware's setup at the next start, where no guest runs
 * (VirtualMachineBootOptions.enterBIOSSetup). What is not named stays as it is.
 */
export const renameAndHold = (vm: ManagedRef, name: string, hold: boolean): SoapRequest =>
  call(
    'ReconfigVM_Task',
    vm,
    element('spec', leaf('name', name), element('bootOptions', leaf('enterBIOSSetup', hold))),
  );

/** A network adapter as the server told it, with what it is to have. */
export interface AdapterIdentity {
  readonly device: XmlNode;
  readonly macAddress: string | null;
  readonly attachTo: NetworkAttachment | null;
}

/** Gives a VM its BIOS UUID and its adapters their addresses and networks. The order is that of the schema. */
export const identify = (vm: ManagedRef, biosUuid: string | null, adapters: readonly AdapterIdentity[]): SoapRequest =>
  call(
    'ReconfigVM_Task',
    vm,
    element(
      'spec',
      leaf('uuid', biosUuid),
      ...adapters.map((adapter) =>
        element('deviceChange', leaf('operation', 'edit'), encodeValue('device', adapter.device, replacedBy(adapter))),
      ),
    ),
  );

const replacedBy = ({ device, macAddress, attachTo }: AdapterIdentity): Readonly<Record<string, string>> => ({
  ...(attachTo === null ? {} : { backing: backing(attachTo) }),
  ...(macAddress === null ? {} : addressOf(device, macAddress)),
});

/** An adapter tells the kind of its address, or the address, or both; they stand side by side in the schema. */
const addressOf = ({ addressType }: XmlNode, macAddress: string): Readonly<Record<string, string>> => {
  const kind = leaf('addressType', 'manual');
  const address = leaf('macAddress', macAddress);
  return addressType === undefined ? { macAddress: kind + address } : { addressType: kind + address, macAddress: '' };
};

/** On a vCenter, where it chooses a host first if a cluster is to. */
export const powerOnInDatacenter = (datacenter: ManagedRef, vm: ManagedRef): SoapRequest =>
  call('PowerOnMultiVM_Task', datacenter, reference('vm', vm));

/** On a server that is one host, or on this host of the VM's cluster. */
export const powerOnHere = (vm: ManagedRef, host: ManagedRef | null = null): SoapRequest =>
  call('PowerOnVM_Task', vm, ...(host === null ? [] : [reference('host', host)]));

/** Deletes it with its files. */
export const destroyEntity = (entity: ManagedRef): SoapRequest => call('Destroy_Task', entity);
