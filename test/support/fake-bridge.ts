import type { SiteId } from '../../shared/domain/ids.ts';
import { defaultLimits } from '../../shared/domain/limits.ts';
import type { Site, SiteConnection, SiteStatus } from '../../shared/domain/site.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type {
  AppInfo,
  Envelope,
  EventName,
  EventOf,
  Preferences,
  ReplyOf,
  RequestName,
  RequestOf,
} from '../../shared/ipc/contract.ts';
import type { GeneratedSite } from './generated-inventory.ts';
import { aSite, aVm } from './inventory-builders.ts';

type Answers = { [Name in RequestName]?: (request: RequestOf<Name>) => ReplyOf<Name> | Promise<ReplyOf<Name>> };

export interface FakeBridgeOptions {
  readonly statuses?: readonly SiteStatus[];
  readonly inventories?: readonly GeneratedSite[];
  readonly preferences?: Preferences;
  /** Answers of single requests, in place of the ordinary ones. An AppError thrown becomes the answer's error. */
  readonly answers?: Answers;
  /** VMs in one event. */
  readonly pageSize?: number;
}

/** The main process as the window sees it, in memory: serves inventories and records what was asked. */
export interface FakeBridge extends Bridge {
  /** Everything that was asked, in order. */
  readonly asked: readonly { readonly name: RequestName; readonly payload: unknown }[];
  emit<Name extends EventName>(name: Name, payload: EventOf<Name>): void;
}

export const aSiteStatus = (facts: Partial<Site> = {}, connection?: SiteConnection, readAt?: number): SiteStatus => ({
  site: aSite(facts),
  connection: connection ?? { kind: 'connected', since: 0 },
  about: { product: 'VMware vCenter Server', version: '8.0.3', instanceId: 'instance-1' },
  inventoryReadAt: readAt ?? Date.now() - 8_000,
  vmCount: 0,
  passwordKnown: true,
});

const anAppInfo = (preferences: Preferences): AppInfo => ({
  version: '0.1.0',
  electron: '45.4.1',
  evaluationRuntime: false,
  systemLanguage: 'en',
  preferences,
  keychain: true,
  startNotices: [],
});

export const createFakeBridge = (options: FakeBridgeOptions = {}): FakeBridge => {
  const listeners = new Set<(name: EventName, payload: unknown) => void>();
  const asked: { name: RequestName; payload: unknown }[] = [];
  const cancelled = new Map<string, (error: WireError) => void>();
  const preferences = options.preferences ?? { language: 'en', theme: 'light' };
  const pageSize = options.pageSize ?? 2_500;

  const emit = <Name extends EventName>(name: Name, payload: EventOf<Name>): void => {
    for (const listener of listeners) listener(name, payload);
  };

  const serveInventory = (site: SiteId): void => {
    const inventory = options.inventories?.find((one) => one.site === site);
    const vms = inventory?.vms ?? [];
    for (let from = 0; from === 0 || from < vms.length; from += pageSize) {
      emit('inventory.batch', {
        site,
        reset: from === 0,
        infrastructure: from === 0 ? (inventory?.infrastructure ?? []) : [],
        vms: vms.slice(from, from + pageSize),
        removals: [],
        complete: from + pageSize >= vms.length,
      });
    }
  };

  const ordinary: Answers = {
    'app.info': () => anAppInfo(preferences),
    'app.setPreferences': (wanted) => wanted,
    'sites.list': () => options.statuses ?? [],
    'inventory.open': ({ site }) => {
      setTimeout(() => serveInventory(site), 0);
      return {};
    },
    'inventory.facts': ({ ids }) => {
      const all = (options.inventories ?? []).flatMap((one) => one.vms);
      return ids.flatMap((id) => {
        const vm = all.find((one) => one.id === id);
        return vm === undefined ? [] : [{ vm: aVm(vm), readAt: Date.now() - 12_000 }];
      });
    },
    'inventory.refresh': () => ({}),
    'migration.check': () => ({ findings: [], checkedAt: Date.now() }),
    'fixes.list': () => [],
    'limits.read': () => defaultLimits,
    'tasks.list': () => [],
    'tasks.followUps': () => [],
    'tasks.cancel': () => ({}),
  };

  const answer = async (name: RequestName, payload: unknown): Promise<Envelope<unknown>> => {
    const handler = (options.answers?.[name] ?? ordinary[name]) as ((request: unknown) => unknown) | undefined;
    if (handler === undefined)
      return { ok: false, error: { code: 'internal', data: { detail: `no answer to ${name}` } } };
    try {
      return { ok: true, value: await handler(payload) };
    } catch (error) {
      return { ok: false, error: toWire(error) };
    }
  };

  return {
    asked,
    emit,
    call(callId, name, payload) {
      asked.push({ name, payload });
      const stopped = new Promise<Envelope<unknown>>((resolve) => {
        cancelled.set(callId, (error) => resolve({ ok: false, error }));
      });
      return Promise.race([answer(name, payload), stopped]).finally(() => cancelled.delete(callId));
    },
    cancel(callId) {
      cancelled.get(callId)?.({ code: 'cancelled', data: {} });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
