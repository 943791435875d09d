import { type EntityId, type SiteId, siteId } from '../../shared/domain/ids.ts';
import type { InfrastructureEntity } from '../../shared/domain/inventory.ts';
import type { PowerState, VmSummary } from '../../shared/domain/virtual-machine.ts';
import {
  aCluster,
  aDatacenter,
  aDatastore,
  aFolder,
  aHost,
  aPool,
  aVApp,
  aVmSummary,
  GIB,
  TIB,
} from './inventory-builders.ts';

/** A whole site's inventory, made by rule so that every run sees the same one. */
export interface GeneratedSite {
  readonly site: SiteId;
  readonly infrastructure: readonly InfrastructureEntity[];
  readonly vms: readonly VmSummary[];
}

const tiers = ['web', 'app', 'db', 'cache', 'batch', 'report', 'proxy', 'mail', 'file', 'test'] as const;
const sizes = [4, 8, 16, 32, 64] as const;

/** Stirs a number, so that a VM's state, size and pool do not go hand in hand. */
const stirred = (number: number): number => (number * 7_919 + 104_729) % 1_009;

const powerStateOf = (stir: number): PowerState => (stir % 17 === 0 ? 'suspended' : stir % 5 === 0 ? 'off' : 'on');

const aGeneratedVm = (site: SiteId, number: number, host: EntityId, pool: EntityId | null): VmSummary => {
  const tier = tiers[number % tiers.length] ?? 'vm';
  const stir = stirred(number);
  return aVmSummary({
    site,
    name: `${tier}-${String(number).padStart(5, '0')}`,
    host,
    pool,
    powerState: powerStateOf(stir),
    cpuCount: 2 ** (stir % 4),
    memoryBytes: (sizes[stir % sizes.length] ?? 4) * GIB,
    diskBytes: (20 + (stir % 12) * 15) * GIB,
    isTemplate: number % 997 === 0,
    busyWith: number % 499 === 0 ? 'Relocate virtual machine' : null,
  });
};

/** A VMware site of that many VMs: clusters of 32 hosts, ten pools and a vApp each, as large ones are. */
export const aGeneratedSite = (vmCount: number, site: SiteId = siteId('site-large')): GeneratedSite => {
  const infrastructure: InfrastructureEntity[] = [];
  const vms: VmSummary[] = [];
  const root = aFolder({ site, name: 'Datacenters', content: 'mixed' });
  const datacenter = aDatacenter({ site, name: 'TYO-1', parent: root.id });
  const hostFolder = aFolder({ site, name: 'host', content: 'host', parent: datacenter.id });
  infrastructure.push(root, datacenter, hostFolder);
  const clusterCount = Math.max(1, Math.ceil(vmCount / 5_000));
  for (let at = 0; at < clusterCount; at += 1) {
    const number = String(at + 1).padStart(2, '0');
    const top = aPool({ site, name: `Resources-${number}`, isRoot: true });
    const cluster = aCluster({ site, name: `CL-PROD-${number}`, parent: hostFolder.id, rootPool: top.id });
    const datastore = aDatastore({ site, name: `ds-prod-${number}`, capacityBytes: 8 * TIB, freeBytes: 0.58 * TIB });
    const hosts = Array.from({ length: 32 }, (_, host) =>
      aHost({
        site,
        name: `esx-${number}-${String(host + 1).padStart(2, '0')}`,
        cluster: cluster.id,
        parent: cluster.id,
        inMaintenance: host === 1,
        datastores: [datastore.id],
        networks: [],
      }),
    );
    const pools = [...tiers].map((tier) =>
      aPool({
        site,
        name: `rp-${tier}-${number}`,
        parent: top.id,
        owner: cluster.id,
        cpuUsedMhz: 38_400,
        cpuLimitMhz: 64_000,
        cpuReservedMhz: 24_000,
        memoryUsedBytes: 156 * GIB,
        memoryLimitBytes: 192 * GIB,
        memoryReservedBytes: 96 * GIB,
      }),
    );
    const vapp = aVApp({ site, name: `vapp-crm-${number}`, parent: top.id, owner: cluster.id });
    infrastructure.push(
      cluster,
      { ...top, owner: cluster.id, parent: cluster.id },
      datastore,
      ...hosts,
      ...pools,
      vapp,
    );
    const share = Math.ceil((vmCount * (at + 1)) / clusterCount) - Math.ceil((vmCount * at) / clusterCount);
    for (let one = 0; one < share; one += 1) {
      const vmNumber = vms.length + 1;
      const host = hosts[vmNumber % hosts.length]?.id ?? cluster.id;
      const pool = one % 50 === 0 ? vapp : pools[vmNumber % pools.length];
      vms.push(aGeneratedVm(site, vmNumber, host, pool?.id ?? top.id));
    }
  }
  return { site, infrastructure, vms };
};

/** A Hyper-V site: host groups, a failover cluster, and hosts of their own. */
export const aGeneratedHyperVSite = (site: SiteId = siteId('site-hyperv')): GeneratedSite => {
  const group = aFolder({ site, name: 'Osaka', content: 'host-group' });
  const cluster = aCluster({ site, name: 'HVCL01', parent: group.id, rootPool: null });
  const inCluster = ['hv01', 'hv02', 'hv03', 'hv04'].map((name) =>
    aHost({ site, name, parent: cluster.id, cluster: cluster.id, datastores: [], networks: [] }),
  );
  const alone = aHost({ site, name: 'hv09', parent: group.id, cluster: null, datastores: [], networks: [] });
  const vms = [
    aVmSummary({ site, name: 'hr-db-01', host: alone.id, pool: null }),
    aVmSummary({ site, name: 'files-02', host: alone.id, pool: null, powerState: 'saved' }),
    ...inCluster.flatMap((host) =>
      ['ad', 'sql', 'print'].map((name) =>
        aVmSummary({ site, name: `${name}-${host.name}`, host: host.id, pool: null }),
      ),
    ),
  ];
  return { site, infrastructure: [group, cluster, ...inCluster, alone], vms };
};
