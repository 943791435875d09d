import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createAdapterRegistry } from '../../../electron/hypervisors/site-registry.ts';
import { createInventoryService, type InventoryService } from '../../../electron/inventory/inventory-service.ts';
import { type CredentialStore, createMemoryCredentialStore } from '../../../electron/secrets/credential-store.ts';
import { createSiteService, type SiteService } from '../../../electron/sites/site-service.ts';
import type { Settings } from '../../../electron/storage/ports.ts';
import { type SiteId, siteId } from '../../../shared/domain/ids.ts';
import type { SiteConnection } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { aHost, aSite, aVm, defaultSite } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { complete, createScriptedServer, page, type ScriptedServer } from '../../support/scripted-inventory.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const never = new AbortController().signal;
const password = 'correct horse';
const added = { site: aSite(), password, rememberPassword: true };
const lost = (): AppError => new AppError('connection-lost', { address: 'vc', reason: 'reset' });
const unreachable = (): AppError =>
  new AppError('site-unreachable', { address: 'vc', port: 443, reason: 'ECONNREFUSED' });
const refused = (): AppError => new AppError('login-refused', { address: 'vc', userName: 'operator' });

interface Bench {
  readonly sites: SiteService;
  readonly server: ScriptedServer;
  readonly clock: FakeClock;
  readonly settings: Settings;
  readonly credentials: CredentialStore;
  readonly inventory: InventoryService;
  readonly inSync: SiteId[];
  /** Tasks of the site that have not ended. */
  readonly openTasks: string[];
  /** Another start of the console on the same files. */
  restart(): Promise<Bench>;
}

const aBench = (before?: Pick<Bench, 'server' | 'settings' | 'credentials' | 'inventory'>): Bench => {
  const storage = before === undefined ? openTestStorage(join(temporaryDirectory(), 'data')) : null;
  const settings = before?.settings ?? storage?.settings;
  if (settings === undefined) throw new Error('no settings');
  const clock = createFakeClock();
  const server = before?.server ?? createScriptedServer();
  const credentials = before?.credentials ?? createMemoryCredentialStore();
  const inventory =
    before?.inventory ?? createInventoryService({ cache: openTestStorage(temporaryDirectory()).cache, now: clock.now });
  const inSync: SiteId[] = [];
  const openTasks: string[] = [];
  const sites = createSiteService({
    adapters: createAdapterRegistry([server.adapter]),
    inventory,
    settings,
    credentials,
    clock,
    remembersOffline: true,
    openTasks: () => openTasks,
    onInSync: (site) => inSync.push(site),
  });
  onTestFinished(() => sites.close());
  const bench: Bench = {
    sites,
    server,
    clock,
    settings,
    credentials,
    inventory,
    inSync,
    openTasks,
    restart: async () => {
      await sites.close();
      const next = aBench(bench);
      await next.sites.start();
      return next;
    },
  };
  return bench;
};

const until = async (sites: SiteService, kind: SiteConnection['kind'], site = defaultSite): Promise<SiteConnection> => {
  await vi.waitFor(() => expect(sites.status(site).connection.kind).toBe(kind), { interval: 1 });
  return sites.status(site).connection;
};

/** A site that is connected and whose inventory is complete. */
const connected = async (): Promise<Bench> => {
  const bench = aBench();
  bench.server.tell(page(aHost(), aVm()), complete);
  await bench.sites.add(added, never);
  await until(bench.sites, 'connected');
  return bench;
};

describe('adding a site', () => {
  test('logs in, saves the site, reads its inventory and keeps the password out of what is told', async () => {
    const { sites, settings, inSync } = await connected();
    expect(settings.sites()).toEqual([aSite()]);
    expect(sites.list()).toHaveLength(1);
    expect(sites.status(defaultSite)).toMatchObject({ vmCount: 1, passwordKnown: true });
    expect(inSync).toEqual([defaultSite]);
    expect(JSON.stringify([sites.list(), settings.sites()])).not.toContain(password);
  });

  test('saves nothing when the log-in fails', async () => {
    const { sites, server, settings, credentials } = aBench();
    server.refuseLogin(refused());
    await expect(sites.add(added, never)).rejects.toMatchObject({ code: 'login-refused' });
    expect(settings.sites()).toEqual([]);
    expect(credentials.has(defaultSite)).toBe(false);
  });

  test('logs out again when the site cannot be saved', async () => {
    const bench = aBench();
    bench.settings.saveSite = () => {
      throw new AppError('storage-failed', { file: 'journal.db', reason: 'disk full' });
    };
    await expect(bench.sites.add(added, never)).rejects.toMatchObject({ code: 'storage-failed' });
    expect(bench.server.openSessions()).toBe(0);
    expect(bench.sites.list()).toEqual([]);
  });

  test.each([
    ['name', { ...aSite(), id: siteId('other'), address: 'elsewhere.example.test' }],
    ['address', { ...aSite(), id: siteId('other'), name: 'Another name' }],
  ])('refuses the %s of a site that is there already', async (path, site) => {
    const { sites } = await connected();
    await expect(sites.add({ ...added, site }, never)).rejects.toMatchObject({
      code: 'invalid-input',
      data: { issues: [{ path }] },
    });
  });

  test('says so when no adapter of this release can do it', async () => {
    const { sites } = aBench();
    const site = aSite({ kind: 'scvmm' });
    await expect(sites.add({ ...added, site }, never)).rejects.toMatchObject({ code: 'site-kind-unavailable' });
    expect(() => sites.probe(site, never)).toThrow(expect.objectContaining({ code: 'site-kind-unavailable' }));
  });
});

