import type { HypervisorAdapter, HypervisorSession, InventoryBatch } from '../../electron/hypervisors/port.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Site } from '../../shared/domain/site.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { noColdActs } from './no-cold-acts.ts';

type Step = InventoryBatch | Error | 'end';

/** A server whose inventory a test tells piece by piece. */
export interface ScriptedServer {
  readonly adapter: HypervisorAdapter;
  /** The stream under way, or the next one, gives these; an error ends it, `end` without one. */
  tell(...steps: readonly Step[]): void;
  /** Log-ins from now on are answered by this error, until `null`. */
  refuseLogin(error: Error | null): void;
  /** Log-ins from now on stay unanswered until the returned function is called. */
  holdLogins(): () => void;
  /** Passwords given, in order. */
  readonly logins: readonly string[];
  /** Certificates that were pinned at each log-in. */
  readonly pins: readonly (string | null)[];
  readonly openSessions: () => number;
  /** How often the inventory was begun. */
  readonly streams: () => number;
}

export const page = (...entities: readonly Entity[]): InventoryBatch => ({ kind: 'page', entities, total: null });
export const complete: InventoryBatch = { kind: 'complete' };
export const changed = (...upserts: readonly Entity[]): InventoryBatch => ({ kind: 'change', upserts, removals: [] });

const notScripted = async (): Promise<never> => {
  throw new AppError('internal', { detail: 'not scripted' });
};

export const createScriptedServer = (kind: Site['kind'] = 'vsphere'): ScriptedServer => {
  const waiting: Step[] = [];
  const logins: string[] = [];
  const pins: (string | null)[] = [];
  let wake = (): void => undefined;
  let refusal: Error | null = null;
  let gate: Promise<void> = Promise.resolve();
  let open = 0;
  let streams = 0;

  const cancelled = (): AppError => new AppError('cancelled', {});

  async function* watch(signal: AbortSignal): AsyncGenerator<InventoryBatch> {
    streams += 1;
    for (;;) {
      if (signal.aborted) throw cancelled();
      const step = waiting.shift();
      if (step instanceof Error) throw step;
      if (step === 'end') return;
      if (step !== undefined) {
        yield step;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  const session = (site: Site): HypervisorSession => {
    let closed = false;
    open += 1;
    return {
      site: site.id,
      about: { product: 'Scripted', version: '8.0.3', instanceId: `instance-of-${site.address}` },
      watchInventory: watch,
      readEntities: notScripted,
      checkMove: notScripted,
      startRelocation: notScripted,
      followTask: notScripted,
      cancelTask: notScripted,
      applyFix: notScripted,
      ...noColdActs,
      locate: notScripted,
      close: async () => {
        if (!closed) open -= 1;
        closed = true;
      },
    };
  };

  return {
    adapter: {
      kinds: [kind],
      probe: async () => ({ certificate: null, about: null }),
      connect: async (site, password, signal) => {
        logins.push(password);
        pins.push(site.pinnedCertificate);
        await gate;
        if (signal.aborted) throw cancelled();
        if (refusal !== null) throw refusal;
        return session(site);
      },
    },
    tell: (...steps) => {
      waiting.push(...steps);
      wake();
    },
    refuseLogin: (error) => {
      refusal = error;
    },
    holdLogins: () => {
      let release = (): void => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
    logins,
    pins,
    openSessions: () => open,
    streams: () => streams,
  };
};
