import { randomUUID } from 'node:crypto';
import { siteId } from '../../../shared/domain/ids.ts';
import { addLabSites } from '../../sites/lab-sites.ts';
import type { SiteService } from '../../sites/site-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const siteHandlers = (sites: SiteService): HandlersOf<'sites'> => ({
  'sites.list': () => sites.list(),
  'sites.probe': (address, { signal }) => sites.probe(address, signal),
  'sites.add': ({ password, rememberPassword, ...site }, { signal }) =>
    sites.add(
      { site: { ...site, id: siteId(`site-${randomUUID().slice(0, 8)}`) }, password, rememberPassword },
      signal,
    ),
  'sites.addLab': (_, { signal }) => addLabSites(sites, signal),
  'sites.connect': ({ site, password, rememberPassword }, { signal }) =>
    sites.connect(
      site,
      {
        ...(password === undefined ? {} : { password }),
        ...(rememberPassword === undefined ? {} : { remember: rememberPassword }),
      },
      signal,
    ),
  'sites.disconnect': ({ site }) => sites.disconnect(site),
  'sites.acceptCertificate': ({ site, fingerprint }) => sites.acceptCertificate(site, fingerprint),
  'sites.remove': async ({ site }) => {
    await sites.remove(site);
    return {};
  },
});
