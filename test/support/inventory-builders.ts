import { asEntityId, type EntityId, entityId, type SiteId, siteId } from '../../shared/domain/ids.ts';
import type {
  Cluster,
  Datacenter,
  Datastore,
  Entity,
  Folder,
  Host,
  InfrastructureEntity,
  InventoryView,
  Network,
  ResourcePool,
  VApp,
  VirtualSwitch,
} from '../../shared/domain/inventory.ts';
import type { Destination, DestinationKind, Move } from '../../shared/domain/migration.ts';
import type { Site } from '../../shared/domain/site.ts';
import { summaryOf, type VirtualMachine, type VmSummary } from '../../shared/domain/virtual-machine.ts';

/*
 * Builders for tests: `aVm({ powerState: 'off' })` is a whole, harmless VM of which only the named facts matter.
 * An id not given is made from the kind and the name (`site-a/vm-web-01`), so two objects need two names only.
 * Every optional fact is told, and innocent; `without(aVm(), 'disks')` makes one "could not be determined".
 */

export const GIB = 1024 ** 3;
export const TIB = 1024 ** 4;

/** The site every builder uses unless told otherwise. */
export const defaultSite: SiteId = siteId('site-a');

/** The id that a builder gives to an object of that prefix and name: `idOf('vm', 'web-01')`. */
export const idOf = (
  prefix: 'vm' | 'host' | 'pool' | 'vapp' | 'cluster' | 'datacenter' | 'folder' | 'datastore' | 'network' | 'switch',
  name: string,
  site: SiteId = defaultSite,
): EntityId => entityId(site, `${prefix}-${name}`);

export const aSite = (facts: Partial<Site> = {}): Site => ({
  id: defaultSite,
  name: 'Site A',
  kind: 'vsphere',
  address: 'vcenter.example.test',
  port: 443,
  userName: 'operator@example.test',
  pinnedCertificate: null,
  ...facts,
});

export const aVm = (facts: Partial<VirtualMachine> = {}): VirtualMachine => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'web-01';
  return {
    kind: 'virtual-machine',
    id: idOf('vm', name, site),
    site,
    name,
    parent: null,
    host: idOf('host', 'esx-01', site),
    pool: idOf('pool', 'pool-01', site),
    powerState: 'on',
    condition: 'connected',
    isTemplate: false,
    cpuCount: 2,
    memoryBytes: 4 * GIB,
    diskBytes: 40 * GIB,
    busyWith: null,
    instanceUuid: `uuid-of-${name}`,
    guestOs: 'Red Hat Enterprise Linux 9 (64-bit)',
    hardwareVersion: 19,
    firmware: 'efi',
    disks: [
      {
        key: '2000',
        label: 'Hard disk 1',
        capacityBytes: 40 * GIB,
        datastore: idOf('datastore', 'ds-01', site),
        fileName: `[ds-01] ${name}/${name}.vmdk`,
        backing: 'file',
        mode: 'dependent',
        thin: true,
        shared: false,
      },
    ],
    adapters: [
      {
        key: '4000',
        label: 'Network adapter 1',
        macAddress: '00:50:56:00:00:01',
        macIsStatic: false,
        network: idOf('network', 'net-01', site),
        networkName: 'net-01',
        connected: true,
        srIov: false,
      },
    ],
    cdroms: [],
    floppies: [],
    otherDevices: [],
    checkpoints: [],
    storedBytes: 20 * GIB,
    datastores: [idOf('datastore', 'ds-01', site)],
    faultTolerance: false,
    encrypted: false,
    consolidationNeeded: false,
    cpuAffinity: false,
    placementRules: [],
    dynamicMemory: false,
    guestCluster: false,
    cpuFeatureLevel: 'intel-skylake',
    changeVersion: '1',
    ...facts,
  };
};

/** The small row of a VM, as lists and destination rules see it. */
export const aVmSummary = (facts: Partial<VirtualMachine> = {}): VmSummary => summaryOf(aVm(facts));

export const aHost = (facts: Partial<Host> = {}): Host => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'esx-01';
  const cluster = facts.cluster === undefined ? idOf('cluster', 'cluster-01', site) : facts.cluster;
  return {
    kind: 'host',
    id: idOf('host', name, site),
    site,
    name,
    parent: cluster,
    cluster,
    rootPool: null,
    connection: 'connected',
    inMaintenance: false,
    version: '8.0.3',
    cpuTotalMhz: 64_000,
    cpuCores: 32,
    cpuUsedMhz: 12_000,
    memoryTotalBytes: 512 * GIB,
    memoryUsedBytes: 128 * GIB,
    datastores: [idOf('datastore', 'ds-01', site)],
    networks: [idOf('network', 'net-01', site)],
    portGroups: [],
    liveMigrationEnabled: true,
    newestHardwareVersion: 21,
    cpuFeatureLevel: 'intel-skylake',
    dynamicMemorySupported: true,
    ...facts,
  };
};

