import type { Page } from 'playwright-core';
import type { SiteStatus } from '../../../shared/domain/site.ts';
import type { Vcsim } from '../../support/vcsim.ts';

/** Adds the simulator as a site, over the window's own bridge, and waits until the window shows all of its VMs. */
export const addSite = async (page: Page, vcsim: Vcsim, vms: number): Promise<SiteStatus> => {
  const answer = await page.evaluate((site) => window.vmConsole?.call('bench', 'sites.add', site), {
    name: 'Bench',
    kind: 'vsphere',
    address: vcsim.address,
    port: vcsim.port,
    userName: vcsim.username,
    password: vcsim.password,
    rememberPassword: false,
    pinnedCertificate: vcsim.fingerprint,
  });
  if (answer?.ok !== true) throw new Error(`sites.add: ${JSON.stringify(answer)}`);
  await page
    .locator('.status-bar')
    .getByText(`${vms.toLocaleString('en-US')} VM`)
    .waitFor({ timeout: 180_000 });
  await page.getByRole('button', { name: /^Bench: Connected/u }).waitFor({ timeout: 60_000 });
  return answer.value as SiteStatus;
};
