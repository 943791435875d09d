import type { Site } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HypervisorSession, PlatformObjection } from '../port.ts';
import { applyFix } from './apply-fix.ts';
import { createCarryOut } from './carry-out.ts';
import { checkEvacuation } from './cold/check-evacuation.ts';
import { createColdActs, findVm } from './cold/cold-acts.ts';
import type { LabLease } from './cold/leases.ts';
import { followLabTask } from './follow-task.ts';
import type { LabServer } from './lab-server.ts';
import { choosePlacement } from './placement/choose-placement.ts';
import { startMove } from './run-move.ts';
import { addressOf, createSessionGate } from './session-gate.ts';
import { watchWorld } from './watch-world.ts';
import { placementOf } from './world-acts.ts';

/** @param closed called once, when the session is closed. */
export const createLabSession = (server: LabServer, site: Site, closed: () => void): HypervisorSession => {
  const { world, tasks } = server;
  const gate = createSessionGate(server, site);
  const carryOut = createCarryOut(server, gate, site);
  const held = new Set<LabLease>();

  return {
    site: site.id,
    about: world.about,

    watchInventory: (signal) => watchWorld(world, gate, signal),

    readEntities: (ids, signal) => gate.call('readEntities', signal, () => ids.flatMap((id) => world.get(id) ?? [])),

    checkMove: (move, signal) =>
      gate.call('checkMove', signal, (): readonly PlatformObjection[] => {
        const vm = world.vm(move.vm);
        if (vm === undefined) throw new AppError('vm-gone', { vmName: move.vmName });
        if (move.method === 'cold-evacuate') return checkEvacuation(server, vm, move);
        const choice = choosePlacement(world, vm, move);
        return choice.kind === 'fits' ? choice.warnings : choice.objections;
      }),

    startRelocation: async (move, signal) => {
      const { id } = await carryOut('startRelocation', signal, () => startMove(server, move));
      return { id };
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

    applyFix: (fix, signal) => carryOut('applyFix', signal, () => applyFix(world, fix)),

    locate: (identity, signal) =>
      gate.call('locate', signal, () => {
        const vm = findVm(world, identity);
        return vm === null ? null : placementOf(vm);
      }),

    findVm: (identity, signal) => gate.call('findVm', signal, () => findVm(world, identity)),

    ...createColdActs({ server, gate, carryOut, address: addressOf(site), held }),

    close: () => {
      if (!gate.isClosed()) {
        gate.close();
        for (const lease of held) server.leases.leave(lease);
        closed();
      }
      return Promise.resolve();
    },
  };
};
