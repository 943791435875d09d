import { type EntityId, entityId, type SiteId } from '../../../../shared/domain/ids.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';

export type IdKind =
  | 'vm'
  | 'host'
  | 'cluster'
  | 'pool'
  | 'vapp'
  | 'datacenter'
  | 'folder'
  | 'datastore'
  | 'network'
  | 'switch';

/** How each platform's own ids look; a vSphere id is its type and its managed object id. */
const prefixes: Readonly<Record<Platform, Readonly<Record<IdKind, string>>>> = {
  vmware: {
    vm: 'VirtualMachine:vm-',
    host: 'HostSystem:host-',
    cluster: 'ClusterComputeResource:domain-c-',
    pool: 'ResourcePool:resgroup-',
    vapp: 'VirtualApp:resgroup-v-',
    datacenter: 'Datacenter:datacenter-',
    folder: 'Folder:group-',
    datastore: 'Datastore:datastore-',
    network: 'Network:network-',
    switch: 'VmwareDistributedVirtualSwitch:dvs-',
  },
  hyperv: {
    vm: 'VM:',
    host: 'VMHost:',
    cluster: 'VMHostCluster:',
    pool: 'none:',
    vapp: 'none:',
    datacenter: 'none:',
    folder: 'VMHostGroup:',
    datastore: 'StorageVolume:',
    network: 'VMNetwork:',
    switch: 'LogicalSwitch:',
  },
};

/** Ids of a lab site. They are made from keys chosen in the world's data, so they never change between versions. */
export type WorldIds = (kind: IdKind, key: string) => EntityId;

export const worldIds =
  (platform: Platform, site: SiteId): WorldIds =>
  (kind, key) =>
    entityId(site, `${prefixes[platform][kind]}${key.toLowerCase()}`);
