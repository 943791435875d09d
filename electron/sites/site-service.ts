import type { SiteId } from '../../shared/domain/ids.ts';
import type { Site, SiteConnection, SiteStatus } from '../../shared/domain/site.ts';
import { AppError, hasCode, toWire } from '../../shared/errors/app-error.ts';
import type { Clock } from '../clock.ts';
import type { HypervisorSession, ProbeResult, SiteAddress } from '../hypervisors/port.ts';
import type { AdapterRegistry } from '../hypervisors/site-registry.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';
import type { CredentialStore } from '../secrets/credential-store.ts';
import type { Settings } from '../storage/ports.ts';
import { openSiteLink, retrySiteLink, type SiteLink, type SiteLinkOptions } from './site-link.ts';

export interface NewSite {
  readonly site: Site;
  readonly password: string;
  readonly rememberPassword: boolean;
}

/** The sites people added: which there are, whether they are connected, and how to reach them. */
export interface SiteService {
  list(): readonly SiteStatus[];
  /** @throws `site-unknown` */
  status(site: SiteId): SiteStatus;
  site(site: SiteId): Site | undefined;
  /** The live session; null while not logged in. */
  session(site: SiteId): HypervisorSession | null;
  /** @throws what `HypervisorAdapter.probe` throws, `site-kind-unavailable` */
  probe(address: SiteAddress, signal: AbortSignal): Promise<ProbeResult>;
  /** Logs in, then saves. @throws `invalid-input` when it is there already, what `HypervisorAdapter.connect` throws */
  add(added: NewSite, signal: AbortSignal): Promise<SiteStatus>;
  /**
   * Without a password the one at hand is used.
   * @throws `password-needed` when there is none, `site-unknown`, what `HypervisorAdapter.connect` throws
   */
  connect(site: SiteId, given: GivenPassword, signal: AbortSignal): Promise<SiteStatus>;
  /** Works offline from now on, also after the next start, until connected again. */
  disconnect(site: SiteId): Promise<SiteStatus>;
  /** Pins it, and connects in the background when a password is at hand. */
  acceptCertificate(site: SiteId, fingerprint: string): Promise<SiteStatus>;
  /** @throws `invalid-input` while it has open tasks: nobody could find out any more what became of their VMs */
  remove(site: SiteId): Promise<void>;
  /** Reads the whole site anew. @throws `site-not-connected` */
  refresh(site: SiteId): void;
  /** Settles when the site's inventory is complete and live. @throws why it did not become so */
  inSync(site: SiteId, signal: AbortSignal): Promise<void>;
  /** Loads what the cache knows, and connects every site that needs no question. */
  start(): Promise<void>;
  /** Logs out everywhere. Never rejects. */
  close(): Promise<void>;
  onChange(listener: () => void): () => void;
}

export interface GivenPassword {
  readonly password?: string;
  readonly remember?: boolean;
}

export interface SiteServiceOptions {
  readonly adapters: AdapterRegistry;
  readonly inventory: InventoryService;
  readonly settings: Settings;
  readonly credentials: CredentialStore;
  readonly clock: Clock;
  /** Tasks of the site that have not ended, as people name them. */
  readonly openTasks: (site: SiteId) => readonly string[];
  /** Whether working offline, and connecting again, is remembered for the next start. */
  readonly remembersOffline: boolean;
  /** A site can be reached (again) and its inventory is complete: time to find out what became of its tasks. */
  readonly onInSync: (site: SiteId) => void;
}

const offlineKey = (site: SiteId): string => `site.${site}.offline`;
const isLab = (site: Pick<Site, 'kind'>): boolean => site.kind === 'lab-vmware' || site.kind === 'lab-hyperv';

const afterFailedOpening = (error: unknown): SiteConnection => {
  const wire = toWire(error);
  return wire.code === 'cancelled' ? { kind: 'offline' } : { kind: 'failed', error: wire, retryAt: null };
};

