import { create } from 'zustand';
import type { SiteId } from '../../shared/domain/ids.ts';
import type { SiteStatus } from '../../shared/domain/site.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';

interface SitesState {
  /** False until the list was read for the first time: "no sites" and "not known yet" look different. */
  readonly loaded: boolean;
  /** Why the list could not be read; null when it could. */
  readonly error: WireError | null;
  /** In the order in which they were added. */
  readonly sites: readonly SiteStatus[];
}

export const useSites = create<SitesState>(() => ({ loaded: false, error: null, sites: [] }));

export const siteStatus = (site: SiteId): SiteStatus | undefined =>
  useSites.getState().sites.find((status) => status.site.id === site);

/** Reads the sites, then follows their changes. Returns a function that stops following. */
export const openSites = async (): Promise<() => void> => {
  const stop = onEvent('sites.changed', (sites) => useSites.setState({ sites, loaded: true, error: null }));
  await readSites();
  return stop;
};

/** Reads the sites (again, after it failed). Never rejects: what went wrong is in the state. */
export const readSites = async (): Promise<void> => {
  try {
    const sites = await call('sites.list', {});
    // An event that came in the meantime is newer than the answer.
    if (!useSites.getState().loaded) useSites.setState({ sites, loaded: true, error: null });
  } catch (error) {
    useSites.setState({ error: toWire(error) });
  }
};
