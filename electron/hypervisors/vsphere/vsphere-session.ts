import type { Agent } from 'node:https';
import type { Fix } from '../../../shared/domain/fix.ts';
import { type EntityId, nativeIdOf } from '../../../shared/domain/ids.ts';
import type { Move } from '../../../shared/domain/migration.ts';
import type { AboutPlatform, Site } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HypervisorSession, InventoryBatch } from '../port.ts';
import type { ByteSource, ExportLease, ImportLease, ImportRequest } from '../transfer.ts';
import { asAppError, type FaultContext } from './fault-mapping.ts';
import { watchInventory } from './inventory/inventory-watch.ts';
import type { ParseThread } from './inventory/parse-thread.ts';
import { readEntities } from './inventory/read-entities.ts';
import { createTaskLabels } from './inventory/task-labels.ts';
import { applyFix } from './moves/apply-fix.ts';
import { askToCancel } from './moves/cancel-task.ts';
import { checkMove } from './moves/check-move.ts';
import { followTask, type TaskWatching } from './moves/follow-task.ts';
import { startMove } from './moves/hot-move.ts';
import { locate } from './moves/locate.ts';
import type { Timing } from './timing.ts';
import { checkEvacuation } from './transfers/check-evacuation.ts';
import { openExport } from './transfers/export-lease.ts';
import { checkImport, openImport } from './transfers/import-lease.ts';
import type { ApiSession } from './transport/api-session.ts';
import { destroyVm } from './vms/destroy-vm.ts';
import { findVm } from './vms/find-vm.ts';
import { parkVm, unparkVm } from './vms/park-vm.ts';
import { powerOnVm } from './vms/power-on.ts';
import { readVm } from './vms/read-vm.ts';
import { restoreIdentity } from './vms/restore-identity.ts';

export interface VsphereSessionParts {
  readonly site: Site;
  readonly about: AboutPlatform;
  /** Logged in. */
  readonly operations: ApiSession;
  /**
   * One of its own for the inventory, because of two questions for changes in one session each may lose what the other
   * was to be told (API reference of WaitForUpdatesEx). Logs in when first used.
   */
  readonly inventory: ApiSession;
  readonly thread: ParseThread;
  readonly agent: Agent;
  readonly timing: Timing;
}

