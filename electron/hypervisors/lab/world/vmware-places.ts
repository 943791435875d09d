import type { SiteId } from '../../../../shared/domain/ids.ts';
import type { Cluster, Datacenter, Folder, Host, ResourcePool, VApp } from '../../../../shared/domain/inventory.ts';
import { networksOfHost, portGroupsOfHost } from './vmware-networks.ts';
import { datastoresOfHost } from './vmware-storage.ts';
import type { WorldIds } from './world-ids.ts';
import { GIB } from './world-state.ts';

interface HostModel {
  readonly version: string;
  readonly newestHardwareVersion: number;
  readonly cpuFeatureLevel: string;
  readonly cpuCores: number;
  readonly coreMhz: number;
  readonly memoryGib: number;
}

/** `datacenter` is a key; hosts are named by their numbers: esx01, esx02, … */
interface ClusterPlan {
  readonly key: string;
  readonly name: string;
  readonly datacenter: string;
  readonly drsEnabled: boolean;
  readonly evcMode: string;
  readonly hosts: readonly string[];
  readonly model: HostModel;
}

export const vmwareClusters: readonly ClusterPlan[] = [
  {
    key: 'prod-01',
    name: 'CL-PROD-01',
    datacenter: 'tyo-1',
    drsEnabled: true,
    evcMode: 'intel-icelake',
    hosts: ['esx01', 'esx02', 'esx03', 'esx04', 'esx05', 'esx06'],
    model: {
      version: '8.0.3',
      newestHardwareVersion: 21,
      cpuFeatureLevel: 'intel-icelake',
      cpuCores: 48,
      coreMhz: 2600,
      memoryGib: 768,
    },
  },
  {
    // Held at an older processor level, so a VM that started on CL-PROD-01 may not run here.
    key: 'stg-01',
    name: 'CL-STG-01',
    datacenter: 'tyo-1',
    drsEnabled: false,
    evcMode: 'intel-broadwell',
    hosts: ['esx11', 'esx12', 'esx13'],
    model: {
      version: '8.0.2',
      newestHardwareVersion: 21,
      cpuFeatureLevel: 'intel-broadwell',
      cpuCores: 32,
      coreMhz: 2300,
      memoryGib: 384,
    },
  },
  {
    // Runs the older release, so newer VM hardware is not supported here.
    key: 'osa-01',
    name: 'CL-OSA-01',
    datacenter: 'osa-1',
    drsEnabled: false,
    evcMode: 'intel-icelake',
    hosts: ['esx21', 'esx22', 'esx23', 'esx24'],
    model: {
      version: '7.0.3',
      newestHardwareVersion: 19,
      cpuFeatureLevel: 'intel-icelake',
      cpuCores: 40,
      coreMhz: 2400,
      memoryGib: 512,
    },
  },
];

/** A host outside any cluster, with standard switches only. */
const standalone = {
  key: 'esx31',
  datacenter: 'tyo-1',
  model: {
    version: '8.0.3',
    newestHardwareVersion: 21,
    cpuFeatureLevel: 'intel-icelake',
    cpuCores: 16,
    coreMhz: 2900,
    memoryGib: 128,
  },
} as const;

export const hostInMaintenance = 'esx02';
export const disconnectedHost = 'esx13';

interface PoolPlan {
  readonly key: string;
  readonly kind: 'pool' | 'vapp';
  /** Key of the pool above; `prod-01-root` is the hidden one at the top. */
  readonly above: string;
  readonly owner: readonly ['cluster' | 'host', string];
  readonly cpuLimitMhz?: number;
  readonly cpuReservedMhz?: number;
  readonly memoryLimitGib?: number;
  readonly memoryReservedGib?: number;
}

const prod = ['cluster', 'prod-01'] as const;
const stg = ['cluster', 'stg-01'] as const;
const osa = ['cluster', 'osa-01'] as const;
const edge = ['host', 'esx31'] as const;

const poolPlans: readonly PoolPlan[] = [
  { key: 'rp-prod', kind: 'pool', above: 'prod-01-root', owner: prod, cpuReservedMhz: 96_000, memoryReservedGib: 512 },
  {
    key: 'rp-web',
    kind: 'pool',
    above: 'rp-prod',
    owner: prod,
    cpuLimitMhz: 64_000,
    cpuReservedMhz: 24_000,
    memoryLimitGib: 192,
    memoryReservedGib: 96,
  },
  { key: 'rp-app', kind: 'pool', above: 'rp-prod', owner: prod, cpuReservedMhz: 24_000, memoryReservedGib: 128 },
  { key: 'rp-db', kind: 'pool', above: 'rp-prod', owner: prod, cpuReservedMhz: 32_000, memoryReservedGib: 256 },
  { key: 'vapp-crm', kind: 'vapp', above: 'rp-prod', owner: prod },
  { key: 'vapp-erp', kind: 'vapp', above: 'rp-prod', owner: prod, memoryReservedGib: 64 },
  { key: 'rp-batch', kind: 'pool', above: 'prod-01-root', owner: prod, cpuLimitMhz: 24_000, memoryLimitGib: 96 },
  { key: 'rp-staging', kind: 'pool', above: 'stg-01-root', owner: stg, cpuLimitMhz: 80_000, memoryLimitGib: 320 },
  { key: 'rp-qa', kind: 'pool', above: 'rp-staging', owner: stg, cpuLimitMhz: 24_000, memoryLimitGib: 96 },
  { key: 'rp-osaka', kind: 'pool', above: 'osa-01-root', owner: osa, memoryReservedGib: 128 },
  { key: 'vapp-order', kind: 'vapp', above: 'rp-osaka', owner: osa },
  { key: 'rp-dr', kind: 'pool', above: 'osa-01-root', owner: osa, cpuReservedMhz: 48_000, memoryReservedGib: 256 },
  { key: 'rp-edge', kind: 'pool', above: 'esx31-root', owner: edge, memoryLimitGib: 96 },
];

