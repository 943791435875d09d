import type { EntityId } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { VmIdentityToRestore } from '../../transfer.ts';
import { sameRef } from '../managed-ref.ts';
import { isAdapter } from '../mapping/device-adapter.ts';
import { keyAndLabel } from '../mapping/devices.ts';
import { readAttachments } from '../moves/adapter-changes.ts';
import { carryOut, type TaskWatching } from '../moves/follow-task.ts';
import type { NetworkAttachment } from '../requests/move-requests.ts';
import { type AdapterIdentity, identify } from '../requests/vm-requests.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { asList, asNode, refAt, textAt } from '../xml/xml-values.ts';
import { mustBeOff, readVm } from './read-vm.ts';

/**
 * Gives a stopped VM its BIOS UUID, and its adapters their addresses and networks. A fixed address, also where the server
 * had chosen it: it is to stay what it was.
 * @throws `vm-gone`, `not-found` for an adapter or network that is not there; VimFault, and what calls throw
 */
export const restoreIdentity = async (
  watching: TaskWatching,
  vm: EntityId,
  identity: VmIdentityToRestore,
): Promise<void> => {
  const { session, signal } = watching;
  const found = await readVm(session, vm, ['runtime.powerState', 'config.uuid', 'config.hardware.device'], signal);
  mustBeOff(found);
  const devices = asList(found.properties['config.hardware.device']).map((device) => asNode(device) ?? {});
  const present = inOrderOf(identity.adapters, devices.filter(isAdapter));
  const networks = identity.adapters.map(({ network }) => network).filter((network) => network !== null);
  const attachments = await readAttachments(session, networks, signal);
  const adapters = identity.adapters.flatMap(({ label, macAddress, network }, index): readonly AdapterIdentity[] => {
    const device = present[index];
    if (device === undefined) throw new AppError('not-found', { what: 'entity', name: label });
    const attachTo = network === null ? null : attachments(network);
    const wanted = {
      device,
      macAddress: macAddress === undefined || hasAddress(device, macAddress) ? null : macAddress,
      attachTo: attachTo === null || isAttachedTo(device, attachTo) ? null : attachTo,
    };
    return wanted.macAddress === null && wanted.attachTo === null ? [] : [wanted];
  });
  const { biosUuid } = identity;
  const uuid = biosUuid === undefined || biosUuid === found.properties['config.uuid'] ? null : biosUuid;
  if (uuid !== null || adapters.length > 0) await carryOut(watching, identify(found.ref, uuid, adapters));
};

const hasAddress = (device: XmlNode, macAddress: string): boolean =>
  textAt(device, 'macAddress')?.toLowerCase() === macAddress.toLowerCase() &&
  textAt(device, 'addressType')?.toLowerCase() === 'manual';

const isAttachedTo = (device: XmlNode, attachTo: NetworkAttachment): boolean => {
  const { backing } = device;
  switch (attachTo.kind) {
    case 'standard': {
      const network = refAt(backing, 'network');
      return network !== undefined && sameRef(network, attachTo.network);
    }
    case 'distributed':
      return textAt(backing, 'port', 'portgroupKey') === attachTo.portGroupKey;
    case 'opaque':
      return textAt(backing, 'opaqueNetworkId') === attachTo.networkId;
    default:
      return attachTo satisfies never;
  }
};

/** By their labels, where those say plainly which is which; else in their order. */
const inOrderOf = (adapters: VmIdentityToRestore['adapters'], present: readonly XmlNode[]): readonly XmlNode[] => {
  const byLabel = adapters.map(({ label }) => present.filter((device) => keyAndLabel(device).label === label));
  const plain = byLabel.every((some) => some.length === 1) && new Set(byLabel.flat()).size === adapters.length;
  return plain ? byLabel.flat() : present;
};
