import { siteId } from '../../shared/domain/ids.ts';
import type { Site, SiteStatus } from '../../shared/domain/site.ts';
import type { SiteService } from './site-service.ts';

const lab = { address: '', port: 443, userName: 'demo', pinnedCertificate: null } as const;

/** The two sites of the built-in lab. They always have the same ids, so that adding them twice adds them once. */
export const labSites: readonly Site[] = [
  { ...lab, id: siteId('lab-vmware'), name: 'Lab VMware', kind: 'lab-vmware' },
  { ...lab, id: siteId('lab-hyperv'), name: 'Lab Hyper-V', kind: 'lab-hyperv' },
];

/** Adds what is missing of the lab, and connects what is not connected. */
export const addLabSites = async (sites: SiteService, signal: AbortSignal): Promise<readonly SiteStatus[]> => {
  const statuses: SiteStatus[] = [];
  for (const site of labSites) {
    if (sites.site(site.id) === undefined) {
      statuses.push(await sites.add({ site, password: '', rememberPassword: false }, signal));
    } else if (sites.session(site.id) === null) {
      statuses.push(await sites.connect(site.id, {}, signal));
    } else {
      statuses.push(sites.status(site.id));
    }
  }
  return statuses;
};
