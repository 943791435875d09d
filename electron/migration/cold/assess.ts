import type { RecoveryAssessment, RecoveryFacts } from '../../../shared/domain/evacuation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { hasCode } from '../../../shared/errors/app-error.ts';
import { advisedAction, type RecoveryQuestion, recoveryOptions } from '../../../shared/planning/recovery-options.ts';
import { attempt } from '../attempt.ts';
import { type ColdRun, viewOf } from './cold-run.ts';
import { imageOf, openImage } from './open-image.ts';
import { findRestored } from './restored-vm.ts';
import { disksUsedSince, findSource } from './source.ts';
import { copyOnDisk } from './whole-copy.ts';

/** Looks at source, image and restored VM, past every cache, and says which steps are safe. Changes nothing. */
export const assess = async (run: ColdRun, signal: AbortSignal): Promise<RecoveryAssessment> => {
  const view = viewOf(run);
  const [{ source, heldBy }, image, restored] = await Promise.all([
    sourceState(run, signal),
    imageState(run),
    restoredState(run, signal),
  ]);
  const facts: RecoveryFacts = { source, image, restored };
  const question: RecoveryQuestion = {
    facts,
    part: run.plan.part,
    interrupted: !view.cold.awaitsDecision,
  };
  const place = imageOf(run);
  return {
    task: run.task.header.id,
    facts,
    sourceHeldBy: heldBy,
    imagePath: place === null ? null : `${place.folder}/${place.name}`,
    options: recoveryOptions(question),
    advised: advisedAction(question),
    assessedAt: run.tools.clock.now(),
  };
};

interface SourceState {
  readonly source: RecoveryFacts['source'];
  readonly heldBy: string | null;
}

const sourceState = async (run: ColdRun, signal: AbortSignal): Promise<SourceState> => {
  const found = await attempt(() => findSource(run, signal));
  if (!found.ok) return { source: 'unknown', heldBy: null };
  const vm = found.value;
  if (vm === null) return { source: 'gone', heldBy: null };
  const heldBy = vm.busyWith;
  if (vm.powerState !== 'off') return { source: 'running', heldBy };
  if (await isNewerThanImage(run, vm)) return { source: 'used', heldBy };
  return { source: vm.name === run.task.header.move.vmName ? 'intact' : 'parked', heldBy };
};

/** A copy that is not sealed does not count: it is made anew from a source that is there. */
const isNewerThanImage = async (run: ColdRun, source: VirtualMachine): Promise<boolean> => {
  const image = await attempt(() => openImage(run));
  return image.ok && disksUsedSince(image.value.record.vm, source).length > 0;
};

const imageState = async (run: ColdRun): Promise<RecoveryFacts['image']> => {
  const place = imageOf(run);
  if (place === null) return 'none';
  const { images } = run.tools.cold;
  const state = await attempt(() => images.state(place.folder, place.name));
  if (!state.ok) return 'unknown';
  if (state.value === 'partial') {
    const copy = await attempt(() => copyOnDisk(run));
    return copy.ok ? (copy.value === null ? 'partial' : 'complete') : 'unknown';
  }
  if (state.value === 'none') return 'none';
  const opened = await attempt(() => images.open(place.folder, place.name));
  if (opened.ok) return 'sealed';
  return hasCode(opened.error, 'image-damaged') ? 'damaged' : 'unknown';
};

const restoredState = async (run: ColdRun, signal: AbortSignal): Promise<RecoveryFacts['restored']> => {
  const found = await attempt(() => findRestored(run, signal));
  if (!found.ok) return 'unknown';
  if (found.value === null) return 'none';
  if (found.value.powerState !== 'off') return 'running';
  return viewOf(run).cold.restore?.imported === true ? 'off' : 'incomplete';
};
