import type { Site } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HypervisorSession, PlatformObjection } from '../port.ts';
import { applyFix } from './apply-fix.ts';
import { followLabTask } from './follow-task.ts';
import type { LabServer } from './lab-server.ts';
import { choosePlacement } from './placement/choose-placement.ts';
import { startMove } from './run-move.ts';
import { addressOf, createSessionGate } from './session-gate.ts';
import { watchWorld } from './watch-world.ts';
import { placementOf } from './world-acts.ts';

const unavailable = (): Promise<never> =>
  Promise.reject(new AppError('method-unavailable', { method: 'cold-evacuate' }));

/** @param closed called once, when the session is closed. */
export const createLabSession = (server: LabServer, site: Site, closed: () => void): HypervisorSession => {
  const { world, tasks, faults } = server;
  const gate = createSessionGate(server, site);

  return {
    site: site.id,
    about: world.about,

    watchInventory: (signal) => watchWorld(world, gate, signal),

    readEntities: (ids, signal) => gate.call('readEntities', signal, () => ids.flatMap((id) => world.get(id) ?? [])),

    checkMove: (move, signal) =>
      gate.call('checkMove', signal, (): readonly PlatformObjection[] => {
        const vm = world.vm(move.vm);
        if (vm === undefined) throw new AppError('vm-gone', { vmName: move.vmName });
        const choice = choosePlacement(world, vm, move);
        return choice.kind === 'fits' ? choice.warnings : choice.objections;
      }),

    startRelocation: async (move, signal) => {
      const { task, answerLost } = await gate.call('startRelocation', signal, () => ({
        task: startMove(server, move),
        answerLost: faults.take('answer-lost', site.id) !== null,
      }));
      if (answerLost) {
        throw new AppError('connection-lost', { address: addressOf(site), reason: 'the answer never arrived' });
      }
      return { id: task.id };
    },

    followTask: async (ref, onProgress, signal) => {
      const task = await gate.call('followTask', signal, () => tasks.get(ref.id));
      return task === undefined ? { kind: 'unknown' } : followLabTask(gate, task, onProgress, signal);
    },

    cancelTask: (ref, signal) =>
      gate.call('cancelTask', signal, () => {
        const task = tasks.get(ref.id);
        if (task === undefined || task.outcome() !== null) return 'already-ended';
        return task.requestCancel() ? 'asked' : 'not-cancellable';
      }),

    applyFix: async (fix, signal) => {
      const { result, answerLost } = await gate.call('applyFix', signal, () => ({
        result: applyFix(world, fix),
        answerLost: faults.take('answer-lost', site.id) !== null,
      }));
      if (answerLost) {
        throw new AppError('connection-lost', { address: addressOf(site), reason: 'the answer never arrived' });
      }
      return result;
    },

    locate: (identity, signal) =>
      gate.call('locate', signal, () => {
        const vm = world.vm(identity.id);
        if (vm !== undefined) return placementOf(vm);
        if (identity.instanceUuid === undefined) return null;
        for (const entity of world.entities()) {
          if (entity.kind === 'virtual-machine' && entity.instanceUuid === identity.instanceUuid) {
            return placementOf(entity);
          }
        }
        return null;
      }),

    findVm: unavailable,
    prepareExport: unavailable,
    openExport: unavailable,
    checkImport: unavailable,
    openImport: unavailable,
    restoreIdentity: unavailable,
    parkVm: unavailable,
    unparkVm: unavailable,
    powerOnVm: unavailable,
    destroyVm: unavailable,
    close: () => {
      if (!gate.isClosed()) {
        gate.close();
        closed();
      }
      return Promise.resolve();
    },
  };
};
