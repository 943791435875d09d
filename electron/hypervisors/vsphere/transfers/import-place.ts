import { type EntityId, nativeIdOf } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { ImportRequest } from '../../transfer.ts';
import { type ReadObject, type ReadObjects, readProperties } from '../inventory/read-properties.ts';
import { type ManagedRef, refOfNativeId } from '../managed-ref.ts';
import { destinationObject, destinationProperties, ownerOfDestination } from '../moves/destination-facts.ts';
import { bestHost, type ComputeResource } from '../moves/move-plan.ts';
import type { Traversal } from '../requests/property-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { upToDatacenter } from '../vms/ancestors.ts';
import { asFlag, asNumber, asRef, asRefs, asText, displayName } from '../xml/xml-values.ts';

/** Where an import goes, in the terms of the server. */
export interface ImportPlace {
  /** Also a vApp. */
  readonly pool: ManagedRef;
  /** The cluster or standalone host the pool belongs to. */
  readonly owner: ManagedRef;
  readonly host: ManagedRef | null;
  readonly datastore: ManagedRef;
  /** Networks a VM there can be attached to, by name. */
  readonly networks: ReadonlyMap<string, ManagedRef>;
}

const fromHosts: readonly Traversal[] = [
  { type: 'HostSystem', path: 'datastore' },
  { type: 'HostSystem', path: 'network' },
];

/**
 * Chooses what a person left to the platform: the host with the most free memory, as for other moves, and its datastore
 * with the most free space. A host is always named, because it may be left out only where a cluster chooses.
 * @throws `destination-gone`, `not-found` where there is no datastore to use; VimFault, and what calls throw
 */
export const importPlace = async (
  session: ApiSession,
  request: Pick<ImportRequest, 'destination' | 'host' | 'datastore'>,
  signal: AbortSignal,
): Promise<ImportPlace> => {
  const { kind, id, name } = request.destination;
  const destination = refOfNativeId(nativeIdOf(id));
  if (destination === null) throw new AppError('destination-gone', { name });
  const found = await readPlace(session, destination, kind, signal);
  const owner = ownerOfDestination(found, destination, kind);
  if (owner === null) throw new AppError('destination-gone', { name });
  const wished = refOf(request.datastore);
  const host =
    kind === 'host' ? destination : (refOf(request.host) ?? bestHost(owner.hosts, wished === null ? [] : [wished]));
  const datastore = wished ?? roomiest(found, datastoresOf(owner, host));
  if (datastore === null) throw new AppError('not-found', { what: 'entity', name: `a datastore at ${name}` });
  return {
    pool: kind === 'resource-pool' || kind === 'vapp' ? destination : owner.rootPool,
    owner: owner.ref,
    host,
    datastore,
    networks: networksOf(found, host),
  };
};

const refOf = (id: EntityId | null): ManagedRef | null => (id === null ? null : refOfNativeId(nativeIdOf(id)));

const readPlace = (
  session: ApiSession,
  destination: ManagedRef,
  kind: ImportRequest['destination']['kind'],
  signal: AbortSignal,
): Promise<ReadObjects> => {
  const properties = [
    ...destinationProperties.map((spec) =>
      spec.type === 'HostSystem' ? { ...spec, paths: [...spec.paths, 'network'] } : spec,
    ),
    { type: 'Datastore', paths: ['summary.accessible', 'summary.freeSpace', 'summary.maintenanceMode'] },
    { type: 'Network', paths: ['name'] },
  ];
  const objects = [destinationObject(destination, kind, fromHosts)];
  return readProperties(session, { properties, objects, ignoreMissing: true }, signal);
};

const datastoresOf = ({ hosts }: ComputeResource, host: ManagedRef | null): readonly ManagedRef[] =>
  hosts.filter(({ ref }) => host === null || ref.value === host.value).flatMap(({ datastores }) => datastores);

const roomiest = (found: ReadObjects, datastores: readonly ManagedRef[]): ManagedRef | null => {
  const usable = datastores.map((ref) => found.get(ref)).filter((each) => each !== undefined && isUsable(each));
  const [best] = [...usable].sort((one, other) => freeSpace(other) - freeSpace(one));
  return best?.ref ?? null;
};

const isUsable = ({ properties }: ReadObject): boolean =>
  asFlag(properties['summary.accessible']) !== false &&
  (asText(properties['summary.maintenanceMode']) ?? 'normal') === 'normal';

const freeSpace = (datastore: ReadObject | undefined): number =>
  asNumber(datastore?.properties['summary.freeSpace']) ?? 0;

const networksOf = (found: ReadObjects, host: ManagedRef | null): ReadonlyMap<string, ManagedRef> => {
  const networks = asRefs((host && found.get(host))?.properties.network)
    .map((ref) => found.get(ref))
    .filter((network) => network !== undefined);
  return new Map(networks.map(({ ref, properties }) => [displayName(asText(properties.name) ?? ''), ref]));
};

/**
 * The folder a VM is put in: the one it was in, when that is still one for VMs of the datacenter it goes to, else the
 * topmost of that datacenter. Null for a vApp, which has its own.
 * @throws `destination-gone`; VimFault, and what calls throw
 */
export const importFolder = async (
  session: ApiSession,
  { destination, parent }: Pick<ImportRequest, 'destination' | 'parent'>,
  { pool, owner }: ImportPlace,
  signal: AbortSignal,
): Promise<ManagedRef | null> => {
  if (pool.type === 'VirtualApp') return null;
  const datacenter = (await upToDatacenter(session, owner, signal)).at(-1);
  const folder = datacenter === undefined ? null : await vmFolderOf(session, datacenter, signal);
  if (folder === null) throw new AppError('destination-gone', { name: destination.name });
  const before = refOf(parent);
  if (before?.type !== 'Folder') return folder;
  const way = await upToDatacenter(session, before, signal);
  return way.some(({ value }) => value === folder.value) ? before : folder;
};

const vmFolderOf = async (
  session: ApiSession,
  datacenter: ManagedRef,
  signal: AbortSignal,
): Promise<ManagedRef | null> => {
  if (datacenter.type !== 'Datacenter') return null;
  const filter = { properties: [{ type: 'Datacenter', paths: ['vmFolder'] }], objects: [{ object: datacenter }] };
  return asRef((await readProperties(session, filter, signal)).get(datacenter)?.properties.vmFolder) ?? null;
};
