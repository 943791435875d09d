import { InventoryIndex } from '../../../renderer/stores/inventory-index.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import {
  aCluster,
  aDatacenter,
  aDatastore,
  aFolder,
  aHost,
  aPool,
  aVApp,
  aVmSummary,
  defaultSite,
  GIB,
} from '../../support/inventory-builders.ts';

/* A small VMware site: one cluster, two hosts, pools one of which lies in another, a vApp, and VMs of every kind. */

export const datacenter = aDatacenter({ name: 'TYO-1' });
const hostFolder = aFolder({ name: 'host', content: 'host', parent: datacenter.id });
const hidden = aPool({ name: 'Resources', isRoot: true });
export const cluster = aCluster({ name: 'CL-01', parent: hostFolder.id, rootPool: hidden.id });
const top = { ...hidden, parent: cluster.id, owner: cluster.id };
export const datastore = aDatastore({ name: 'ds-01', capacityBytes: 1_000 * GIB, freeBytes: 100 * GIB });
const hostFacts = { parent: cluster.id, cluster: cluster.id, datastores: [datastore.id], networks: [] };
export const esx1 = aHost({ name: 'esx01', ...hostFacts });
export const esx2 = aHost({ name: 'esx02', ...hostFacts, inMaintenance: true });
export const prod = aPool({ name: 'rp-prod', parent: top.id, owner: cluster.id });
export const web = aPool({ name: 'rp-web', parent: prod.id, owner: cluster.id });
export const staging = aPool({ name: 'rp-staging', parent: top.id, owner: cluster.id });
export const crm = aVApp({ name: 'vapp-crm', parent: top.id, owner: cluster.id });

const vm = (name: string, pool: EntityId | null, facts: Parameters<typeof aVmSummary>[0] = {}) =>
  aVmSummary({ name, pool, host: esx1.id, ...facts });

export const web1 = vm('web-01', web.id);
export const web2 = vm('web-02', web.id, { powerState: 'off' });
export const web10 = vm('web-10', web.id, { host: esx2.id });
export const proxy = vm('proxy-01', web.id, { powerState: 'suspended' });
export const batch = vm('batch-01', staging.id, { busyWith: 'Relocate virtual machine' });
export const crmDb = vm('crm-db', crm.id);

export const infrastructure = [datacenter, hostFolder, cluster, top, datastore, esx1, esx2, prod, web, staging, crm];
export const vms = [web1, web2, web10, proxy, batch, crmDb];

export const sampleIndex = (): InventoryIndex => {
  const index = new InventoryIndex();
  index.apply({ site: defaultSite, reset: true, infrastructure, vms, removals: [], complete: true });
  return index;
};
