import type { SiteId } from '../../../../shared/domain/ids.ts';
import type { Cluster, Datastore, Folder, Host, Network, VirtualSwitch } from '../../../../shared/domain/inventory.ts';
import type { NetworkFacts } from './vm-plan.ts';
import type { WorldIds } from './world-ids.ts';
import { GIB, TIB } from './world-state.ts';

const groups = [
  { key: 'all', name: 'All Hosts', above: null },
  { key: 'osaka', name: 'Osaka', above: 'all' },
  { key: 'tokyo', name: 'Tokyo', above: 'all' },
  { key: 'branches', name: 'Branches', above: 'all' },
] as const;

const clusters = [
  { key: 'hvcl01', name: 'HVCL01', group: 'osaka' },
  { key: 'hvcl02', name: 'HVCL02', group: 'tokyo' },
] as const;

interface HostPlan {
  readonly key: string;
  readonly group: string;
  readonly cluster: string | null;
  readonly version: string;
  /** Absent where the host is too old to know the notion. */
  readonly newestHardwareVersion?: number;
  readonly cpuFeatureLevel: string;
  readonly cpuCores: number;
  readonly coreMhz: number;
  readonly memoryGib: number;
  readonly datastores: readonly string[];
  readonly networks: readonly string[];
  readonly facts?: Partial<Host>;
}

const osakaNode = {
  group: 'osaka',
  cluster: 'hvcl01',
  version: '10.0.20348',
  newestHardwareVersion: 10,
  cpuFeatureLevel: 'intel-icelake',
  cpuCores: 40,
  coreMhz: 2400,
  memoryGib: 512,
  datastores: ['CSV-OSA-01', 'CSV-OSA-02'],
  networks: ['VMN-Web', 'VMN-App', 'VMN-DB', 'VMN-Mgmt', 'VMN-DMZ'],
} as const;

/** One Windows release older than Osaka, and older processors. */
const tokyoNode = {
  group: 'tokyo',
  cluster: 'hvcl02',
  version: '10.0.17763',
  newestHardwareVersion: 9,
  cpuFeatureLevel: 'intel-skylake',
  cpuCores: 32,
  coreMhz: 2600,
  memoryGib: 384,
  datastores: ['CSV-TYO-01'],
  networks: ['VMN-Web', 'VMN-App', 'VMN-DB', 'VMN-Mgmt'],
} as const;

const branchNode = {
  group: 'branches',
  cluster: null,
  version: '10.0.20348',
  newestHardwareVersion: 10,
  cpuFeatureLevel: 'intel-icelake',
  cpuCores: 16,
  coreMhz: 2800,
  memoryGib: 128,
  networks: ['VMN-App', 'VMN-Mgmt', 'VMN-Branch'],
} as const;

export const hyperVHosts: readonly HostPlan[] = [
  { ...osakaNode, key: 'hv01' },
  { ...osakaNode, key: 'hv02' },
  { ...osakaNode, key: 'hv03' },
  { ...osakaNode, key: 'hv04', facts: { inMaintenance: true } },
  {
    // Windows Server 2008 R2 before Service Pack 1: neither dynamic memory nor live migration outside a cluster.
    key: 'hv09',
    group: 'osaka',
    cluster: null,
    version: '6.1.7600',
    cpuFeatureLevel: 'intel-westmere',
    cpuCores: 12,
    coreMhz: 2933,
    memoryGib: 96,
    datastores: ['hv09-D'],
    networks: ['VMN-App', 'VMN-Mgmt'],
    facts: { dynamicMemorySupported: false, liveMigrationEnabled: false },
  },
  { ...tokyoNode, key: 'hv11' },
  { ...tokyoNode, key: 'hv12' },
  { ...tokyoNode, key: 'hv13' },
  { ...branchNode, key: 'hv21', datastores: ['hv21-D'] },
  { ...branchNode, key: 'hv22', datastores: ['hv22-D'], cpuFeatureLevel: 'amd-zen3' },
  { ...branchNode, key: 'hv23', datastores: ['hv23-D'], facts: { connection: 'not-responding' } },
];

