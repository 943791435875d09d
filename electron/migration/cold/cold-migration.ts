import type { RecoveryChoice } from '../../../shared/domain/evacuation.ts';
import type { StepName, TaskView } from '../../../shared/domain/task.ts';
import { hasCode, toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { cancelBarrier } from '../../../shared/planning/recovery.ts';
import { imageSize } from '../../../shared/rules/image-size.ts';
import type { HypervisorSession } from '../../hypervisors/port.ts';
import { attempt } from '../attempt.ts';
import { checkStep } from '../check-step.ts';
import type { LiveTask, TaskTools } from '../live-task.ts';
import { append, type ColdRun, coldRun, hasBegun, isDone, leaveToPeople, viewOf, vmNameOf } from './cold-run.ts';
import { checkpointNameOf, checkpointStep, exportStep } from './export-step.ts';
import { finishStep, powerOnStep, powersOn, removeImage, verifyStep } from './last-steps.ts';
import { parkStep } from './park-step.ts';
import { restoreStep } from './restore-step.ts';
import { removeRestored } from './restored-vm.ts';
import { rollBack } from './roll-back.ts';
import { sealStep } from './seal-step.ts';
import { isAnswerLost } from './settle.ts';
import { findSource, stoppedSource } from './source.ts';
import { copyOnDisk, mayBeAllThereIs, needsNoExport } from './whole-copy.ts';

/**
 * `offline`: the check could not reach the site; nothing was started, and the task waits again.
 * `no-room`: other tasks have the room in the folder; nothing was started, and the task waits until one of them ends.
 * `deciding`: it cannot go on by itself; a person has to choose.
 */
export type ColdEnd = 'ended' | 'offline' | 'no-room' | 'deciding';

/**
 * The steps of an evacuation and a restore, each written down before it begins and after it ended, from the first one
 * that is not done: the same for a new task, and for one that a person lets go on after it was interrupted. At every
 * instant the source is intact, or a sealed image exists, or the restored VM is complete; and never do two copies run.
 * Errors of the platform and of the folder end up in the log; what is thrown is a fault of the log itself.
 */
export const runColdMigration = async (
  task: LiveTask,
  session: () => HypervisorSession | null,
  tools: TaskTools,
): Promise<ColdEnd> => {
  const run = coldRun(task, session, tools);
  if (!isDone(viewOf(run), 'check')) {
    const present = session();
    if (present === null) return 'offline';
    const waits = await waitsForRoom(run);
    if (waits) return 'no-room';
    const checked = await checkStep(task, present, tools, () => reserveRoom(run));
    if (checked !== 'may-start') return checked;
    append(run, { kind: 'step-ended', step: 'check', outcome: 'done' });
  }
  task.phase = 'evacuating';
  return goOn(run);
};

/** Bytes the image may take; nothing for a restore. @throws `vm-gone`, `vm-changed`, and what the session throws */
const neededBytes = async (run: ColdRun): Promise<number> => {
  if (run.plan.part === 'restore') return 0;
  const { dataBytes, marginBytes } = imageSize(await stoppedSource(run));
  return dataBytes + marginBytes;
};

/** There would be room, were it not for what other tasks have reserved. */
const waitsForRoom = async (run: ColdRun): Promise<boolean> => {
  const { folder } = run.plan;
  const { id } = run.task.header;
  const look = await attempt(async () => ({
    needed: await neededBytes(run),
    space: await run.tools.cold.folders.space(folder, id),
  }));
  // Whatever is wrong is found, and told, by the check.
  if (!look.ok || look.value.needed === 0) return false;
  const { needed, space } = look.value;
  const missingBytes = needed + space.reservedBytes + space.floorBytes - space.freeBytes;
  if (missingBytes <= 0 || missingBytes > space.reservedBytes) return false;
  append(run, { kind: 'waiting', reason: { kind: 'folder-space', folder, missingBytes } });
  return true;
};

const reserveRoom = async (run: ColdRun): Promise<void> => {
  const bytes = await neededBytes(run);
  if (bytes > 0) append(run, { kind: 'space-reserved', folder: run.plan.folder, bytes });
};

const performers: Readonly<Partial<Record<StepName, (run: ColdRun) => Promise<void>>>> = {
  checkpoint: checkpointStep,
  export: exportStep,
  seal: sealStep,
  park: parkStep,
  restore: restoreStep,
  verify: verifyStep,
  'power-on': powerOnStep,
  finish: finishStep,
};

/** What has to be done, in order. */
const stepsOf = (run: ColdRun): readonly StepName[] => {
  const { part } = run.plan;
  const isHyperV = run.tools.cold.platformOf(run.task.site) === 'hyperv';
  const evacuate: readonly StepName[] = [...(isHyperV ? (['checkpoint'] as const) : []), 'export', 'seal', 'park'];
  const restore: readonly StepName[] = [
    'restore',
    'verify',
    ...(powersOn(run) ? (['power-on'] as const) : []),
    'finish',
  ];
  return [...(part === 'restore' ? [] : evacuate), ...(part === 'evacuate' ? [] : restore)];
};

const nextStep = async (run: ColdRun): Promise<StepName | null> => {
  const view = viewOf(run);
  const next = stepsOf(run).find((step) => !isDone(view, step)) ?? null;
  if (next !== 'seal') return next;
  // The process that exported it may have died long ago.
  const spared = await attempt(() => needsNoExport(run));
  return spared.ok && !spared.value ? 'export' : 'seal';
};

const goOn = async (run: ColdRun): Promise<ColdEnd> => {
  const { task, tools } = run;
  const chosen = viewOf(run).cold.choice?.action;
  if (chosen === 'roll-back') return undo(run);
  if (chosen === 'keep-image') return keepImage(run);
  for (;;) {
    if (tools.stopping.aborted) return interrupted(run);
    const step = await nextStep(run);
    if (step === null) break;
    if (task.cancelWanted && mayBeCancelled(viewOf(run))) return undo(run);
    append(run, { kind: 'step-started', step });
    const performed = await attempt(() => performers[step]?.(run) ?? Promise.resolve());
    if (!performed.ok) return failed(run, step, performed.error);
    append(run, { kind: 'step-ended', step, outcome: 'done' });
  }
  append(run, { kind: viewOf(run).cold.choice?.action === 'restore-to-origin' ? 'cancelled' : 'completed' });
  return 'ended';
};

/** Whether cancelling still puts the VM back. */
export const mayBeCancelled = (view: TaskView): boolean => cancelBarrier(view) === null;

const interrupted = (run: ColdRun): ColdEnd => {
  append(run, { kind: 'interrupted' });
  return 'deciding';
};

/** Steps after which the source is as it was: what they left is removed, and the task has simply failed. */
const leavesSourceAlone = (run: ColdRun, step: StepName, { code }: WireError): boolean => {
  if (step !== 'park') return ['checkpoint', 'export', 'seal'].includes(step);
  const isParked = viewOf(run).cold.parkedName !== null;
  return code === 'source-changed' || code === 'vm-changed' || (code === 'source-used' && !isParked);
};

const failed = async (run: ColdRun, step: StepName, reason: unknown): Promise<ColdEnd> => {
  const { task, tools } = run;
  if (tools.stopping.aborted) return interrupted(run);
  append(run, { kind: 'step-ended', step, outcome: task.cancelWanted ? 'cancelled' : 'failed' });
  if (task.cancelWanted && mayBeCancelled(viewOf(run))) return undo(run);
  const error = toWire(reason);
  if (leavesSourceAlone(run, step, error)) {
    if (await mayBeAllThereIs(run)) return decide(run, reason);
    await removeImage(run);
    if (step === 'export') await tellOfHeld(run, reason);
    tellOfCheckpoint(run);
    append(run, { kind: 'failed', error });
    return 'ended';
  }
  // What is left of it is taken away now if that is possible, and otherwise before anything else is done.
  if (step === 'restore') await attempt(() => removeRestored(run));
  return decide(run, reason);
};

/** It goes no further until a person has chosen. */
const decide = (run: ColdRun, error: unknown): ColdEnd => {
  append(run, { kind: 'decision-needed', error: toWire(error) });
  return 'deciding';
};

/** Puts the VM back where it was, as it was. When its source was deleted already, that means restoring it there. */
const undo = async (run: ColdRun): Promise<ColdEnd> => {
  const { task, tools } = run;
  const undone = await attempt(() => rollBack(run));
  if (tools.stopping.aborted && !undone.ok) return interrupted(run);
  if (undone.ok) {
    tellOfCheckpoint(run);
    append(run, { kind: 'cancelled' });
    return 'ended';
  }
  if (task.cancelWanted && hasCode(undone.error, 'vm-gone') && (await canGoBackWithout(run))) {
    const choice: RecoveryChoice = { action: 'restore-to-origin' };
    append(run, { kind: 'recovery-chosen', choice, by: tools.userName });
    task.cancelWanted = false;
    task.withoutSource = true;
    task.transfer = new AbortController();
    return goOn(coldRun(task, () => run.session, tools));
  }
  return decide(run, undone.error);
};

/** Whether there is an image to restore the VM from, and this task is one that restores. */
const canGoBackWithout = async (run: ColdRun): Promise<boolean> => {
  if (run.plan.part === 'evacuate') return false;
  const copy = await attempt(() => copyOnDisk(run));
  return copy.ok && copy.value !== null;
};

/** An image that is kept has to be one that can be restored. */
const sealWhatIsWhole = async (run: ColdRun): Promise<void> => {
  if (viewOf(run).cold.image?.state === 'writing' && (await copyOnDisk(run)) !== null) await sealStep(run);
};

/** Ends the task. The image stays for a restore later; the source, if it is there, stays as it is. */
const keepImage = async (run: ColdRun): Promise<ColdEnd> => {
  const removed = await attempt(() => removeRestored(run));
  if (run.tools.stopping.aborted && !removed.ok) return interrupted(run);
  if (!removed.ok) return decide(run, removed.error);
  const sealed = await attempt(() => sealWhatIsWhole(run));
  if (run.tools.stopping.aborted && !sealed.ok) return interrupted(run);
  // A copy that is not what was written is kept as it is: there may be nothing better.
  if (!sealed.ok && !hasCode(sealed.error, 'image-damaged')) return decide(run, sealed.error);
  const stopped: WireError = {
    code: 'outcome-unknown',
    data: { vmName: vmNameOf(run), reason: 'console-stopped' },
  };
  append(run, { kind: 'failed', error: sealed.ok ? (viewOf(run).error ?? stopped) : toWire(sealed.error) });
  return 'ended';
};

/** A lease that could not be ended holds the VM until the platform ends it, although nobody reads it any more. */
const tellOfHeld = async (run: ColdRun, reason: unknown): Promise<void> => {
  if (!hasCode(reason, 'lease-lost') && !isAnswerLost(reason)) return;
  const source = await attempt(() => findSource(run));
  const busyWith = source.ok ? (source.value?.busyWith ?? null) : null;
  if (busyWith !== null) append(run, { kind: 'source-held', busyWith });
};

/** A checkpoint that was made for nothing stays in the VM until somebody deletes it. */
const tellOfCheckpoint = (run: ColdRun): void => {
  if (!hasBegun(viewOf(run), 'checkpoint')) return;
  leaveToPeople(run, { kind: 'delete-checkpoint', name: checkpointNameOf(run) });
};