const datacenters = [
  { key: 'tyo-1', name: 'TYO-1', vmFolders: ['production', 'staging', 'edge', 'practice'] },
  { key: 'osa-1', name: 'OSA-1', vmFolders: ['osaka', 'disaster-recovery'] },
] as const;

export interface VmwarePlaces {
  readonly tree: readonly (Folder | Datacenter)[];
  readonly clusters: readonly Cluster[];
  readonly hosts: readonly Host[];
  readonly pools: readonly (ResourcePool | VApp)[];
}

const trees = (ids: WorldIds, site: SiteId): readonly (Folder | Datacenter)[] => {
  const top: Folder = {
    kind: 'folder',
    id: ids('folder', 'd1'),
    site,
    name: 'Datacenters',
    parent: null,
    content: 'mixed',
  };
  return [
    top,
    ...datacenters.flatMap(({ key, name, vmFolders }): (Folder | Datacenter)[] => {
      const datacenter: Datacenter = {
        kind: 'datacenter',
        id: ids('datacenter', key),
        site,
        name,
        parent: top.id,
        vmFolder: ids('folder', `${key}-vm`),
      };
      const hidden = (['vm', 'host', 'datastore', 'network'] as const).map(
        (content): Folder => ({
          kind: 'folder',
          id: ids('folder', `${key}-${content}`),
          site,
          name: content,
          parent: datacenter.id,
          content,
        }),
      );
      const own = vmFolders.map(
        (folder): Folder => ({
          kind: 'folder',
          id: ids('folder', folder),
          site,
          name: folder,
          parent: ids('folder', `${key}-vm`),
          content: 'vm',
        }),
      );
      return [datacenter, ...hidden, ...own];
    }),
  ];
};

const makeHost = (ids: WorldIds, site: SiteId, key: string, cluster: ClusterPlan | null, model: HostModel): Host => ({
  kind: 'host',
  id: ids('host', key),
  site,
  name: key,
  parent: cluster === null ? ids('folder', `${standalone.datacenter}-host`) : ids('cluster', cluster.key),
  cluster: cluster === null ? null : ids('cluster', cluster.key),
  rootPool: cluster === null ? ids('pool', `${key}-root`) : null,
  connection: key === disconnectedHost ? 'disconnected' : 'connected',
  inMaintenance: key === hostInMaintenance,
  version: model.version,
  cpuTotalMhz: model.cpuCores * model.coreMhz,
  cpuCores: model.cpuCores,
  memoryTotalBytes: model.memoryGib * GIB,
  datastores: datastoresOfHost(ids, key),
  networks: networksOfHost(ids, key),
  portGroups: portGroupsOfHost(key),
  liveMigrationEnabled: true,
  newestHardwareVersion: model.newestHardwareVersion,
  cpuFeatureLevel: model.cpuFeatureLevel,
});

const rootPool = (ids: WorldIds, site: SiteId, owner: 'cluster' | 'host', key: string): ResourcePool => ({
  kind: 'resource-pool',
  id: ids('pool', `${key}-root`),
  site,
  name: 'Resources',
  parent: ids(owner, key),
  isRoot: true,
  owner: ids(owner, key),
  cpuReservedMhz: 0,
  cpuLimitMhz: null,
  memoryReservedBytes: 0,
  memoryLimitBytes: null,
});

const makePool = (ids: WorldIds, site: SiteId, plan: PoolPlan): ResourcePool | VApp => {
  const above = poolPlans.find(({ key }) => key === plan.above);
  const facts = {
    id: ids(plan.kind, plan.key),
    site,
    name: plan.key,
    parent: ids(above?.kind ?? 'pool', plan.above),
    owner: ids(plan.owner[0], plan.owner[1]),
    cpuReservedMhz: plan.cpuReservedMhz ?? 0,
    cpuLimitMhz: plan.cpuLimitMhz ?? null,
    memoryReservedBytes: (plan.memoryReservedGib ?? 0) * GIB,
    memoryLimitBytes: plan.memoryLimitGib === undefined ? null : plan.memoryLimitGib * GIB,
  };
  return plan.kind === 'vapp' ? { kind: 'vapp', ...facts } : { kind: 'resource-pool', isRoot: false, ...facts };
};

export const vmwarePlaces = (ids: WorldIds, site: SiteId): VmwarePlaces => ({
  tree: trees(ids, site),
  clusters: vmwareClusters.map(
    ({ key, name, datacenter, drsEnabled, evcMode }): Cluster => ({
      kind: 'cluster',
      id: ids('cluster', key),
      site,
      name,
      parent: ids('folder', `${datacenter}-host`),
      rootPool: ids('pool', `${key}-root`),
      drsEnabled,
      evcMode,
    }),
  ),
  hosts: [
    ...vmwareClusters.flatMap((cluster) =>
      cluster.hosts.map((key) => makeHost(ids, site, key, cluster, cluster.model)),
    ),
    makeHost(ids, site, standalone.key, null, standalone.model),
  ],
  pools: [
    ...vmwareClusters.map(({ key }) => rootPool(ids, site, 'cluster', key)),
    rootPool(ids, site, 'host', standalone.key),
    ...poolPlans.map((plan) => makePool(ids, site, plan)),
  ],
});
