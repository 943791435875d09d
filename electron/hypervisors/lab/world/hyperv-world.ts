import type { SiteId } from '../../../../shared/domain/ids.ts';
import { hyperVBusinessVms } from './hyperv-business-vms.ts';
import { hyperVNetworkFacts, hyperVPlaces } from './hyperv-places.ts';
import { hyperVPracticeVms } from './hyperv-practice-vms.ts';
import { uuidOf } from './seeded-numbers.ts';
import { loadsOf, planVm } from './vm-plan.ts';
import { worldIds } from './world-ids.ts';
import type { WorldState } from './world-state.ts';

/** A company's Virtual Machine Manager: failover clusters in Osaka and Tokyo, and hosts in its branches. */
export const hyperVWorld = (site: SiteId): WorldState => {
  const ids = worldIds('hyperv', site);
  const { groups, clusters, hosts, volumes, networks } = hyperVPlaces(ids, site);
  const vms = [...hyperVBusinessVms, ...hyperVPracticeVms].map((plan) =>
    planVm('hyperv', ids, hyperVNetworkFacts, plan),
  );
  return {
    site,
    platform: 'hyperv',
    about: {
      product: 'System Center Virtual Machine Manager (lab)',
      version: '10.22.1287.0',
      instanceId: uuidOf(`hyperv/${site}`),
    },
    entities: [...groups, ...clusters, ...hosts, ...volumes, ...networks, ...vms],
    loads: loadsOf(vms),
  };
};
