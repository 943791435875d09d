import type { DestinationKind } from '../../../../shared/domain/migration.ts';
import type { ReadObject, ReadObjects } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { ObjectSpec, PropertySpec, Traversal } from '../requests/property-requests.ts';
import { asFlag, asNumber, asRef, asRefs } from '../xml/xml-values.ts';
import type { CandidateHost, ComputeResource } from './move-plan.ts';

/** What is read of a destination and of the cluster or standalone host it belongs to. */
export const destinationProperties: readonly PropertySpec[] = [
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

/** From a destination to its hosts, and from those onward. */
export const destinationObject = (
  object: ManagedRef,
  kind: DestinationKind,
  fromHosts: readonly Traversal[] = [],
): ObjectSpec => {
  const toHosts: Traversal = { type: 'ComputeResource', path: 'host', onward: fromHosts };
  return { object, traversals: wayToHosts(kind, toHosts) };
};

const wayToHosts = (kind: DestinationKind, toHosts: Traversal): readonly Traversal[] => {
  switch (kind) {
    case 'host':
      return [{ type: 'HostSystem', path: 'parent', onward: [toHosts] }];
    case 'resource-pool':
    case 'vapp':
      return [{ type: 'ResourcePool', path: 'owner', onward: [toHosts] }];
    case 'cluster':
      return [toHosts];
    default:
      return kind satisfies never;
  }
};

/** The cluster or standalone host a destination belongs to; null when the one or the other is not there any more. */
export const ownerOfDestination = (
  found: ReadObjects,
  destination: ManagedRef,
  kind: DestinationKind,
): ComputeResource | null => {
  const object = found.get(destination);
  return object === undefined ? null : computeResource(found, ownerOf(object, kind));
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