export const aCluster = (facts: Partial<Cluster> = {}): Cluster => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'cluster-01';
  return {
    kind: 'cluster',
    id: idOf('cluster', name, site),
    site,
    name,
    parent: null,
    rootPool: idOf('pool', `${name}-root`, site),
    drsEnabled: true,
    evcMode: null,
    ...facts,
  };
};

const poolFacts = (site: SiteId) => ({
  owner: idOf('cluster', 'cluster-01', site),
  cpuReservedMhz: 0,
  cpuLimitMhz: null,
  cpuUsedMhz: 0,
  memoryReservedBytes: 0,
  memoryLimitBytes: null,
  memoryUsedBytes: 0,
});

export const aPool = (facts: Partial<ResourcePool> = {}): ResourcePool => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'pool-01';
  return {
    kind: 'resource-pool',
    id: idOf('pool', name, site),
    site,
    name,
    parent: null,
    isRoot: false,
    ...poolFacts(site),
    ...facts,
  };
};

export const aVApp = (facts: Partial<VApp> = {}): VApp => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'vapp-01';
  return { kind: 'vapp', id: idOf('vapp', name, site), site, name, parent: null, ...poolFacts(site), ...facts };
};

export const aDatacenter = (facts: Partial<Datacenter> = {}): Datacenter => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'dc-01';
  return { kind: 'datacenter', id: idOf('datacenter', name, site), site, name, parent: null, ...facts };
};

export const aFolder = (facts: Partial<Folder> = {}): Folder => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'vm';
  return { kind: 'folder', id: idOf('folder', name, site), site, name, parent: null, content: 'vm', ...facts };
};

export const aDatastore = (facts: Partial<Datastore> = {}): Datastore => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'ds-01';
  return {
    kind: 'datastore',
    id: idOf('datastore', name, site),
    site,
    name,
    parent: null,
    type: 'VMFS',
    capacityBytes: 4 * TIB,
    freeBytes: 2 * TIB,
    accessible: true,
    inMaintenance: false,
    maxFileBytes: 62 * TIB,
    ...facts,
  };
};

export const aNetwork = (facts: Partial<Network> = {}): Network => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'net-01';
  return {
    kind: 'network',
    id: idOf('network', name, site),
    site,
    name,
    parent: null,
    variant: 'distributed',
    vlan: { kind: 'none' },
    switch: idOf('switch', 'switch-01', site),
    isUplink: false,
    accessible: true,
    ...facts,
  };
};

export const aSwitch = (facts: Partial<VirtualSwitch> = {}): VirtualSwitch => {
  const site = facts.site ?? defaultSite;
  const name = facts.name ?? 'switch-01';
  return {
    kind: 'switch',
    id: idOf('switch', name, site),
    site,
    name,
    parent: null,
    distributed: true,
    hosts: [],
    privateVlans: [],
    ...facts,
  };
};

/** Names an object as the place to move to. */
export const destinationOf = (place: Host | ResourcePool | VApp | Cluster): Destination => ({
  kind: place.kind satisfies DestinationKind,
  id: place.id,
  name: place.name,
});

/** One VM to that place, hot, everything else left to the platform. */
export const aMove = (
  vm: Pick<VmSummary, 'id' | 'name'> = aVm(),
  destination: Destination = destinationOf(aPool({ name: 'pool-02' })),
  facts: Partial<Move> = {},
): Move => ({
  vm: vm.id,
  vmName: vm.name,
  method: 'hot',
  destination,
  host: null,
  datastore: null,
  networkMap: {},
  ...facts,
});

/** The same object with a fact the platform did not tell. */
export const without = <Thing extends object, Key extends keyof Thing>(
  thing: Thing,
  ...keys: Key[]
): Omit<Thing, Key> =>
  Object.fromEntries(Object.entries(thing).filter(([key]) => !keys.includes(key as Key))) as Omit<Thing, Key>;

/** An inventory holding exactly these objects. */
export const inventoryOf = (...entities: readonly Entity[]): InventoryView => {
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  return {
    get: (id) => byId.get(asEntityId(id)),
    infrastructure: () =>
      entities.filter((entity): entity is InfrastructureEntity => entity.kind !== 'virtual-machine'),
  };
};