describe('a lost connection', () => {
  test('keeps the inventory, says when it tries again, and comes back by itself', async () => {
    const { sites, server, clock, inSync, inventory } = await connected();
    server.tell(lost());
    const failed = await until(sites, 'failed');
    expect(failed).toMatchObject({ error: { code: 'connection-lost' }, retryAt: clock.now() + 2_000 });
    expect(inventory.site(defaultSite).vms.size).toBe(1);
    expect(server.openSessions()).toBe(1);

    server.tell(page(aHost(), aVm()), complete);
    await clock.advance(2_000);
    await until(sites, 'connected');
    expect(server.logins).toHaveLength(1);
    expect(inSync).toEqual([defaultSite, defaultSite]);
  });

  test('waits longer after every try, a minute at most, and begins anew after a success', async () => {
    const { sites, server, clock } = await connected();
    const waits: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      server.tell(lost());
      await vi.waitFor(() => expect(clock.waits()).toHaveLength(1), { interval: 1 });
      waits.push(clock.waits()[0] ?? 0);
      await clock.advance(60_000);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    server.tell(complete);
    await until(sites, 'connected');
    server.tell(lost());
    await vi.waitFor(() => expect(clock.waits()).toEqual([2_000]), { interval: 1 });
  });

  test('in the middle of the first sync is tried again, and nothing of the half is lost', async () => {
    const { sites, server, clock, inventory } = aBench();
    server.tell(page(aVm({ name: 'first' })), lost());
    await sites.add(added, never);
    await until(sites, 'failed');
    expect(inventory.site(defaultSite).vms.size).toBe(1);
    expect(inventory.readAt(defaultSite)).toBeNull();
    server.tell(page(aVm({ name: 'first' }), aVm({ name: 'second' })), complete);
    await clock.advance(2_000);
    await until(sites, 'connected');
    expect(inventory.site(defaultSite).vms.size).toBe(2);
  });

  test('a stream that just ends counts as lost', async () => {
    const { sites, server } = await connected();
    server.tell('end');
    const failed = await until(sites, 'failed');
    expect(failed).toMatchObject({ error: { code: 'connection-lost' }, retryAt: expect.any(Number) });
  });

  test('a refused log-in is never tried again; the person is asked', async () => {
    const { sites, server, clock, credentials } = await connected();
    server.tell(refused());
    expect(await until(sites, 'failed')).toMatchObject({ error: { code: 'login-refused' }, retryAt: null });
    await vi.waitFor(() => expect(sites.session(defaultSite)).toBeNull(), { interval: 1 });
    await clock.advance(3_600_000);
    expect(server.logins).toHaveLength(1);
    expect(server.openSessions()).toBe(0);
    expect(credentials.has(defaultSite)).toBe(false);
    expect(sites.status(defaultSite).passwordKnown).toBe(false);
    await expect(sites.connect(defaultSite, {}, never)).rejects.toMatchObject({ code: 'password-needed' });
  });

  test('a refresh does not wait for the next try', async () => {
    const { sites, server } = await connected();
    server.tell(lost());
    await until(sites, 'failed');
    server.tell(complete);
    sites.refresh(defaultSite);
    await until(sites, 'connected');
  });
});

