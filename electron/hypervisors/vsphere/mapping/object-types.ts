import type { PropertySpec } from '../requests/property-requests.ts';
import { allClusterReaders, clusterReaders, computeResourceReaders } from './cluster.ts';
import { datastoreReaders } from './datastore.ts';
import { datacenterReaders, folderReaders } from './folder.ts';
import { hostReaders } from './host.ts';
import { allNetworkReaders, networkReaders, portGroupReaders } from './network.ts';
import { poolReaders } from './pool.ts';
import type { Readers } from './readers.ts';
import { taskReaders } from './task.ts';
import { vmReaders } from './virtual-machine.ts';
import { switchReaders } from './virtual-switch.ts';

/** How to read an object, by its own type. Objects of other types are of no interest. */
export const readersByType: Readonly<Record<string, Readers>> = {
  Folder: folderReaders,
  StoragePod: folderReaders,
  Datacenter: datacenterReaders,
  ComputeResource: computeResourceReaders,
  ClusterComputeResource: allClusterReaders,
  HostSystem: hostReaders,
  ResourcePool: poolReaders,
  VirtualApp: poolReaders,
  VirtualMachine: vmReaders,
  Datastore: datastoreReaders,
  Network: networkReaders,
  OpaqueNetwork: networkReaders,
  DistributedVirtualPortgroup: allNetworkReaders,
  DistributedVirtualSwitch: switchReaders,
  VmwareDistributedVirtualSwitch: switchReaders,
  Task: taskReaders,
};

const spec = (type: string, readers: Readers): PropertySpec => ({ type, paths: Object.keys(readers) });

/** A specification holds for a type and all types below it, so the properties of a subclass come in one of their own. */
const specs: readonly PropertySpec[] = [
  spec('Folder', folderReaders),
  spec('Datacenter', datacenterReaders),
  spec('ComputeResource', computeResourceReaders),
  spec('ClusterComputeResource', clusterReaders),
  spec('HostSystem', hostReaders),
  spec('ResourcePool', poolReaders),
  spec('VirtualMachine', vmReaders),
  spec('Datastore', datastoreReaders),
  spec('Network', networkReaders),
  spec('DistributedVirtualPortgroup', portGroupReaders),
  spec('DistributedVirtualSwitch', switchReaders),
  spec('Task', taskReaders),
];

/**
 * Types of the tree: all but VMs, and VMs. A view holds the types below those it names, too; in a filter they are named,
 * because they have properties of their own.
 */
export const treeTypes: readonly { readonly inView: readonly string[]; readonly inFilter: readonly string[] }[] = [
  {
    inView: [
      'Folder',
      'Datacenter',
      'ComputeResource',
      'HostSystem',
      'ResourcePool',
      'Datastore',
      'Network',
      'DistributedVirtualSwitch',
    ],
    inFilter: specs.map(({ type }) => type).filter((type) => type !== 'VirtualMachine' && type !== 'Task'),
  },
  { inView: ['VirtualMachine'], inFilter: ['VirtualMachine'] },
];

/** All properties the console reads, without those this server said it does not know (`Type.path`). */
export const propertySpecs = (unknown: ReadonlySet<string>): readonly PropertySpec[] =>
  specs.map(({ type, paths }) => ({ type, paths: paths.filter((path) => !unknown.has(`${type}.${path}`)) }));
