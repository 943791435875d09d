import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Platform } from '../../../../shared/domain/platform.ts';
import type {
  NetworkAdapter,
  PowerState,
  VirtualDisk,
  VirtualMachine,
} from '../../../../shared/domain/virtual-machine.ts';
import type { VmChange } from './devices.ts';
import { fractionOf, hashOf, uuidOf } from './seeded-numbers.ts';
import type { WorldIds } from './world-ids.ts';
import { GIB, type VmLoad } from './world-state.ts';

/** One VM in the words of somebody who draws up a site: keys and sizes. */
export interface VmPlan {
  /** Makes the id; also the name, unless `name` differs. */
  readonly key: string;
  readonly name?: string;
  readonly host: string;
  /** Null for templates, and on Hyper-V. */
  readonly pool: { readonly kind: 'pool' | 'vapp'; readonly key: string } | null;
  readonly folder: string;
  readonly datastore: string;
  readonly networks: readonly string[];
  readonly cpuCount: number;
  readonly memoryGib: number;
  readonly disksGib: readonly number[];
  readonly guestOs: string;
  readonly hardwareVersion: number;
  readonly cpuFeatureLevel: string;
  readonly powerState?: PowerState;
  readonly change?: VmChange;
  /** Facts that the platform does not tell of this VM. */
  readonly untold?: readonly (keyof VirtualMachine)[];
}

interface Style {
  readonly fileName: (datastore: string, vm: string, number: number) => string;
  readonly diskKey: (number: number) => string;
  readonly macPrefix: string;
}

/** What stands for the content of a new disk; on Hyper-V nothing does. */
export const contentId = (platform: Platform, seed: string): Pick<VirtualDisk, 'contentId'> =>
  platform === 'vmware' ? { contentId: uuidOf(`content/${seed}`).replaceAll('-', '') } : {};

const styles: Readonly<Record<Platform, Style>> = {
  vmware: {
    fileName: (datastore, vm, number) => `[${datastore}] ${vm}/${vm}${number === 0 ? '' : `_${number}`}.vmdk`,
    diskKey: (number) => `${2000 + number}`,
    macPrefix: '00:50:56',
  },
  hyperv: {
    // A cluster shared volume is mounted under one folder on every node; a host's own volume is its drive D.
    fileName: (datastore, vm, number) =>
      `${datastore.startsWith('CSV-') ? `C:\\ClusterStorage\\${datastore}` : 'D:\\Hyper-V'}\\${vm}\\${vm}-disk${number + 1}.vhdx`,
    diskKey: (number) => `scsi-0-${number}`,
    macPrefix: '00:15:5D',
  },
};

/** Where the platform keeps a disk, in its own notation. */
export const diskFileName = (platform: Platform, datastore: string, vm: string, number: number): string =>
  styles[platform].fileName(datastore, vm, number);

/** An address out of the platform's own range that belongs to the text. */
export const macOf = (platform: Platform, text: string): string => {
  const prefix = styles[platform].macPrefix;
  const hash = hashOf(text);
  const parts = [(hash >>> 16) & 0x3f, (hash >>> 8) & 0xff, hash & 0xff];
  return [prefix, ...parts.map((part) => part.toString(16).padStart(2, '0').toUpperCase())].join(':');
};

const withoutFacts = (vm: VirtualMachine, untold: readonly (keyof VirtualMachine)[]): VirtualMachine =>
  Object.fromEntries(
    Object.entries(vm).filter(([fact]) => !untold.includes(fact as keyof VirtualMachine)),
  ) as unknown as VirtualMachine;

/** Names and VLANs of networks by key, as far as a VM shows them. */
export type NetworkFacts = (key: string) => { readonly name: string; readonly adapterVlanId?: number };

export const planVm = (platform: Platform, ids: WorldIds, networkFacts: NetworkFacts, plan: VmPlan): VirtualMachine => {
  const style = styles[platform];
  const name = plan.name ?? plan.key;
  const id = ids('vm', plan.key);
  const datastore = ids('datastore', plan.datastore);
  const capacities = plan.disksGib.map((gib) => gib * GIB);
  const diskBytes = capacities.reduce((sum, bytes) => sum + bytes, 0);

  const disks = capacities.map(
    (capacityBytes, number): VirtualDisk => ({
      key: style.diskKey(number),
      label: `Hard disk ${number + 1}`,
      capacityBytes,
      datastore,
      fileName: style.fileName(plan.datastore, name, number),
      backing: 'file',
      mode: 'dependent',
      thin: true,
      shared: false,
      ...contentId(platform, `${plan.key}/${number}`),
    }),
  );

  const adapters = plan.networks.map((key, number): NetworkAdapter => {
    const network = networkFacts(key);
    return {
      key: `${4000 + number}`,
      label: `Network adapter ${number + 1}`,
      macAddress: macOf(platform, `${plan.key}/${number}`),
      macIsStatic: false,
      network: ids('network', key),
      networkName: network.name,
      connected: true,
      ...(network.adapterVlanId === undefined ? {} : { vlanId: network.adapterVlanId }),
      srIov: false,
    };
  });

  const plain: VirtualMachine = {
    kind: 'virtual-machine',
    id,
    site: id.slice(0, id.indexOf('/')) as VirtualMachine['site'],
    name,
    parent: ids('folder', plan.folder),
    host: ids('host', plan.host),
    pool: plan.pool === null ? null : ids(plan.pool.kind, plan.pool.key),
    powerState: plan.powerState ?? 'on',
    condition: 'connected',
    isTemplate: false,
    cpuCount: plan.cpuCount,
    memoryBytes: plan.memoryGib * GIB,
    diskBytes,
    busyWith: null,
    instanceUuid: uuidOf(`${platform}/${plan.key}`),
    biosUuid: uuidOf(`bios/${platform}/${plan.key}`),
    guestOs: plan.guestOs,
    hardwareVersion: plan.hardwareVersion,
    firmware: plan.hardwareVersion >= 13 || platform === 'hyperv' ? 'efi' : 'bios',
    disks,
    adapters,
    cdroms: [],
    floppies: [],
    otherDevices: [],
    checkpoints: [],
    storedBytes: Math.round(diskBytes * (0.35 + 0.5 * fractionOf(`stored/${plan.key}`))),
    datastores: [datastore],
    faultTolerance: false,
    encrypted: false,
    consolidationNeeded: false,
    cpuAffinity: false,
    placementRules: [],
    ...(platform === 'hyperv' ? { dynamicMemory: false, guestCluster: false } : {}),
    cpuFeatureLevel: plan.cpuFeatureLevel,
    changeVersion: '1',
  };
  const changed = plan.change === undefined ? plain : { ...plain, ...plan.change(plain) };
  return withoutFacts(changed, plan.untold ?? []);
};

/** What the VM takes of its host when it runs: part of its CPUs, most of its memory. */
export const loadOf = (vm: VirtualMachine): VmLoad => ({
  cpuMhz: Math.round(vm.cpuCount * 2400 * (0.12 + 0.4 * fractionOf(`cpu/${vm.name}`))),
  memoryBytes: Math.round(vm.memoryBytes * (0.6 + 0.3 * fractionOf(`memory/${vm.name}`))),
});

/** The loads of all that run. */
export const loadsOf = (vms: readonly VirtualMachine[]): ReadonlyMap<EntityId, VmLoad> =>
  new Map(vms.filter((vm) => vm.powerState === 'on' && vm.host !== null).map((vm) => [vm.id, loadOf(vm)]));
