import type { EntityId, SiteId } from './ids.ts';

/** `paused` and `saved` are Hyper-V's, `suspended` is VMware's. `unknown`: the platform could not say. */
export type PowerState = 'on' | 'off' | 'suspended' | 'paused' | 'saved' | 'unknown';

/** Whether the platform itself can use the VM's files. */
export type VmCondition = 'connected' | 'disconnected' | 'inaccessible' | 'orphaned' | 'invalid';

/** What trees, lists, searches and destination rules (D1-D5) need of a VM; small, because 50,000 are held at once. */
export interface VmSummary {
  readonly kind: 'virtual-machine';
  readonly id: EntityId;
  readonly site: SiteId;
  readonly name: string;
  /** VM folder or host group. */
  readonly parent: EntityId | null;
  readonly host: EntityId | null;
  /** VMware: resource pool or vApp it is in. Hyper-V: null, its pool is its cluster or host. */
  readonly pool: EntityId | null;
  readonly powerState: PowerState;
  readonly condition: VmCondition;
  readonly isTemplate: boolean;
  readonly cpuCount: number;
  readonly memoryBytes: number;
  /** Sum of the disks' capacity. */
  readonly diskBytes: number;
  /** Words of the platform when another task holds the VM (`Relocate virtual machine`); null when free. */
  readonly busyWith: string | null;
}

export interface VirtualDisk {
  /** The platform's device key. */
  readonly key: string;
  /** As the platform labels it: `Hard disk 1`. */
  readonly label: string;
  readonly capacityBytes: number;
  readonly datastore?: EntityId | null;
  /** `[ds-01] web-01/web-01.vmdk` or a path on the Hyper-V host. For people to read; never used as a local path. */
  readonly fileName?: string;
  readonly backing: 'file' | 'raw-device-mapping' | 'pass-through' | 'other';
  /** Only for raw device mappings. */
  readonly compatibility?: 'physical' | 'virtual';
  readonly mode?: 'dependent' | 'independent';
  readonly thin?: boolean;
  /** Multi-writer (VMware), shared VHDX or VHD set (Hyper-V), or on a bus shared between VMs. */
  readonly shared?: boolean;
  /**
   * Stands for what the disk holds (vSphere `contentId` of the backing): a disk that nobody writes to and that still has
   * the same one reads the same. Of a running VM it may lag behind.
   */
  readonly contentId?: string;
}

export interface NetworkAdapter {
  readonly key: string;
  readonly label: string;
  readonly macAddress?: string;
  /** True when a person fixed the address, false when the platform chose it. */
  readonly macIsStatic?: boolean;
  /** The network it is attached to; null when it is not connected to any. */
  readonly network?: EntityId | null;
  readonly networkName?: string;
  readonly connected?: boolean;
  /** Hyper-V sets the VLAN on the adapter itself. */
  readonly vlanId?: number;
  readonly srIov?: boolean;
}

export interface RemovableMedia {
  readonly key: string;
  readonly label: string;
  readonly media: 'none' | 'image' | 'host-device' | 'client-device';
  /** `[iso-lib] rhel-9.4-dvd.iso`; only for an image. */
  readonly fileName?: string;
  readonly connected?: boolean;
}

export interface OtherDevice {
  readonly key: string;
  readonly label: string;
  readonly type: 'usb' | 'pci-pass-through' | 'virtual-gpu' | 'tpm';
}

export interface Checkpoint {
  readonly id: string;
  readonly name: string;
  /** ms since 1970. */
  readonly createdAt?: number;
  /** Hyper-V: dynamic memory was on when it was made. */
  readonly dynamicMemory?: boolean;
  readonly parent: string | null;
}

/** Everything the rules know of a VM. Absent optional properties mean "could not be determined". */
export interface VirtualMachine extends VmSummary {
  /** vSphere `config.instanceUuid`, Hyper-V VM id: tells the VM after it changed its manager. */
  readonly instanceUuid?: string;
  /** vSphere `config.uuid`, what the guest reads from its BIOS: licences hang on it. */
  readonly biosUuid?: string;
  readonly guestOs?: string;
  /** `vmx-19` -> 19, Hyper-V configuration version 9.0 -> 9. */
  readonly hardwareVersion?: number;
  readonly firmware?: 'bios' | 'efi';
  readonly disks?: readonly VirtualDisk[];
  readonly adapters?: readonly NetworkAdapter[];
  readonly cdroms?: readonly RemovableMedia[];
  readonly floppies?: readonly RemovableMedia[];
  readonly otherDevices?: readonly OtherDevice[];
  /** VMware snapshots and Hyper-V checkpoints, parents before children. */
  readonly checkpoints?: readonly Checkpoint[];
  /** Bytes the VM really takes on its datastores. */
  readonly storedBytes?: number;
  readonly datastores?: readonly EntityId[];
  readonly faultTolerance?: boolean;
  readonly encrypted?: boolean;
  readonly consolidationNeeded?: boolean;
  /** The VM is bound to certain CPUs or NUMA nodes. */
  readonly cpuAffinity?: boolean;
  /** Names of DRS rules it belongs to. */
  readonly placementRules?: readonly string[];
  /** Hyper-V. */
  readonly dynamicMemory?: boolean;
  readonly guestCluster?: boolean;
  readonly cpuFeatureLevel?: string;
  /** Changes whenever the configuration does (vSphere `config.changeVersion`). */
  readonly changeVersion?: string;
}

/** Takes the small part out of the whole. */
export const summaryOf = (vm: VirtualMachine): VmSummary => ({
  kind: vm.kind,
  id: vm.id,
  site: vm.site,
  name: vm.name,
  parent: vm.parent,
  host: vm.host,
  pool: vm.pool,
  powerState: vm.powerState,
  condition: vm.condition,
  isTemplate: vm.isTemplate,
  cpuCount: vm.cpuCount,
  memoryBytes: vm.memoryBytes,
  diskBytes: vm.diskBytes,
  busyWith: vm.busyWith,
});