export const createSiteService = (options: SiteServiceOptions): SiteService => {
  const { adapters, inventory, settings, credentials, clock } = options;
  const links = new Map<SiteId, SiteLink>();
  const openings = new Map<SiteId, AbortController>();
  const connections = new Map<SiteId, SiteConnection>();
  const listeners = new Set<() => void>();

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const setConnection = (site: SiteId, connection: SiteConnection): void => {
    connections.set(site, connection);
    changed();
  };

  const known = (id: SiteId): Site => {
    const site = settings.sites().find((one) => one.id === id);
    if (site === undefined) throw new AppError('site-unknown', { site: id });
    return site;
  };

  const passwordOf = (site: Site): string | null => (isLab(site) ? '' : credentials.password(site.id));

  const statusOf = (site: Site): SiteStatus => ({
    site,
    connection: connections.get(site.id) ?? { kind: 'offline' },
    about: inventory.about(site.id),
    inventoryReadAt: inventory.readAt(site.id),
    vmCount: inventory.site(site.id).vms.size,
    passwordKnown: isLab(site) || credentials.has(site.id),
  });

  const status = (id: SiteId): SiteStatus => statusOf(known(id));

  const rememberOffline = (id: SiteId, offline: boolean): void => {
    if (options.remembersOffline) settings.setPreference(offlineKey(id), offline ? 'yes' : '');
  };

  const forgetPassword = (id: SiteId): void => {
    try {
      credentials.forget(id);
    } catch {
      // It is forgotten for this run, and the next refused log-in will ask for another one as well.
    }
  };

  const linkOptions = (site: Site): SiteLinkOptions => ({
    site,
    adapter: adapters.adapterFor(site.kind),
    inventory,
    clock,
    onConnection: (connection) => setConnection(site.id, connection),
    onInSync: () => options.onInSync(site.id),
    // Asked again instead of tried again: the next refused try might lock the account.
    onLoginRefused: () => forgetPassword(site.id),
  });

  const closeLink = async (id: SiteId): Promise<void> => {
    openings.get(id)?.abort();
    const link = links.get(id);
    links.delete(id);
    await link?.close();
  };

  const open = async (site: Site, password: string, signal: AbortSignal): Promise<void> => {
    await closeLink(site.id);
    // Of two that open one site, the later one wins.
    openings.get(site.id)?.abort();
    const opening = new AbortController();
    openings.set(site.id, opening);
    setConnection(site.id, { kind: 'connecting' });
    try {
      await inventory.load(site.id);
      const link = await openSiteLink(linkOptions(site), password, AbortSignal.any([signal, opening.signal]));
      if (opening.signal.aborted) {
        await link.close();
        throw new AppError('cancelled', {});
      }
      links.set(site.id, link);
    } catch (error) {
      if (openings.get(site.id) === opening) setConnection(site.id, afterFailedOpening(error));
      throw error;
    } finally {
      if (openings.get(site.id) === opening) openings.delete(site.id);
    }
  };

  const refuseDuplicate = (site: Site): void => {
    for (const other of settings.sites()) {
      const path =
        other.name.toLowerCase() === site.name.toLowerCase()
          ? 'name'
          : !isLab(site) && other.address.toLowerCase() === site.address.toLowerCase() && other.port === site.port
            ? 'address'
            : null;
      // Two sites for one server would show every VM twice, and let two tasks move the same one.
      if (path !== null)
        throw new AppError('invalid-input', { issues: [{ path, message: `already used by the site ${other.name}` }] });
    }
  };

  const connect = async (id: SiteId, given: GivenPassword, signal: AbortSignal): Promise<SiteStatus> => {
    const site = known(id);
    const password = given.password ?? passwordOf(site);
    if (password === null) throw new AppError('password-needed', { siteName: site.name });
    try {
      await open(site, password, signal);
    } catch (error) {
      if (hasCode(error, 'login-refused')) forgetPassword(id);
      throw error;
    }
    if (given.password !== undefined) credentials.keep(id, given.password, given.remember === true);
    rememberOffline(id, false);
    return status(id);
  };

  const startSite = async (site: Site): Promise<void> => {
    await inventory.load(site.id);
    changed();
    if (!settings.preference(offlineKey(site.id))) connectInBackground(site);
  };

  const connectInBackground = (site: Site): void => {
    const password = passwordOf(site);
    if (password === null || links.has(site.id) || openings.has(site.id)) return;
    try {
      links.set(site.id, retrySiteLink(linkOptions(site), password));
    } catch (error) {
      setConnection(site.id, { kind: 'failed', error: toWire(error), retryAt: null });
    }
  };

  return {
    list: () => settings.sites().map(statusOf),
    status,
    site: (id) => settings.sites().find((one) => one.id === id),
    session: (id) => links.get(id)?.session() ?? null,
    probe: (address, signal) => adapters.adapterFor(address.kind).probe(address, signal),
    add: async ({ site, password, rememberPassword }, signal) => {
      refuseDuplicate(site);
      try {
        await open(site, password, signal);
        settings.saveSite(site);
      } catch (error) {
        await closeLink(site.id);
        connections.delete(site.id);
        throw error;
      }
      if (!isLab(site)) credentials.keep(site.id, password, rememberPassword);
      changed();
      return status(site.id);
    },
    connect,
    disconnect: async (id) => {
      known(id);
      rememberOffline(id, true);
      await closeLink(id);
      setConnection(id, { kind: 'offline' });
      return status(id);
    },
    acceptCertificate: async (id, fingerprint) => {
      const site = { ...known(id), pinnedCertificate: fingerprint };
      settings.saveSite(site);
      await closeLink(id);
      setConnection(id, { kind: 'offline' });
      connectInBackground(site);
      return status(id);
    },
    remove: async (id) => {
      known(id);
      const tasks = options.openTasks(id);
      if (tasks.length > 0) {
        const message = `has tasks that have not ended: ${tasks.join(', ')}`;
        throw new AppError('invalid-input', { issues: [{ path: 'site', message }] });
      }
      await closeLink(id);
      settings.removeSite(id);
      settings.setPreference(offlineKey(id), '');
      forgetPassword(id);
      inventory.forget(id);
      connections.delete(id);
      changed();
    },
    refresh: (id) => {
      const link = links.get(id);
      if (link === undefined) throw new AppError('site-not-connected', { siteName: known(id).name });
      link.refresh();
    },
    inSync: (id, signal) => {
      const link = links.get(id);
      if (link === undefined) return Promise.reject(new AppError('site-not-connected', { siteName: known(id).name }));
      return link.inSync(signal);
    },
    start: async () => {
      await Promise.all(settings.sites().map(startSite));
    },
    close: async () => {
      await Promise.all([...links.keys()].map(closeLink));
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