describe('working offline', () => {
  test('closes the session, keeps the inventory, and lasts over a restart until connected again', async () => {
    const first = await connected();
    await first.sites.disconnect(defaultSite);
    expect(first.server.openSessions()).toBe(0);
    expect(first.sites.status(defaultSite)).toMatchObject({ connection: { kind: 'offline' }, vmCount: 1 });
    expect(() => first.sites.refresh(defaultSite)).toThrow(expect.objectContaining({ code: 'site-not-connected' }));

    const second = await first.restart();
    expect(second.sites.status(defaultSite).connection).toEqual({ kind: 'offline' });
    second.server.tell(complete);
    await second.sites.connect(defaultSite, {}, never);
    await until(second.sites, 'connected');

    const third = await second.restart();
    third.server.tell(complete);
    await until(third.sites, 'connected');
  });

  test('a restart without the server shows what was known and goes on trying', async () => {
    const first = await connected();
    first.server.refuseLogin(unreachable());
    const second = await first.restart();
    const failed = await until(second.sites, 'failed');
    expect(failed).toMatchObject({ error: { code: 'site-unreachable' }, retryAt: expect.any(Number) });
    expect(second.sites.status(defaultSite)).toMatchObject({ vmCount: 1, inventoryReadAt: expect.any(Number) });

    second.server.refuseLogin(null);
    second.server.tell(complete);
    await second.clock.advance(2_000);
    await until(second.sites, 'connected');
  });

  test('a start without a password asks nobody and shows the site offline', async () => {
    const first = await connected();
    first.credentials.forget(defaultSite);
    const second = await first.restart();
    expect(second.sites.status(defaultSite)).toMatchObject({ connection: { kind: 'offline' }, passwordKnown: false });
    expect(second.server.logins).toHaveLength(1);
  });
});

describe('connecting', () => {
  test('twice at once leaves one session', async () => {
    const { sites, server } = await connected();
    await sites.disconnect(defaultSite);
    const release = server.holdLogins();
    const attempts = [sites.connect(defaultSite, {}, never), sites.connect(defaultSite, {}, never)];
    await vi.waitFor(() => expect(server.logins).toHaveLength(3), { interval: 1 });
    release();
    const [earlier, later] = await Promise.allSettled(attempts);
    expect(earlier).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    expect(later?.status).toBe('fulfilled');
    expect(server.openSessions()).toBe(1);
  });

  test('can be cancelled; the site is offline then', async () => {
    const { sites, server } = await connected();
    await sites.disconnect(defaultSite);
    const release = server.holdLogins();
    const abort = new AbortController();
    const attempt = sites.connect(defaultSite, {}, abort.signal);
    await vi.waitFor(() => expect(server.logins).toHaveLength(2), { interval: 1 });
    abort.abort();
    release();
    await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
    expect(sites.status(defaultSite).connection).toEqual({ kind: 'offline' });
    expect(server.openSessions()).toBe(0);
  });

  test('by a person is not repeated when it fails, and the failure is told', async () => {
    const { sites, server, clock } = await connected();
    await sites.disconnect(defaultSite);
    server.refuseLogin(unreachable());
    await expect(sites.connect(defaultSite, {}, never)).rejects.toMatchObject({ code: 'site-unreachable' });
    expect(sites.status(defaultSite).connection).toMatchObject({ kind: 'failed', retryAt: null });
    await clock.advance(600_000);
    expect(server.logins).toHaveLength(2);
  });

  test('waits for the inventory only as long as the caller wants, and says why it failed', async () => {
    const { sites, server } = aBench();
    await sites.add(added, never);
    const abort = new AbortController();
    const waiting = sites.inSync(defaultSite, abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    const failing = sites.inSync(defaultSite, never);
    server.tell(lost());
    await expect(failing).rejects.toMatchObject({ code: 'connection-lost' });
  });
});

describe('a changed certificate', () => {
  const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');

  test('stops everything until a person accepts it; then the new one is pinned', async () => {
    const { sites, server, clock, settings } = await connected();
    server.tell(new AppError('certificate-changed', { address: 'vc', pinned: 'old', certificate: {} as never }));
    expect(await until(sites, 'failed')).toMatchObject({ error: { code: 'certificate-changed' }, retryAt: null });
    await clock.advance(3_600_000);
    expect(server.logins).toHaveLength(1);

    server.tell(complete);
    await sites.acceptCertificate(defaultSite, fingerprint);
    await until(sites, 'connected');
    expect(server.pins).toEqual([null, fingerprint]);
    expect(settings.sites()[0]?.pinnedCertificate).toBe(fingerprint);
  });
});

describe('removing a site', () => {
  test('logs out and forgets site, password and inventory', async () => {
    const { sites, server, settings, credentials, inventory } = await connected();
    await sites.remove(defaultSite);
    expect(server.openSessions()).toBe(0);
    expect(settings.sites()).toEqual([]);
    expect(credentials.has(defaultSite)).toBe(false);
    expect(inventory.site(defaultSite).vms.size).toBe(0);
    expect(() => sites.status(defaultSite)).toThrow(expect.objectContaining({ code: 'site-unknown' }));
  });

  test('is refused while a task of it has not ended', async () => {
    const { sites, openTasks, settings } = await connected();
    openTasks.push('T-7');
    await expect(sites.remove(defaultSite)).rejects.toMatchObject({
      code: 'invalid-input',
      data: { issues: [{ message: expect.stringContaining('T-7') }] },
    });
    expect(settings.sites()).toHaveLength(1);
  });
});
