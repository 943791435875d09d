import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { ReadObject } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import { carryOut, type TaskWatching } from '../moves/follow-task.ts';
import { readTask } from '../moves/task-info.ts';
import { powerOnHere, powerOnInDatacenter } from '../requests/vm-requests.ts';
import { localizedFault, VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asRef, asText, at, listAt, refAt, textAt } from '../xml/xml-values.ts';
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
  const look = (): Promise<ReadObject> => readVm(session, vm, ['runtime'], signal);
  const found = await look();
  if (isOn(found)) return;
  const task = await start(watching, found);
  for (let looks = 0; looks <= looksAfterwards; ) {
    const now = await look();
    if (isOn(now)) return;
    const question = at(now.properties.runtime, 'question');
    if (question !== undefined) throw new VimFault('VmQuestionPending', textAt(question, 'text') ?? '', {});
    const info = await readTask(session, task, signal);
    if (info?.state === 'error') throw info.error ?? new VimFault('TaskError', '', {});
    if (info === null || info.state === 'success') looks += 1;
    await timing.wait(timing.longestTaskPollMs, signal);
  }
  throw new VimFault('InvalidPowerState', 'The server says that it powered the VM on, but it is not on.', {});
};

const isOn = ({ properties }: ReadObject): boolean => textAt(properties.runtime, 'powerState') === 'poweredOn';

/** The task that powers the VM itself on. */
const start = async (watching: TaskWatching, vm: ReadObject): Promise<ManagedRef> => {
  const { session, signal } = watching;
  const host = refAt(vm.properties.runtime, 'host');
  const datacenter = session.content.kind === 'esxi' || !host ? null : await datacenterOf(session, host, signal);
  if (datacenter === null) {
    const task = asRef(await session.call(powerOnHere(vm.ref), { signal, once: true }));
    if (task === undefined) throw new Error('the server named no task');
    return task;
  }
  const ended = await carryOut(watching, powerOnInDatacenter(datacenter, vm.ref));
  return attempted(ended.result);
};

/** What came of the attempt (ClusterPowerOnVmResult). @throws VimFault when there was none */
const attempted = (result: XmlValue | undefined): ManagedRef => {
  const [refused] = listAt(result, 'notAttempted');
  if (refused !== undefined) throw localizedFault(at(refused, 'fault'));
  const task = refAt(listAt(result, 'attempted')[0], 'task');
  if (task !== undefined) return task;
  const [recommendation] = listAt(result, 'recommendations');
  const why = asText(at(recommendation, 'reasonText')) ?? 'The cluster recommends a host, and leaves it to a person.';
  throw new VimFault('RecommendationPending', why, {});
};
