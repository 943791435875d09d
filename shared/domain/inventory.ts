import type { EntityId, SiteId } from './ids.ts';
import type { VirtualMachine } from './virtual-machine.ts';

/*
 * Objects of a site's inventory.
 * Convention for facts: an ABSENT optional property means the platform did not tell ("could not be determined");
 * `null` means it told that there is none. Rules rely on the difference.
 */

interface EntityBase {
  readonly id: EntityId;
  readonly site: SiteId;
  readonly name: string;
  /** The object it hangs under in the platform's own tree; null at the top. */
  readonly parent: EntityId | null;
}

/** VM folders, host folders and (Hyper-V) host groups. */
export interface Folder extends EntityBase {
  readonly kind: 'folder';
  readonly content: 'vm' | 'host' | 'datastore' | 'network' | 'host-group' | 'mixed';
}

export interface Datacenter extends EntityBase {
  readonly kind: 'datacenter';
  /** Where imported VMs are put; absent on Hyper-V. */
  readonly vmFolder?: EntityId;
}

/** A VMware cluster or a Hyper-V failover cluster ("VM cluster" in the seed). */
export interface Cluster extends EntityBase {
  readonly kind: 'cluster';
  /** VMware: the hidden pool at the top of the cluster; null on Hyper-V. */
  readonly rootPool: EntityId | null;
  readonly drsEnabled?: boolean;
  /** VMware `config.dasConfig`/EVC baseline key, null when EVC is off. */
  readonly evcMode?: string | null;
}

/** A standard port group as one host has it. The same name may carry another VLAN on another host. */
export interface HostPortGroup {
  readonly name: string;
  readonly switchName: string;
  /** 0 none, 1-4094 that VLAN, 4095 all VLANs to the guest (VMware HostPortGroupSpec.vlanId). */
  readonly vlanId: number;
}

/** "Virtualization software" in the seed: an ESXi or Hyper-V host. */
export interface Host extends EntityBase {
  readonly kind: 'host';
  /** Null for a host outside any cluster. */
  readonly cluster: EntityId | null;
  /** VMware standalone host: its own hidden top pool; null in a cluster and on Hyper-V. */
  readonly rootPool: EntityId | null;
  readonly connection: 'connected' | 'disconnected' | 'not-responding';
  readonly inMaintenance: boolean;
  /** For example `8.0.3` (ESXi) or `10.0.20348` (Windows). */
  readonly version?: string;
  readonly cpuTotalMhz?: number;
  readonly cpuCores?: number;
  readonly cpuUsedMhz?: number;
  readonly memoryTotalBytes?: number;
  readonly memoryUsedBytes?: number;
  readonly datastores: readonly EntityId[];
  readonly networks: readonly EntityId[];
  readonly portGroups?: readonly HostPortGroup[];
  readonly liveMigrationEnabled?: boolean;
  /** Newest VM hardware version (`vmx-21` -> 21) or Hyper-V configuration version (9.0 -> 9) it runs. */
  readonly newestHardwareVersion?: number;
  /** CPU vendor and EVC key for live migration. */
  readonly cpuFeatureLevel?: string;
  /** Hyper-V only. */
  readonly dynamicMemorySupported?: boolean;
}

interface PoolFacts {
  /** The cluster or standalone host whose resources it shares out. */
  readonly owner: EntityId;
  readonly cpuReservedMhz?: number;
  /** Null: unlimited. */
  readonly cpuLimitMhz?: number | null;
  readonly cpuUsedMhz?: number;
  readonly memoryReservedBytes?: number;
  readonly memoryLimitBytes?: number | null;
  readonly memoryUsedBytes?: number;
}

export interface ResourcePool extends EntityBase, PoolFacts {
  readonly kind: 'resource-pool';
  /** The hidden pool at the top of a cluster or standalone host. Trees show its content under the owner. */
  readonly isRoot: boolean;
}

export interface VApp extends EntityBase, PoolFacts {
  readonly kind: 'vapp';
}

/** A datastore (VMware), or a volume or cluster shared volume (Hyper-V). */
export interface Datastore extends EntityBase {
  readonly kind: 'datastore';
  /** `VMFS`, `NFS`, `vsan`, `CSV`, … as the platform names it. */
  readonly type?: string;
  readonly capacityBytes?: number;
  readonly freeBytes?: number;
  readonly accessible?: boolean;
  readonly inMaintenance?: boolean;
  readonly maxFileBytes?: number;
}

export type VlanSetting =
  | { readonly kind: 'none' }
  | { readonly kind: 'vlan'; readonly id: number }
  | { readonly kind: 'trunk'; readonly ranges: readonly { readonly start: number; readonly end: number }[] }
  | { readonly kind: 'private'; readonly secondaryId: number };

/** A port group, distributed port group, opaque network, or Hyper-V VM network. */
export interface Network extends EntityBase {
  readonly kind: 'network';
  readonly variant: 'standard' | 'distributed' | 'opaque' | 'vm-network';
  /** Absent for a standard network: see {@link Host.portGroups}, the VLAN is set per host there. */
  readonly vlan?: VlanSetting;
  /** The distributed or logical switch it belongs to; null for a standard network. */
  readonly switch?: EntityId | null;
  readonly isUplink?: boolean;
  readonly accessible?: boolean;
}

export interface PrivateVlan {
  readonly primaryId: number;
  readonly secondaryId: number;
  readonly type: 'promiscuous' | 'isolated' | 'community';
}

export interface VirtualSwitch extends EntityBase {
  readonly kind: 'switch';
  readonly distributed: boolean;
  readonly hosts?: readonly EntityId[];
  readonly privateVlans?: readonly PrivateVlan[];
}

export type Entity =
  | Folder
  | Datacenter
  | Cluster
  | Host
  | ResourcePool
  | VApp
  | Datastore
  | Network
  | VirtualSwitch
  | VirtualMachine;

/** Everything but VMs: a few thousand objects even on large sites, so they are held and sent whole. */
export type InfrastructureEntity = Exclude<Entity, VirtualMachine>;

export type EntityKind = Entity['kind'];

/** Read access to a set of inventory objects: the whole cache, or the part a decision needs. */
export interface InventoryView {
  get(id: EntityId): Entity | undefined;
  infrastructure(): Iterable<InfrastructureEntity>;
}
