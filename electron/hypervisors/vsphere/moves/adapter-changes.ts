import { type EntityId, nativeIdOf } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type ReadObject, type ReadObjects, readProperties } from '../inventory/read-properties.ts';
import { type ManagedRef, refOfNativeId } from '../managed-ref.ts';
import type { AdapterChange, NetworkAttachment } from '../requests/move-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { asList, asNode, asRef, asText, textAt } from '../xml/xml-values.ts';

/**
 * The network adapters of a VM that a move puts on other networks.
 * @throws `not-found` for an adapter or network that does not exist; VimFault, and what calls throw
 */
export const adapterChanges = async (
  session: ApiSession,
  vm: ReadObject,
  networkMap: Readonly<Record<string, EntityId>>,
  signal: AbortSignal,
): Promise<readonly AdapterChange[]> => {
  const wanted = Object.entries(networkMap);
  if (wanted.length === 0) return [];
  const attachments = await readAttachments(
    session,
    wanted.map(([, id]) => id),
    signal,
  );
  const devices = asList(vm.properties['config.hardware.device']).map((device) => asNode(device) ?? {});
  return wanted.map(([key, id]) => {
    const device = devices.find((each) => textAt(each, 'key') === key);
    if (device === undefined) throw notFound(`network adapter ${key}`);
    return { device, attachTo: attachments(id) };
  });
};

/**
 * How adapters are attached to networks.
 * @returns throws `not-found` for a network that does not exist
 */
export const readAttachments = async (
  session: ApiSession,
  networks: readonly EntityId[],
  signal: AbortSignal,
): Promise<(network: EntityId) => NetworkAttachment> => {
  const refs = networks.map((id) => refOfNativeId(nativeIdOf(id))).filter((ref) => ref !== null);
  const found = refs.length === 0 ? null : await readProperties(session, networkFilter(refs), signal);
  return (id) => {
    const attachTo = found === null ? null : attachment(found, refOfNativeId(nativeIdOf(id)));
    if (attachTo === null) throw notFound(nativeIdOf(id));
    return attachTo;
  };
};

const notFound = (name: string): AppError => new AppError('not-found', { what: 'entity', name });

const networkFilter = (networks: readonly ManagedRef[]): Parameters<typeof readProperties>[1] => ({
  properties: [
    { type: 'Network', paths: ['name', 'summary'] },
    { type: 'DistributedVirtualPortgroup', paths: ['key', 'config.distributedVirtualSwitch'] },
    { type: 'DistributedVirtualSwitch', paths: ['uuid'] },
  ],
  objects: networks.map((object) => ({
    object,
    traversals: [{ type: 'DistributedVirtualPortgroup', path: 'config.distributedVirtualSwitch' }],
  })),
  ignoreMissing: true,
});

const attachment = (found: ReadObjects, ref: ManagedRef | null): NetworkAttachment | null => {
  const network = ref === null ? undefined : found.get(ref);
  if (network === undefined) return null;
  const { properties } = network;
  if (network.ref.type === 'DistributedVirtualPortgroup') {
    const ofSwitch = asRef(properties['config.distributedVirtualSwitch']);
    const switchUuid = asText(ofSwitch && found.get(ofSwitch)?.properties.uuid);
    const portGroupKey = asText(properties.key);
    return switchUuid && portGroupKey ? { kind: 'distributed', switchUuid, portGroupKey } : null;
  }
  if (network.ref.type === 'OpaqueNetwork') {
    const networkId = textAt(properties.summary, 'opaqueNetworkId');
    const networkType = textAt(properties.summary, 'opaqueNetworkType');
    return networkId && networkType ? { kind: 'opaque', networkId, networkType } : null;
  }
  // The name as the server writes it, with its escapes: it is sent back.
  return { kind: 'standard', network: network.ref, name: asText(properties.name) ?? '' };
};
