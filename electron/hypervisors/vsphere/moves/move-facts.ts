import { nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { DestinationKind, Move } from '../../../../shared/domain/migration.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type ReadObject, type ReadObjects, readProperties } from '../inventory/read-properties.ts';
import { type ManagedRef, refOfNativeId } from '../managed-ref.ts';
import type { PropertySpec, Traversal } from '../requests/property-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { asFlag, asNumber, asRef, asRefs } from '../xml/xml-values.ts';
import { placementPaths } from './locate.ts';
import type { CandidateHost, ComputeResource, MoveFacts } from './move-plan.ts';

const properties: readonly PropertySpec[] = [
  { type: 'VirtualMachine', paths: [...placementPaths, 'config.hardware.device'] },
  { type: 'ResourcePool', paths: ['owner'] },
  { type: 'ComputeResource', paths: ['resourcePool', 'host'] },
  {
    type: 'HostSystem',
    paths: [
      'parent',
      'runtime.connectionState',
      'runtime.inMaintenanceMode',
      'datastore',
      'summary.hardware.memorySize',
      'summary.quickStats.overallMemoryUsage',
    ],
  },
];

const toHosts: Traversal = { type: 'ComputeResource', path: 'host' };
const fromVm: readonly Traversal[] = [
  { type: 'VirtualMachine', path: 'resourcePool', onward: [{ type: 'ResourcePool', path: 'owner' }] },
];
const fromDestination: Readonly<Record<DestinationKind, readonly Traversal[]>> = {
  host: [{ type: 'HostSystem', path: 'parent', onward: [toHosts] }],
  'resource-pool': [{ type: 'ResourcePool', path: 'owner', onward: [toHosts] }],
  vapp: [{ type: 'ResourcePool', path: 'owner', onward: [toHosts] }],
  cluster: [toHosts],
};

export interface MoveObjects {
  readonly facts: MoveFacts;
  readonly vm: ReadObject;
}

/**
 * Reads, in one question, what {@link planMove} needs.
 * @throws `vm-gone`, `destination-gone`; VimFault, and what calls throw
 */
export const readMoveFacts = async (session: ApiSession, move: Move, signal: AbortSignal): Promise<MoveObjects> => {
  const { kind } = move.destination;
  const vmRef = refOfNativeId(nativeIdOf(move.vm));
  const destinationRef = refOfNativeId(nativeIdOf(move.destination.id));
  if (vmRef === null) throw vmGone(move);
  if (destinationRef === null) throw destinationGone(move);
  const objects = [
    { object: vmRef, traversals: fromVm },
    { object: destinationRef, traversals: fromDestination[kind] },
  ];
  const found = await readProperties(session, { properties, objects, ignoreMissing: true }, signal);
  const vm = found.get(vmRef);
  const destination = found.get(destinationRef);
  if (vm === undefined) throw vmGone(move);
  const owner = destination === undefined ? null : computeResource(found, ownerOf(destination, kind));
  if (destination === undefined || owner === null) throw destinationGone(move);
  const pool = asRef(vm.properties.resourcePool);
  const facts: MoveFacts = {
    vm: vm.ref,
    currentHost: asRef(vm.properties['runtime.host']) ?? null,
    currentDatastores: asRefs(vm.properties.datastore),
    currentOwner: (pool && asRef(found.get(pool)?.properties.owner)) ?? null,
    destination: { kind, ref: destination.ref },
    destinationOwner: owner,
    singleHost: session.content.kind === 'esxi',
  };
  return { facts, vm };
};

const ownerOf = (destination: ReadObject, kind: DestinationKind): ManagedRef | undefined => {
  switch (kind) {
    case 'host':
      return asRef(destination.properties.parent);
    case 'resource-pool':
    case 'vapp':
      return asRef(destination.properties.owner);
    case 'cluster':
      return destination.ref;
    default:
      return kind satisfies never;
  }
};

const computeResource = (found: ReadObjects, ref: ManagedRef | undefined): ComputeResource | null => {
  const object = ref && found.get(ref);
  const rootPool = asRef(object?.properties.resourcePool);
  if (object === undefined || rootPool === undefined) return null;
  const hosts = asRefs(object.properties.host)
    .map((host) => found.get(host))
    .filter((host) => host !== undefined);
  return { ref: object.ref, rootPool, hosts: hosts.map(candidate) };
};

const mebibyte = 1024 * 1024;

const candidate = ({ ref, properties: host }: ReadObject): CandidateHost => {
  const used = asNumber(host['summary.quickStats.overallMemoryUsage']) ?? 0;
  return {
    ref,
    usable: host['runtime.connectionState'] === 'connected' && asFlag(host['runtime.inMaintenanceMode']) !== true,
    datastores: asRefs(host.datastore),
    freeMemoryBytes: (asNumber(host['summary.hardware.memorySize']) ?? 0) - used * mebibyte,
  };
};

const vmGone = (move: Move): AppError => new AppError('vm-gone', { vmName: move.vmName });
const destinationGone = (move: Move): AppError => new AppError('destination-gone', { name: move.destination.name });
