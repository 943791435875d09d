import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { Entity, InfrastructureEntity, InventoryView } from '../../shared/domain/inventory.ts';
import type { AboutPlatform } from '../../shared/domain/site.ts';
import type { VirtualMachine, VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { InventoryBatch } from '../hypervisors/port.ts';
import type { InventoryCache } from '../storage/ports.ts';
import { createChangeGatherer } from './gather-changes.ts';
import { createMacIndex } from './mac-index.ts';
import { createSiteInventory, type SiteInventory } from './site-inventory.ts';

/** What changed of a site, as the window applies it: an object is either in the new rows or among the removals. */
export interface InventoryChange {
  readonly site: SiteId;
  readonly infrastructure: readonly InfrastructureEntity[];
  readonly vms: readonly VmSummary[];
  readonly removals: readonly EntityId[];
}

export interface VmFacts {
  readonly vm: VirtualMachine;
  /** When the facts were last known to be true, ms since 1970. */
  readonly readAt: number;
}

/** Takes in what a session tells, from the first page to the last change before it ends. */
export interface InventorySync {
  /** @throws `storage-failed`, `storage-damaged`, `storage-locked` */
  apply(batch: InventoryBatch): void;
  /** `inTouch`: the connection worked until now, so what is known is known to be true until now. */
  end(inTouch: boolean): void;
}

/**
 * The inventory of all sites. Infrastructure and the small row of every VM are held in memory; the whole facts of a VM
 * stay in the cache file. What the cache knew before is there from the start, until a sync replaces it.
 */
export interface InventoryService {
  /** Reads a site from the cache file, in pages, without holding up anything else. Harmless to repeat. */
  load(site: SiteId): Promise<void>;
  /** @throws `storage-failed`, `storage-damaged`, `storage-locked` */
  startSync(site: SiteId, about: AboutPlatform): InventorySync;
  forget(site: SiteId): void;

  /** All sites together. A VM in it has the facts of its row alone. */
  view(): InventoryView;
  site(site: SiteId): SiteInventory;
  about(site: SiteId): AboutPlatform | null;
  /** When what is known of the site was last known to be true, ms since 1970: now, while it is in sync. */
  readAt(site: SiteId): number | null;
  /** The whole facts of VMs, from the cache. Ids that nobody knows are left out. */
  facts(ids: readonly EntityId[]): readonly VmFacts[];
  /** Reads the addresses of a site's VMs from the cache, in pages, unless a sync has told them. Harmless to repeat. */
  learnAddresses(site: SiteId): Promise<void>;
  /** VMs of all sites with that address; undefined when no VM with it has been read or learnt. */
  vmsWithMac(mac: string): readonly EntityId[] | undefined;

  /** Bundles of changes, about 25 a second at most for a site. Returns a function that ends the subscription. */
  onChange(listener: (change: InventoryChange) => void): () => void;
  close(): void;
}

interface SiteRecord {
  readonly memory: SiteInventory;
  loading: Promise<void> | null;
  learning: Promise<void> | null;
  about: AboutPlatform | null;
  readAt: number | null;
  inSync: boolean;
  markedAt: number;
}

const pageSize = 1_000;
/** Whole facts are read in smaller pages: each has to be parsed. */
const factsPageSize = 200;
/** How often a quiet stream of changes writes to the file that the site is in sync, ms. */
const markEveryMs = 10_000;

export interface InventoryOptions {
  readonly cache: InventoryCache;
  /** ms since 1970. */
  readonly now: () => number;
}

export const createInventoryService = ({ cache, now }: InventoryOptions): InventoryService => {
  const records = new Map<SiteId, SiteRecord>();
  const listeners = new Set<(change: InventoryChange) => void>();
  const macs = createMacIndex();

  const recordOf = (site: SiteId): SiteRecord => {
    let record = records.get(site);
    if (record === undefined) {
      const state = cache.siteState(site);
      record = {
        memory: createSiteInventory(),
        loading: null,
        learning: null,
        about: state?.about ?? null,
        readAt: state?.readAt ?? null,
        inSync: false,
        markedAt: 0,
      };
      records.set(site, record);
    }
    return record;
  };

  const gatherer = createChangeGatherer((site, ids) => {
    const memory = records.get(site)?.memory;
    const infrastructure: InfrastructureEntity[] = [];
    const vms: VmSummary[] = [];
    const removals: EntityId[] = [];
    // Read now, not when it was touched: several changes of one object are told as one, with its newest state.
    for (const id of ids) {
      const entity = memory?.get(id);
      if (entity === undefined) removals.push(id);
      else if (entity.kind === 'virtual-machine') vms.push(entity);
      else infrastructure.push(entity);
    }
    for (const listener of listeners) listener({ site, infrastructure, vms, removals });
  });

  const put = (site: SiteId, entity: Entity | VmSummary): void => {
    if (recordOf(site).memory.put(entity)) gatherer.touched(site, entity.id);
  };
  const drop = (site: SiteId, id: EntityId): void => {
    macs.remove(id);
    if (recordOf(site).memory.remove(id)) gatherer.touched(site, id);
  };

  const readCache = async (site: SiteId): Promise<void> => {
    for (const entity of cache.infrastructure(site)) put(site, entity);
    for (const page of cache.summaries(site, pageSize)) {
      for (const vm of page) put(site, vm);
      await nextTurn();
    }
  };

  const readAddresses = async (site: SiteId): Promise<void> => {
    const ids = [...recordOf(site).memory.vms.keys()];
    for (let from = 0; from < ids.length; from += factsPageSize) {
      for (const { vm } of cache.virtualMachines(ids.slice(from, from + factsPageSize))) macs.put(vm);
      await nextTurn();
    }
  };

  const startSync = (site: SiteId, about: AboutPlatform): InventorySync => {
    const record = recordOf(site);
    const seen = new Set<EntityId>();
    record.about = about;

    const markRead = (at: number): void => {
      record.readAt = at;
      record.markedAt = at;
      cache.markRead(site, about, at);
    };

    const upsert = (entities: readonly Entity[]): void => {
      if (entities.length === 0) return;
      cache.upsert(entities, now());
      for (const entity of entities) {
        if (!record.inSync) seen.add(entity.id);
        if (entity.kind === 'virtual-machine') macs.put(entity);
        put(site, entity);
      }
    };

    const remove = (ids: readonly EntityId[]): void => {
      if (ids.length === 0) return;
      cache.remove(ids);
      for (const id of ids) {
        seen.delete(id);
        drop(site, id);
      }
    };

    const apply = (batch: InventoryBatch): void => {
      switch (batch.kind) {
        case 'page':
          upsert(batch.entities);
          return;
        case 'complete':
          // By what was seen, not by the clock: a clock that was set back must neither keep nor remove anything.
          remove([...record.memory.ids()].filter((id) => !seen.has(id)));
          seen.clear();
          record.inSync = true;
          record.learning ??= Promise.resolve();
          markRead(now());
          return;
        case 'change': {
          upsert(batch.upserts);
          remove(batch.removals);
          const at = now();
          if (!record.inSync) return;
          record.readAt = at;
          if (Math.abs(at - record.markedAt) >= markEveryMs) markRead(at);
          return;
        }
        default:
          batch satisfies never;
      }
    };

    return {
      apply,
      end: (inTouch) => {
        if (!record.inSync) return;
        record.inSync = false;
        markRead(inTouch ? now() : (record.readAt ?? now()));
      },
    };
  };

  const readAt = (site: SiteId): number | null => {
    const record = recordOf(site);
    return record.inSync ? now() : record.readAt;
  };

  const view: InventoryView = {
    get: (id) => records.get(siteOf(id))?.memory.get(id),
    *infrastructure() {
      for (const record of records.values()) yield* record.memory.infrastructure.values();
    },
  };

  return {
    load: (site) => {
      const record = recordOf(site);
      record.loading ??= readCache(site);
      return record.loading;
    },
    startSync,
    forget: (site) => {
      const record = records.get(site);
      cache.forgetSite(site);
      if (record === undefined) return;
      for (const id of [...record.memory.ids()]) drop(site, id);
      records.delete(site);
    },
    view: () => view,
    site: (site) => recordOf(site).memory,
    about: (site) => recordOf(site).about,
    readAt,
    facts: (ids) =>
      cache.virtualMachines(ids).map((row) => ({
        vm: row.vm,
        // A row that did not change since is as true as the site is in sync.
        readAt: Math.max(row.readAt, readAt(row.vm.site) ?? 0),
      })),
    learnAddresses: (site) => {
      const record = recordOf(site);
      record.learning ??= readAddresses(site);
      return record.learning;
    },
    vmsWithMac: macs.owners,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      gatherer.drop();
      listeners.clear();
    },
  };
};