/** A log-in at a vCenter or an ESXi host, as the console sees it. */
export const createVsphereSession = (parts: VsphereSessionParts): HypervisorSession => {
  const { site, about, operations, inventory, thread, agent, timing } = parts;
  const closing = new AbortController();
  const unknown = new Set<string>();
  const taskLabels = createTaskLabels(operations);
  const keeping = { session: operations, site, timing, closing: closing.signal };
  const reading = { site: site.id, session: operations, thread, unknown, taskLabels };
  let closed: Promise<void> | null = null;

  const notConnected = (): AppError => new AppError('site-not-connected', { siteName: site.name });

  /** The one place where native errors become the console's. */
  const asTold = (error: unknown, signal: AbortSignal, context: Omit<FaultContext, 'address'>): AppError => {
    if (closing.signal.aborted) return notConnected();
    if (signal.aborted) return new AppError('cancelled', {});
    return asAppError(error, { address: site.address, ...context });
  };

  const run = async <Value>(
    signal: AbortSignal,
    context: Omit<FaultContext, 'address'>,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    if (closing.signal.aborted) throw notConnected();
    if (signal.aborted) throw new AppError('cancelled', {});
    try {
      return await work(AbortSignal.any([signal, closing.signal]));
    } catch (error) {
      throw asTold(error, signal, context);
    }
  };

  /** Something done to one VM, its tasks followed to their end. */
  const act = (
    vm: EntityId,
    operation: string,
    signal: AbortSignal,
    work: (watching: TaskWatching) => Promise<void>,
  ): Promise<void> =>
    run(signal, { operation, vm: nativeIdOf(vm) }, (stop) =>
      work({ session: operations, address: site.address, timing, signal: stop }),
    );

  const toldExport = (lease: ExportLease): ExportLease => ({
    ...lease,
    read: (file, sink, signal) => run(signal, { operation: 'GET' }, (stop) => lease.read(file, sink, stop)),
    counts: (signal) => run(signal, { operation: 'HttpNfcLeaseGetManifest' }, (stop) => lease.counts(stop)),
    describe: (files, signal) => run(signal, { operation: 'CreateDescriptor' }, (stop) => lease.describe(files, stop)),
    complete: (signal) => run(signal, { operation: 'HttpNfcLeaseComplete' }, (stop) => lease.complete(stop)),
  });

  const toldImport = (lease: ImportLease): ImportLease => ({
    ...lease,
    write: async (file, source, signal) => {
      let failure: { readonly error: unknown } | null = null;
      const watched = watchedSource(source, (error) => {
        failure = { error };
      });
      try {
        await run(signal, { operation: 'POST' }, (stop) => lease.write(file, watched, stop));
      } catch (error) {
        // What the source fails with is no error of the server.
        const { error: cause } = (failure as { readonly error: unknown } | null) ?? { error };
        throw cause;
      }
    },
    counts: (signal) => run(signal, { operation: 'HttpNfcLeaseGetManifest' }, (stop) => lease.counts(stop)),
    complete: (signal) => run(signal, { operation: 'HttpNfcLeaseComplete' }, (stop) => lease.complete(stop)),
  });

  const watch = async function* (signal: AbortSignal): AsyncGenerator<InventoryBatch, void> {
    if (closing.signal.aborted) throw notConnected();
    const stop = AbortSignal.any([signal, closing.signal]);
    const { id, address } = site;
    try {
      yield* watchInventory({
        site: id,
        address,
        session: inventory,
        thread,
        timing,
        unknown,
        taskLabels,
        signal: stop,
      });
    } catch (error) {
      throw asTold(error, signal, { operation: 'WaitForUpdatesEx' });
    }
  };

  const close = async (): Promise<void> => {
    closing.abort(notConnected());
    thread.close();
    await Promise.all([operations.close(), inventory.close()]);
    agent.destroy();
  };

  return {
    site: site.id,
    about,
    watchInventory: watch,
    readEntities: (ids, signal) =>
      run(signal, { operation: 'RetrievePropertiesEx' }, (stop) => readEntities(reading, ids, stop)),
    checkMove: (move, signal) =>
      move.method === 'cold-evacuate'
        ? run(signal, { operation: 'CreateDescriptor', ...namesIn(move) }, (stop) =>
            checkEvacuation(reading, move, stop),
          )
        : run(signal, { operation: 'CheckRelocate_Task', ...namesIn(move) }, (stop) =>
            checkMove(operations, site.id, move, timing, stop),
          ),
    startRelocation: (move, signal) =>
      run(signal, { operation: 'RelocateVM_Task', ...namesIn(move) }, (stop) => startMove(operations, move, stop)),
    followTask: (ref, onProgress, signal) =>
      run(signal, { operation: 'RelocateVM_Task' }, (stop) =>
        followTask({ session: operations, address: site.address, timing, signal: stop }, ref, onProgress),
      ),
    cancelTask: (ref, signal) => run(signal, { operation: 'CancelTask' }, (stop) => askToCancel(operations, ref, stop)),
    applyFix: (fix, signal) =>
      run(signal, { operation: 'ReconfigVM_Task', ...namedVm(fix) }, (stop) =>
        applyFix(reading, { session: operations, address: site.address, timing, signal: stop }, fix),
      ),
    locate: (vm, signal) =>
      run(signal, { operation: 'RetrievePropertiesEx' }, (stop) => locate(operations, site.id, vm, stop)),
    findVm: (vm, signal) => run(signal, { operation: 'RetrievePropertiesEx' }, (stop) => findVm(reading, vm, stop)),
    // A stopped VM can be exported as it is.
    prepareExport: (vm, _name, signal) =>
      act(vm, 'RetrievePropertiesEx', signal, async ({ signal: stop }) => {
        await readVm(operations, vm, [], stop);
      }),
    openExport: (vm, signal) =>
      run(signal, { operation: 'ExportVm', vm: nativeIdOf(vm) }, async (stop) =>
        toldExport(await openExport(keeping, vm, stop)),
      ),
    checkImport: (request, signal) =>
      run(signal, { operation: 'CreateImportSpec', ...destinationIn(request) }, (stop) =>
        checkImport(operations, request, stop),
      ),
    openImport: (request, signal) =>
      run(signal, { operation: 'ImportVApp', ...destinationIn(request) }, async (stop) =>
        toldImport(await openImport(keeping, request, stop)),
      ),
    restoreIdentity: (vm, identity, signal) =>
      act(vm, 'ReconfigVM_Task', signal, (watching) => restoreIdentity(watching, vm, identity)),
    parkVm: (vm, name, signal) => act(vm, 'ReconfigVM_Task', signal, (watching) => parkVm(watching, vm, name)),
    unparkVm: (vm, name, signal) => act(vm, 'ReconfigVM_Task', signal, (watching) => unparkVm(watching, vm, name)),
    powerOnVm: (vm, signal) => act(vm, 'PowerOnMultiVM_Task', signal, (watching) => powerOnVm(watching, vm)),
    destroyVm: (vm, signal) => act(vm, 'Destroy_Task', signal, (watching) => destroyVm(watching, vm)),
    close: () => {
      closed ??= close().catch(() => undefined);
      return closed;
    },
  };
};

const namesIn = (move: Move): Omit<FaultContext, 'address' | 'operation'> => {
  const vm = nativeIdOf(move.vm);
  const destination = nativeIdOf(move.destination.id);
  return { vm, destination, names: { [vm]: move.vmName, [destination]: move.destination.name } };
};

const namedVm = (fix: Fix): Omit<FaultContext, 'address' | 'operation'> => {
  const vm = nativeIdOf(fix.vm);
  return { vm, names: { [vm]: fix.vmName } };
};

const destinationIn = ({ destination }: ImportRequest): Omit<FaultContext, 'address' | 'operation'> => {
  const id = nativeIdOf(destination.id);
  return { destination: id, names: { [id]: destination.name } };
};

/** The same, and tells what it fails with. */
const watchedSource = (source: ByteSource, onFailure: (error: unknown) => void): ByteSource => ({
  [Symbol.asyncIterator]: () => {
    const pieces = source[Symbol.asyncIterator]();
    return {
      next: async () => {
        try {
          return await pieces.next();
        } catch (error) {
          onFailure(error);
          throw error;
        }
      },
      return: async () => (await pieces.return?.()) ?? { done: true, value: undefined },
    };
  },
});
