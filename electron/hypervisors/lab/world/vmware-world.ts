import type { SiteId } from '../../../../shared/domain/ids.ts';
import { uuidOf } from './seeded-numbers.ts';
import { loadsOf, planVm } from './vm-plan.ts';
import { vmwareBusinessVms } from './vmware-business-vms.ts';
import { vmwareNetworkFacts, vmwareNetworks } from './vmware-networks.ts';
import { vmwarePlaces } from './vmware-places.ts';
import { vmwarePracticeVms } from './vmware-practice-vms.ts';
import { vmwareDatastores } from './vmware-storage.ts';
import { worldIds } from './world-ids.ts';
import type { WorldState } from './world-state.ts';

/** A company's vCenter: two data centers in Tokyo and Osaka, three clusters and a host of its own. */
export const vmwareWorld = (site: SiteId): WorldState => {
  const ids = worldIds('vmware', site);
  const { tree, clusters, hosts, pools } = vmwarePlaces(ids, site);
  const vms = [...vmwareBusinessVms, ...vmwarePracticeVms].map((plan) =>
    planVm('vmware', ids, vmwareNetworkFacts, plan),
  );
  return {
    site,
    platform: 'vmware',
    about: {
      product: 'VMware vCenter Server (lab)',
      version: '8.0.3',
      instanceId: uuidOf(`vmware/${site}`),
    },
    entities: [
      ...tree,
      ...clusters,
      ...hosts,
      ...pools,
      ...vmwareDatastores(ids, site),
      ...vmwareNetworks(ids, site),
      ...vms,
    ],
    loads: loadsOf(vms),
  };
};
