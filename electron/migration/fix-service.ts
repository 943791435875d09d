import { devicesOf, type Fix, type FixRecord, fixLabel, fixObstacle } from '../../shared/domain/fix.ts';
import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { AppError, type ErrorCode, toWire, type WireError } from '../../shared/errors/app-error.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import type { Fixes } from '../storage/ports.ts';

export interface FixServiceParts {
  readonly fixes: Fixes;
  readonly session: (site: SiteId) => HypervisorSession | null;
  readonly siteName: (site: SiteId) => string;
  /** Whether a task of the console has the VM. */
  readonly hasTask: (vm: EntityId) => boolean;
  /** Whose name is kept with it. */
  readonly userName: string;
  /** ms since 1970. */
  readonly now: () => number;
}

export interface FixAnswer {
  readonly record: FixRecord;
  /** The VM as it is now; null when it could not be read any more. */
  readonly vm: VirtualMachine | null;
}

/**
 * Takes media and devices out of stopped VMs when a person asks for it, and keeps what was there, so that it can be put
 * back. Its errors, beside those named: `storage-locked`, `storage-failed`, `storage-damaged`.
 */
export interface FixService {
  /**
   * Written down with what is there on facts read now, before anything is changed. The devices and the VM's state are
   * judged on those facts alone.
   * @throws `site-not-connected`, `vm-gone`, `fix-not-possible`, and what the platform answers; when the answer was
   *   lost, the record stays in the follow-up as `unknown`
   */
  apply(fix: Fix, signal: AbortSignal): Promise<FixAnswer>;
  /** Newest first, also what is done. */
  list(limit: number): readonly FixRecord[];
  /** Nothing is left to do about it. Saying it twice is harmless. @throws `not-found` */
  done(number: number): FixRecord;
  /** Calls back when something was written down. Returns a function that ends the subscription. */
  onChange(listener: () => void): () => void;
  /** Looks whether another process has written something down since; cheap when it has not. */
  hearOthers(): void;
}

/** After these the platform may have done what it was asked. */
const answerLost: readonly ErrorCode[] = [
  'connection-lost',
  'server-timeout',
  'session-expired',
  'site-not-connected',
  'cancelled',
  'unexpected-answer',
  'internal',
];

/** Some of several devices may be changed when one is still there. */
const mayHaveHappened = (error: WireError): boolean =>
  answerLost.includes(error.code) || (error.code === 'fix-not-possible' && error.data.why === 'still-there');

export const createFixService = (parts: FixServiceParts): FixService => {
  const { fixes, now, userName: by } = parts;
  /** VMs with a fix under way in this process. */
  const underWay = new Set<EntityId>();

  const listeners = new Set<() => void>();
  /** Up to where listeners know of events; null until the first of them came. */
  let told: number | null = null;

  const hear = (): void => {
    const last = fixes.lastEvent();
    if (last === told) return;
    told = last;
    for (const listener of listeners) listener();
  };

  const append: Fixes['append'] = (number, body, said) => {
    fixes.append(number, body, said);
    hear();
  };

  const notPossible = (vmName: string, why: 'busy'): AppError => new AppError('fix-not-possible', { vmName, why });

  const existing = (number: number): FixRecord => {
    const record = fixes.record(number);
    if (record === null) throw new AppError('not-found', { what: 'follow-up', name: fixLabel(number) });
    return record;
  };

  const readVm = async (
    session: HypervisorSession,
    vm: EntityId,
    signal: AbortSignal,
  ): Promise<VirtualMachine | null> => {
    const [entity] = await session.readEntities([vm], signal);
    return entity?.kind === 'virtual-machine' ? entity : null;
  };

  const carryOut = async (session: HypervisorSession, asked: Fix, signal: AbortSignal): Promise<FixAnswer> => {
    const vm = await readVm(session, asked.vm, signal);
    if (vm === null) throw new AppError('vm-gone', { vmName: asked.vmName });
    if (parts.hasTask(vm.id)) throw notPossible(vm.name, 'busy');
    const why = fixObstacle(asked, vm);
    if (why !== null) throw new AppError('fix-not-possible', { vmName: vm.name, why });
    const before = devicesOf(asked, vm);
    const fix: Fix = { ...asked, vmName: vm.name, deviceKeys: before.map(({ key }) => key) };
    const number = fixes.begin(fix, before, { by, at: now() });
    try {
      await session.applyFix(fix, signal);
    } catch (error) {
      const wire = toWire(error);
      append(number, { kind: mayHaveHappened(wire) ? 'lost' : 'failed', error: wire }, { by, at: now() });
      throw error;
    }
    append(number, { kind: 'applied' }, { by, at: now() });
    // It is done and written down; that the VM cannot be read once more changes nothing about it.
    return { record: existing(number), vm: await readVm(session, fix.vm, signal).catch(() => null) };
  };

  return {
    apply: async (fix, signal) => {
      const site = siteOf(fix.vm);
      const session = parts.session(site);
      if (session === null) throw new AppError('site-not-connected', { siteName: parts.siteName(site) });
      if (underWay.has(fix.vm)) throw notPossible(fix.vmName, 'busy');
      underWay.add(fix.vm);
      try {
        return await carryOut(session, fix, signal);
      } finally {
        underWay.delete(fix.vm);
      }
    },
    list: fixes.list,
    onChange: (listener) => {
      told ??= fixes.lastEvent();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hearOthers: hear,
    done: (number) => {
      const record = existing(number);
      if (record.state === 'done') return record;
      append(number, { kind: 'done' }, { by, at: now() });
      return existing(number);
    },
  };
};
