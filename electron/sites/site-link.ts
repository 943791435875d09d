import type { Site, SiteConnection } from '../../shared/domain/site.ts';
import { AppError, hasCode, toWire } from '../../shared/errors/app-error.ts';
import type { Clock } from '../clock.ts';
import type { HypervisorAdapter, HypervisorSession } from '../hypervisors/port.ts';
import type { InventoryService } from '../inventory/inventory-service.ts';
import { backOffMs, mayRetry } from './back-off.ts';

export interface SiteLinkOptions {
  readonly site: Site;
  readonly adapter: HypervisorAdapter;
  readonly inventory: InventoryService;
  readonly clock: Clock;
  readonly onConnection: (connection: SiteConnection) => void;
  /** The whole inventory has been read: after connecting, and again after every lost connection. */
  readonly onInSync: () => void;
  /** The server does not take this password (any more). */
  readonly onLoginRefused: () => void;
}

/** The connection to one site, from the log-in to the log-out: keeps the inventory in sync and comes back by itself. */
export interface SiteLink {
  /** Null while not logged in. Outlives short interruptions. */
  session(): HypervisorSession | null;
  /** Settles when the present sync is complete; rejects with why it failed. */
  inSync(signal: AbortSignal): Promise<void>;
  /** Reads everything anew on the same session; between two tries, tries now. */
  refresh(): void;
  /** Logs out. Never rejects. */
  close(): Promise<void>;
}

/**
 * Logs in, and then follows the site in the background.
 * @throws what {@link HypervisorAdapter.connect} throws; then nothing is left behind
 */
export const openSiteLink = async (
  options: SiteLinkOptions,
  password: string,
  signal: AbortSignal,
): Promise<SiteLink> => {
  const session = await options.adapter.connect(options.site, password, signal);
  return followSite(options, password, session);
};

/** Begins without a connection and tries until there is one: for the start of the console. */
export const retrySiteLink = (options: SiteLinkOptions, password: string): SiteLink =>
  followSite(options, password, null);

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const followSite = (options: SiteLinkOptions, password: string, first: HypervisorSession | null): SiteLink => {
  const { site, adapter, inventory, clock, onConnection } = options;
  const closing = new AbortController();
  const waiters = new Set<Waiter>();
  let session = first;
  let round = new AbortController();
  let synced = false;
  let failedTries = 0;

  const settle = (act: (waiter: Waiter) => void): void => {
    for (const waiter of waiters) act(waiter);
    waiters.clear();
  };

  const untilInSync = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const cancelled = (): void => reject(new AppError('cancelled', {}));
      if (closing.signal.aborted || signal.aborted) return cancelled();
      waiters.add({ resolve, reject });
      signal.addEventListener('abort', cancelled, { once: true });
    });

  /** One iteration over the inventory; returns when it is to begin anew, throws when the connection is lost. */
  const followOnce = async (live: HypervisorSession): Promise<void> => {
    round = new AbortController();
    synced = false;
    let loaded = 0;
    onConnection({ kind: 'syncing', loaded, total: null });
    const sync = inventory.startSync(site.id, live.about);
    let inTouch = true;
    try {
      for await (const batch of live.watchInventory(AbortSignal.any([round.signal, closing.signal]))) {
        sync.apply(batch);
        if (batch.kind === 'page') {
          loaded += batch.entities.length;
          onConnection({ kind: 'syncing', loaded, total: batch.total });
        } else if (batch.kind === 'complete') {
          synced = true;
          failedTries = 0;
          onConnection({ kind: 'connected', since: clock.now() });
          settle((waiter) => waiter.resolve());
          options.onInSync();
        }
      }
    } catch (error) {
      if (round.signal.aborted || closing.signal.aborted) return;
      inTouch = false;
      throw error;
    } finally {
      synced = false;
      sync.end(inTouch);
    }
    if (!round.signal.aborted && !closing.signal.aborted) {
      throw new AppError('connection-lost', { address: site.address, reason: 'the stream of changes ended' });
    }
  };

  const run = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        if (session === null) {
          onConnection({ kind: 'connecting' });
          session = await adapter.connect(site, password, closing.signal);
        }
        await followOnce(session);
      } catch (error) {
        if (closing.signal.aborted) return;
        await afterFailure(error);
      }
    }
  };

  const afterFailure = async (error: unknown): Promise<void> => {
    settle((waiter) => waiter.reject(error));
    const wire = toWire(error);
    if (!mayRetry(wire.code)) {
      onConnection({ kind: 'failed', error: wire, retryAt: null });
      closing.abort();
      await session?.close();
      session = null;
      if (hasCode(error, 'login-refused')) options.onLoginRefused();
      return;
    }
    failedTries += 1;
    const wait = backOffMs(failedTries);
    round = new AbortController();
    onConnection({ kind: 'failed', error: wire, retryAt: clock.now() + wait });
    await clock.delay(wait, AbortSignal.any([round.signal, closing.signal])).catch(() => undefined);
  };

  const running = run();

  return {
    session: () => session,
    inSync: (signal) => (synced ? Promise.resolve() : untilInSync(signal)),
    refresh: () => round.abort(),
    close: async () => {
      closing.abort();
      settle((waiter) => waiter.reject(new AppError('cancelled', {})));
      await running;
      await session?.close();
      session = null;
    },
  };
};