const volumes = [
  { key: 'CSV-OSA-01', above: ['cluster', 'hvcl01'], type: 'CSV', capacityTib: 20, freeTib: 8.4 },
  { key: 'CSV-OSA-02', above: ['cluster', 'hvcl01'], type: 'CSV', capacityTib: 10, freeTib: 0.31 },
  { key: 'CSV-TYO-01', above: ['cluster', 'hvcl02'], type: 'CSV', capacityTib: 16, freeTib: 7.7 },
  { key: 'hv09-D', above: ['host', 'hv09'], type: 'NTFS', capacityTib: 4, freeTib: 2.6 },
  { key: 'hv21-D', above: ['host', 'hv21'], type: 'ReFS', capacityTib: 6, freeTib: 3.9 },
  { key: 'hv22-D', above: ['host', 'hv22'], type: 'ReFS', capacityTib: 2, freeTib: 0.24 },
  { key: 'hv23-D', above: ['host', 'hv23'], type: 'ReFS', capacityTib: 2, freeTib: 1.1 },
] as const;

const logicalSwitch = 'LSW-Core';

const networks: Readonly<Record<string, number>> = {
  'VMN-Web': 410,
  'VMN-App': 411,
  'VMN-DB': 412,
  'VMN-Mgmt': 400,
  'VMN-Branch': 450,
  // Exists on the hosts of HVCL01 alone.
  'VMN-DMZ': 490,
};

/** Hyper-V sets the VLAN on the adapter of the VM. */
export const hyperVNetworkFacts: NetworkFacts = (key) => {
  const adapterVlanId = networks[key];
  return { name: key, ...(adapterVlanId === undefined ? {} : { adapterVlanId }) };
};

export interface HyperVPlaces {
  readonly groups: readonly Folder[];
  readonly clusters: readonly Cluster[];
  readonly hosts: readonly Host[];
  readonly volumes: readonly Datastore[];
  readonly networks: readonly (Network | VirtualSwitch)[];
}

const makeHost = (ids: WorldIds, site: SiteId, plan: HostPlan): Host => ({
  kind: 'host',
  id: ids('host', plan.key),
  site,
  name: plan.key,
  parent: plan.cluster === null ? ids('folder', plan.group) : ids('cluster', plan.cluster),
  cluster: plan.cluster === null ? null : ids('cluster', plan.cluster),
  rootPool: null,
  connection: 'connected',
  inMaintenance: false,
  version: plan.version,
  cpuTotalMhz: plan.cpuCores * plan.coreMhz,
  cpuCores: plan.cpuCores,
  memoryTotalBytes: plan.memoryGib * GIB,
  datastores: plan.datastores.map((key) => ids('datastore', key)),
  networks: plan.networks.map((key) => ids('network', key)),
  liveMigrationEnabled: true,
  ...(plan.newestHardwareVersion === undefined ? {} : { newestHardwareVersion: plan.newestHardwareVersion }),
  cpuFeatureLevel: plan.cpuFeatureLevel,
  dynamicMemorySupported: true,
  ...plan.facts,
});

export const hyperVPlaces = (ids: WorldIds, site: SiteId): HyperVPlaces => ({
  groups: groups.map(({ key, name, above }) => ({
    kind: 'folder',
    id: ids('folder', key),
    site,
    name,
    parent: above === null ? null : ids('folder', above),
    content: 'host-group',
  })),
  clusters: clusters.map(({ key, name, group }) => ({
    kind: 'cluster',
    id: ids('cluster', key),
    site,
    name,
    parent: ids('folder', group),
    rootPool: null,
  })),
  hosts: hyperVHosts.map((plan) => makeHost(ids, site, plan)),
  volumes: volumes.map(({ key, above: [kind, owner], type, capacityTib, freeTib }) => ({
    kind: 'datastore',
    id: ids('datastore', key),
    site,
    name: key,
    parent: ids(kind, owner),
    type,
    capacityBytes: capacityTib * TIB,
    freeBytes: Math.round(freeTib * TIB),
    accessible: true,
    inMaintenance: false,
    maxFileBytes: 64 * TIB,
  })),
  networks: [
    {
      kind: 'switch',
      id: ids('switch', logicalSwitch),
      site,
      name: logicalSwitch,
      parent: null,
      distributed: false,
      hosts: hyperVHosts.map(({ key }) => ids('host', key)),
    },
    ...Object.entries(networks).map(
      ([key, id]): Network => ({
        kind: 'network',
        id: ids('network', key),
        site,
        name: key,
        parent: null,
        variant: 'vm-network',
        vlan: { kind: 'vlan', id },
        switch: ids('switch', logicalSwitch),
        isUplink: false,
        accessible: true,
      }),
    ),
  ],
});
