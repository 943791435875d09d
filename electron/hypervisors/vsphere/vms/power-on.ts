import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { ReadObject } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import { carryOut, type TaskWatching } from '../moves/follow-task.ts';
import { readTask } from '../moves/task-info.ts';
import { powerOnHere, powerOnInDatacenter } from '../requests/vm-requests.ts';
import { localizedFault, VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asRef, asRefs, at, listAt, numberAt, refAt, textAt } from '../xml/xml-values.ts';
import { datacenterOf } from './ancestors.ts';
import { readVm } from './read-vm.ts';

/** Looks at a VM whose task has ended well before it is believed that it does not come on. */
const looksAfterwards = 30;

/**
 * Powers a VM on and waits until it is. A question it asks, which only a person can answer, is told as what went wrong.
 * @throws `vm-gone`; VimFault, and what calls throw
 */
export const powerOnVm = async (watching: TaskWatching, vm: EntityId): Promise<void> => {
  const { session, timing, signal } = watching;
  const look = (): Promise<ReadObject> => readVm(session, vm, ['runtime', 'recentTask'], signal);
  const found = await look();
  if (isOn(found)) return;
  const earlier = new Set(tasksAt(found).map(({ value }) => value));
  let task = await start(watching, found);
  for (let looks = 0; looks <= looksAfterwards; ) {
    const now = await look();
    if (isOn(now)) return;
    const question = at(now.properties.runtime, 'question');
    if (question !== undefined) throw new VimFault('VmQuestionPending', textAt(question, 'text') ?? '', {});
    task ??= tasksAt(now).find(({ value }) => !earlier.has(value)) ?? null;
    const info = task === null ? null : await readTask(session, task, signal);
    if (info?.state === 'error') throw info.error ?? new VimFault('TaskError', '', {});
    if (info === null || info.state === 'success') looks += 1;
    await timing.wait(timing.longestTaskPollMs, signal);
  }
  throw new VimFault('InvalidPowerState', 'The server says that it powered the VM on, but it is not on.', {});
};

const isOn = ({ properties }: ReadObject): boolean => textAt(properties.runtime, 'powerState') === 'poweredOn';

const tasksAt = ({ properties }: ReadObject): readonly ManagedRef[] => asRefs(properties.recentTask);

/** The task that powers the VM itself on; null where the server names none, and it has to be looked for at the VM. */
const start = async (watching: TaskWatching, vm: ReadObject): Promise<ManagedRef | null> => {
  const { session, signal } = watching;
  const host = refAt(vm.properties.runtime, 'host');
  const datacenter = session.content.kind === 'esxi' || !host ? null : await datacenterOf(session, host, signal);
  if (datacenter === null) return startHere(watching, vm, null);
  const { result } = await carryOut(watching, powerOnInDatacenter(datacenter, vm.ref));
  const [refused] = listAt(result, 'notAttempted');
  if (refused !== undefined) throw localizedFault(at(refused, 'fault'));
  const [attempt] = listAt(result, 'attempted');
  // Named only for a VM that the cluster does not place by itself (ClusterPowerOnVmResult.attempted).
  if (attempt !== undefined) return refAt(attempt, 'task') ?? null;
  return startHere(watching, vm, recommendedHost(result, host));
};

const startHere = async (
  { session, signal }: TaskWatching,
  vm: ReadObject,
  host: ManagedRef | null,
): Promise<ManagedRef> => {
  const task = asRef(await session.call(powerOnHere(vm.ref, host), { signal, once: true }));
  if (task === undefined) throw new Error('the server named no task');
  return task;
};

/**
 * A cluster in manual mode recommends hosts and leaves the rest to a person, who has asked for the power-on here: the
 * host the VM is on, where a person or the restore has put it, or else the best of the others.
 * @throws VimFault when nothing is recommended that can be had without something else being done first
 */
const recommendedHost = (result: XmlValue | undefined, present: ManagedRef | undefined): ManagedRef => {
  const recommendations = listAt(result, 'recommendations');
  const hosts = recommendations
    .filter((each) => listAt(each, 'prerequisite').length === 0)
    .toSorted((one, other) => (numberAt(other, 'rating') ?? 0) - (numberAt(one, 'rating') ?? 0))
    .flatMap((each) => {
      // Only what places the VM names one (ClusterInitialPlacementAction); others move VMs, or power hosts on.
      const [host, ...others] = listAt(each, 'action').map((action) => refAt(action, 'targetHost'));
      return host === undefined || others.length > 0 ? [] : [host];
    });
  const chosen = hosts.find(({ value }) => value === present?.value) ?? hosts[0];
  if (chosen !== undefined) return chosen;
  const why = textAt(recommendations[0], 'reasonText') ?? 'The cluster recommends a host, and leaves it to a person.';
  throw new VimFault('RecommendationPending', why, {});
};
