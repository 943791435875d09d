import type { HypervisorSession, PlatformTaskOutcome } from '../../electron/hypervisors/port.ts';
import { type EntityId, siteOf } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Move, Placement } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { AppError, type WireError } from '../../shared/errors/app-error.ts';
import { noColdActs } from './no-cold-acts.ts';

/** The calls of a session that a task makes. */
export type SessionCall = 'readEntities' | 'startRelocation' | 'followTask' | 'cancelTask' | 'locate';

/** `before`: the platform never saw the call. `after`: it did what it was asked, and the answer was lost. */
export type FaultMoment = 'before' | 'after';

/** Called around every call of a session; what it throws is the call's answer. It may also never return. */
export type CallHook = (call: SessionCall, moment: FaultMoment) => void | Promise<void>;

interface PlatformTask {
  readonly move: Move;
  readonly hold: Promise<void> | null;
  outcome: PlatformTaskOutcome | null;
  /** Resolves when there is an outcome. */
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** A platform in memory that moves VMs, for tests of what runs on top of it. No time passes in it by itself. */
export interface ScriptedPlatform {
  /** A new log-in: it works until the connection is cut or the session is closed. */
  session(hook?: CallHook): HypervisorSession;
  put(...entities: readonly Entity[]): void;
  remove(id: EntityId): void;
  vm(id: EntityId): VirtualMachine | undefined;
  entity(id: EntityId): Entity | undefined;
  /** VMs whose relocation the platform has really begun, one entry a start. */
  readonly starts: readonly EntityId[];
  /** Moves begun from now on stop half-way until the returned function is called. */
  holdMoves(): () => void;
  /** The next move ends like this instead of succeeding. */
  nextMoveEnds(outcome: PlatformTaskOutcome): void;
  /** Ends every move that nobody holds, as time does. */
  passTime(): void;
  /** The platform no longer knows any of its tasks; running ones end, as if they had never been. */
  forgetTasks(): void;
  refuseCancel(): void;
  /** Every open call and every later one of the sessions there are fails; new sessions work. */
  cutConnection(): void;
}

export const lostConnection = (): AppError =>
  new AppError('connection-lost', { address: 'vcenter.example.test', reason: 'reset' });

export const createScriptedPlatform = (): ScriptedPlatform => {
  const entities = new Map<EntityId, Entity>();
  const tasks = new Map<string, PlatformTask>();
  const starts: EntityId[] = [];
  let connection = new AbortController();
  let hold: Promise<void> | null = null;
  let nextOutcome: PlatformTaskOutcome | null = null;
  let cancellable = true;

  const vmOf = (id: EntityId): VirtualMachine | undefined => {
    const entity = entities.get(id);
    return entity?.kind === 'virtual-machine' ? entity : undefined;
  };

  const change = (id: EntityId, facts: Partial<VirtualMachine>): void => {
    const vm = vmOf(id);
    if (vm) entities.set(id, { ...vm, ...facts });
  };

  const placeAfter = ({ destination, datastore }: Move, vm: VirtualMachine): Partial<VirtualMachine> => {
    const place = entities.get(destination.id);
    const disks = datastore === null ? {} : { datastores: [datastore] };
    switch (destination.kind) {
      case 'resource-pool':
      case 'vapp':
        return { pool: destination.id, ...disks };
      case 'host':
        return { host: destination.id, ...disks };
      case 'cluster': {
        const host = [...entities.values()].find((one) => one.kind === 'host' && one.cluster === destination.id);
        const pool = place?.kind === 'cluster' ? place.rootPool : vm.pool;
        return { host: host?.id ?? null, pool, ...disks };
      }
      default:
        return destination.kind satisfies never;
    }
  };

  const endTask = (task: PlatformTask, outcome: PlatformTaskOutcome): void => {
    if (task.outcome) return;
    task.outcome = outcome;
    const vm = vmOf(task.move.vm);
    if (vm) change(vm.id, { busyWith: null, ...(outcome.kind === 'succeeded' ? placeAfter(task.move, vm) : {}) });
    task.end();
  };

  const startMove = (move: Move): { readonly id: string } => {
    if (!vmOf(move.vm)) throw new AppError('vm-gone', { vmName: move.vmName });
    starts.push(move.vm);
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const task: PlatformTask = { move, hold, outcome: null, ended, end };
    const scripted = nextOutcome;
    nextOutcome = null;
    void (hold ?? Promise.resolve()).then(() => scripted && endTask(task, scripted));
    change(move.vm, { busyWith: 'Relocate virtual machine' });
    const id = `task-${tasks.size + 1}`;
    tasks.set(id, task);
    return { id };
  };

  const follow = async (id: string, onProgress: (percent: number) => void): Promise<PlatformTaskOutcome> => {
    const task = tasks.get(id);
    if (!task) return { kind: 'unknown' };
    if (!task.outcome) onProgress(30);
    if (task.hold) await Promise.race([task.hold, task.ended]);
    if (!task.outcome) onProgress(80);
    endTask(task, { kind: 'succeeded' });
    return task.outcome ?? { kind: 'unknown' };
  };

  const session = (hook: CallHook = () => undefined): HypervisorSession => {
    const wire = connection.signal;
    const closed = new AbortController();

    const call = async <Answer>(
      name: SessionCall,
      signal: AbortSignal,
      work: () => Answer | Promise<Answer>,
    ): Promise<Answer> => {
      const broken = (): AppError | null => {
        if (closed.signal.aborted) return new AppError('site-not-connected', { siteName: 'Site A' });
        if (wire.aborted) return lostConnection();
        return signal.aborted ? new AppError('cancelled', {}) : null;
      };
      const all = AbortSignal.any([wire, signal, closed.signal]);
      const cut = new Promise<never>((_, reject) => {
        all.addEventListener('abort', () => reject(broken()), { once: true });
      });
      cut.catch(() => undefined);
      const answer = (async () => {
        const error = broken();
        if (error) throw error;
        await hook(name, 'before');
        const result = await work();
        await hook(name, 'after');
        return result;
      })();
      answer.catch(() => undefined);
      return Promise.race([answer, cut]);
    };

    const placementOf = (vm: VirtualMachine): Placement => ({
      host: vm.host,
      pool: vm.pool,
      datastores: vm.datastores ?? [],
    });

    return {
      site: siteOf([...entities.keys()][0] ?? ('site-a/x' as EntityId)),
      about: { product: 'Scripted', version: '1', instanceId: 'scripted' },
      watchInventory: () => {
        throw new AppError('internal', { detail: 'tasks never watch the inventory' });
      },
      checkMove: async () => [],
      readEntities: (ids, signal) => call('readEntities', signal, () => ids.flatMap((id) => entities.get(id) ?? [])),
      startRelocation: (move, signal) => call('startRelocation', signal, () => startMove(move)),
      followTask: (ref, onProgress, signal) => call('followTask', signal, () => follow(ref.id, onProgress)),
      cancelTask: (ref, signal) =>
        call('cancelTask', signal, () => {
          const task = tasks.get(ref.id);
          if (!task || task.outcome) return 'already-ended';
          if (!cancellable) return 'not-cancellable';
          endTask(task, { kind: 'cancelled' });
          return 'asked';
        }),
      applyFix: () => {
        throw new AppError('internal', { detail: 'tasks never fix anything' });
      },
      locate: ({ id, instanceUuid }, signal) =>
        call('locate', signal, () => {
          const byUuid = (entity: Entity): boolean =>
            entity.kind === 'virtual-machine' && instanceUuid !== undefined && entity.instanceUuid === instanceUuid;
          const vm = vmOf(id) ?? [...entities.values()].find(byUuid);
          return vm?.kind === 'virtual-machine' ? placementOf(vm) : null;
        }),
      ...noColdActs,
      close: async () => closed.abort(),
    };
  };

  return {
    session,
    put: (...all) => {
      for (const entity of all) entities.set(entity.id, entity);
    },
    remove: (id) => {
      entities.delete(id);
    },
    vm: vmOf,
    entity: (id) => entities.get(id),
    starts,
    holdMoves: () => {
      let release = (): void => undefined;
      hold = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        hold = null;
        release();
      };
    },
    nextMoveEnds: (outcome) => {
      nextOutcome = outcome;
    },
    passTime: () => {
      for (const task of tasks.values()) if (task.hold === null || hold === null) endTask(task, { kind: 'succeeded' });
    },
    forgetTasks: () => {
      for (const task of tasks.values()) endTask(task, { kind: 'unknown' });
      tasks.clear();
    },
    refuseCancel: () => {
      cancellable = false;
    },
    cutConnection: () => {
      connection.abort();
      connection = new AbortController();
    },
  };
};

/** How the scripted platform says that a move failed. */
export const platformFault: WireError = {
  code: 'platform-fault',
  data: { fault: 'MigrationFault', message: 'The migration failed.', operation: 'relocate' },
};
