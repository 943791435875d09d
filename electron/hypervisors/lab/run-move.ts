import type { Move } from '../../../shared/domain/migration.ts';
import { AppError, toWire } from '../../../shared/errors/app-error.ts';
import type { PlatformTaskOutcome } from '../port.ts';
import type { MoveIncident } from './lab-faults.ts';
import type { LabServer } from './lab-server.ts';
import type { LabTask, RunningTask } from './lab-tasks.ts';
import { moveDurationMs, percentAt, pointOfNoReturn } from './move-duration.ts';
import { choosePlacement, type PlacementChoice } from './placement/choose-placement.ts';
import { judgeVm } from './placement/judge-placement.ts';
import { refusal } from './placement/refusal.ts';
import { destroyVm, holdVm, moveToHost, neighbourOf, placeVm, renameVm } from './world-acts.ts';

const operation = 'startRelocation';

/** How long the platform looks before it copies, and how often it tells progress; ms at speed 1. */
const preparingMs = 400;
const tickMs = 250;

const busyWords = {
  vmware: { hot: 'Relocate virtual machine', cold: 'Relocate virtual machine' },
  hyperv: { hot: 'Live migrate virtual machine', cold: 'Migrate virtual machine' },
} as const;

const faultError = (fault: string, message: string): AppError =>
  new AppError('platform-fault', { fault, message, operation });

const failed = (error: AppError): PlatformTaskOutcome => ({ kind: 'failed', error: toWire(error) });

/**
 * Accepts a move of a running VM (hot) or a stopped one (cold-direct) and carries it out by itself, whoever watches.
 * @throws AppError `method-unavailable` for an evacuation, which is no relocation; `vm-gone`, `destination-gone`; `platform-fault` for a VM that cannot be moved at all. What speaks
 *   against the destination fails the task, as on a real platform.
 */
export const startMove = (server: LabServer, move: Move): LabTask => {
  const { world, faults, clock, pace } = server;
  if (move.method === 'cold-evacuate') throw new AppError('method-unavailable', { method: move.method });
  const vm = world.vm(move.vm);
  if (vm === undefined) throw new AppError('vm-gone', { vmName: move.vmName });
  const againstVm = judgeVm(world, vm, move);
  if (againstVm.length > 0) throw refusal(operation, againstVm);
  const choice = choosePlacement(world, vm, move);

  const order = faults.take('next-move', world.site, (fault) => fault.vm === undefined || fault.vm === move.vm);
  const incidents = [...(order?.incidents ?? [])].sort((one, other) => one.atPercent - other.atPercent);
  const task = server.tasks.create(move.vm);
  holdVm(world, move.vm, busyWords[world.platform][move.method === 'hot' ? 'hot' : 'cold']);
  clock.after(preparingMs / pace.speed, () => copy(server, move, task, choice, incidents));
  return task;
};

/** Goes on copying step by step until there is an outcome. */
const copy = (
  server: LabServer,
  move: Move,
  task: RunningTask,
  choice: PlacementChoice,
  incidents: readonly MoveIncident[],
): void => {
  const { world, clock, pace } = server;
  const vm = world.vm(move.vm);
  const durationMs =
    vm === undefined || choice.kind === 'refused' ? 0 : moveDurationMs(vm, choice.plan, move.method) / pace.speed;
  const stepMs = Math.min(tickMs / pace.speed, durationMs / 4);
  const remaining = [...incidents];
  let copiedMs = 0;

  const advance = (): PlatformTaskOutcome | null => {
    if (vm === undefined) return failed(new AppError('vm-gone', { vmName: move.vmName }));
    if (choice.kind === 'refused') return failed(refusal(operation, choice.objections));
    const heldAt = server.faults.standing('moves-held', world.site)?.atPercent ?? 101;
    const next = Math.min(durationMs, copiedMs + stepMs);
    const percentOf = (ms: number): number => percentAt(durationMs === 0 ? 1 : ms / durationMs);
    if (percentOf(next) < heldAt) copiedMs = next;
    const percent = percentOf(copiedMs);

    for (
      let incident = remaining[0];
      incident !== undefined && incident.atPercent <= percent;
      incident = remaining[0]
    ) {
      remaining.shift();
      const ended = meet(server, move, incident);
      if (ended !== null) return ended;
    }
    const now = world.vm(move.vm);
    if (now === undefined) return failed(new AppError('vm-gone', { vmName: move.vmName }));
    if (now.host !== vm.host) return failed(faultError('ConcurrentAccess', `Somebody else has changed '${now.name}'.`));
    if (task.cancelRequested()) return { kind: 'cancelled' };
    if (percent >= pointOfNoReturn) task.passPointOfNoReturn();
    if (copiedMs >= durationMs) placeVm(world, move.vm, choice.plan, move.networkMap);
    task.report(percent);
    return copiedMs >= durationMs ? { kind: 'succeeded' } : null;
  };

  const step = (): void => {
    const outcome = advance();
    if (outcome === null) {
      clock.after(stepMs, step);
      return;
    }
    holdVm(world, move.vm, null);
    task.end(outcome);
  };
  step();
};

/** Lets an incident happen. @returns how it ended the move; null when the move goes on. */
const meet = (server: LabServer, move: Move, incident: MoveIncident): PlatformTaskOutcome | null => {
  const { world, link } = server;
  switch (incident.kind) {
    case 'fails':
      return failed(faultError(incident.fault, incident.message));
    case 'connection-drops':
      link.cut(incident.backAfterMs);
      return null;
    case 'sessions-expire':
      link.expireSessions();
      return null;
    case 'vm-destroyed':
      destroyVm(world, move.vm);
      return null;
    case 'vm-renamed':
      renameVm(world, move.vm, incident.name);
      return null;
    case 'vm-moved': {
      const vm = world.vm(move.vm);
      const neighbour = vm === undefined ? null : neighbourOf(world, vm);
      if (neighbour !== null) moveToHost(world, move.vm, neighbour.id);
      return null;
    }
    default:
      return incident satisfies never;
  }
};
