import type { EntityId, SiteId } from '../../../../shared/domain/ids.ts';
import type { Datastore } from '../../../../shared/domain/inventory.ts';
import type { WorldIds } from './world-ids.ts';
import { TIB } from './world-state.ts';

interface DatastorePlan {
  readonly key: string;
  readonly datacenter: string;
  readonly hosts: readonly string[];
  readonly type: string;
  readonly capacityTib: number;
  readonly freeTib: number;
  readonly facts?: Partial<Datastore>;
}

const prodHosts = ['esx01', 'esx02', 'esx03', 'esx04', 'esx05', 'esx06'];
const stagingHosts = ['esx11', 'esx12', 'esx13'];
const osakaHosts = ['esx21', 'esx22', 'esx23', 'esx24'];
const standaloneHosts = ['esx31'];

/** Free space is a fact of its own: other data than VMs lies on these datastores as well. */
const datastores: readonly DatastorePlan[] = [
  { key: 'ds-prod-01', datacenter: 'tyo-1', hosts: prodHosts, type: 'VMFS', capacityTib: 8, freeTib: 0.58 },
  { key: 'ds-prod-02', datacenter: 'tyo-1', hosts: prodHosts, type: 'VMFS', capacityTib: 16, freeTib: 6.9 },
  { key: 'ds-prod-03', datacenter: 'tyo-1', hosts: prodHosts, type: 'NFS', capacityTib: 48, freeTib: 17.2 },
  {
    key: 'ds-tyo-shared',
    datacenter: 'tyo-1',
    hosts: [...prodHosts, ...stagingHosts],
    type: 'NFS41',
    capacityTib: 24,
    freeTib: 11.4,
  },
  { key: 'ds-stg-01', datacenter: 'tyo-1', hosts: stagingHosts, type: 'VMFS', capacityTib: 6, freeTib: 2.3 },
  // Nearly full, and the only datastore of its host.
  { key: 'esx31-local', datacenter: 'tyo-1', hosts: standaloneHosts, type: 'VMFS', capacityTib: 2, freeTib: 0.09 },
  {
    key: 'ds-archive-01',
    datacenter: 'tyo-1',
    hosts: prodHosts,
    type: 'NFS',
    capacityTib: 32,
    freeTib: 20,
    facts: { inMaintenance: true },
  },
  {
    key: 'ds-lost-01',
    datacenter: 'tyo-1',
    hosts: prodHosts,
    type: 'VMFS',
    capacityTib: 4,
    freeTib: 0,
    facts: { accessible: false },
  },
  {
    key: 'iso-lib',
    datacenter: 'tyo-1',
    hosts: [...prodHosts, ...stagingHosts, ...standaloneHosts],
    type: 'NFS',
    capacityTib: 1,
    freeTib: 0.04,
  },
  { key: 'ds-osa-01', datacenter: 'osa-1', hosts: osakaHosts, type: 'vsan', capacityTib: 20, freeTib: 9.7 },
  { key: 'ds-osa-02', datacenter: 'osa-1', hosts: osakaHosts, type: 'VMFS', capacityTib: 10, freeTib: 4.1 },
  { key: 'iso-lib-osa', datacenter: 'osa-1', hosts: osakaHosts, type: 'NFS', capacityTib: 1, freeTib: 0.05 },
];

export const datastoresOfHost = (ids: WorldIds, host: string): readonly EntityId[] =>
  datastores.filter(({ hosts }) => hosts.includes(host)).map(({ key }) => ids('datastore', key));

export const vmwareDatastores = (ids: WorldIds, site: SiteId): readonly Datastore[] =>
  datastores.map(({ key, datacenter, type, capacityTib, freeTib, facts }) => ({
    kind: 'datastore',
    id: ids('datastore', key),
    site,
    name: key,
    parent: ids('folder', `${datacenter}-datastore`),
    type,
    capacityBytes: capacityTib * TIB,
    freeBytes: Math.round(freeTib * TIB),
    accessible: true,
    inMaintenance: false,
    maxFileBytes: 62 * TIB,
    ...facts,
  }));
