import { type Finding, verdictOf } from '../../shared/domain/finding.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { TaskHeader } from '../../shared/domain/task.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { isOpenWarning } from '../../shared/planning/acknowledgement.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { placeName } from './place-name.ts';
import { isSameHome } from './whereabouts.ts';

/**
 * Refuses a VM that is not any more what the task was made for.
 * @throws `vm-gone`, `vm-changed`, `destination-gone`; or whatever the session throws
 */
export const checkStillAsPlanned = async (
  header: TaskHeader,
  session: HypervisorSession,
  known: (id: EntityId) => Entity | undefined,
  signal: AbortSignal,
): Promise<void> => {
  const { vm: id, vmName, destination } = header.move;
  const read = await session.readEntities([id, destination.id], signal);
  const vm = read.find((entity) => entity.id === id);
  const isRestore = header.move.evacuation?.part === 'restore';
  if (vm?.kind !== 'virtual-machine' && !isRestore) throw new AppError('vm-gone', { vmName });
  if (!read.some((entity) => entity.id === destination.id)) {
    throw new AppError('destination-gone', { name: destination.name });
  }
  // What is restored is in its image; whatever is left of its source, nothing of it is used.
  if (isRestore || vm?.kind !== 'virtual-machine') return;
  const change = changeSince(header, vm, known);
  if (change) throw new AppError('vm-changed', { vmName, ...change });
};

type Change = Omit<AppError<'vm-changed'>['data'], 'vmName'>;

const changeSince = (
  { move, origin }: TaskHeader,
  vm: VirtualMachine,
  known: (id: EntityId) => Entity | undefined,
): Change | null => {
  const placement = { host: vm.host, pool: vm.pool, datastores: vm.datastores ?? [] };
  if (!isSameHome(origin, placement)) return { what: 'moved', now: placeName(placement, known) };
  if (vm.name !== move.vmName) return { what: 'renamed', now: vm.name };
  // Hot means: it runs, and cold: it does not. A VM that was stopped or started meanwhile is another kind of move, with
  // other precautions.
  if (vm.powerState !== (move.method === 'hot' ? 'on' : 'off')) return { what: 'power-state', now: vm.powerState };
  if (vm.busyWith !== null) return { what: 'busy', now: vm.busyWith };
  return null;
};

/** The error that findings amount to: blockers, or warnings that are neither waived nor acknowledged. Null when the move may start. */
export const obstacleIn = (findings: readonly Finding[], header: TaskHeader): AppError | null => {
  const { vm, vmName } = header.move;
  const rulesOf = (some: readonly Finding[]): readonly string[] => [...new Set(some.map((finding) => finding.ruleId))];
  if (verdictOf(findings) === 'blocked') {
    const blockers = findings.filter((finding) => finding.severity === 'blocker');
    return new AppError('blocked-by-precautions', { vmName, ruleIds: rulesOf(blockers) });
  }
  const open = findings.filter((finding) => isOpenWarning(finding, [vm], header.acknowledgements));
  return open.length === 0 ? null : new AppError('warnings-not-acknowledged', { vmName, ruleIds: rulesOf(open) });
};
