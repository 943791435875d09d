import type { RecoveryAssessment, RecoveryFacts } from '../../../shared/domain/evacuation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { hasCode } from '../../../shared/errors/app-error.ts';
import { advisedAction, type RecoveryQuestion, recoveryOptions } from '../../../shared/planning/recovery-options.ts';
import { type Attempt, attempt } from '../attempt.ts';
import { type ColdRun, viewOf } from './cold-run.ts';
import { imageOf } from './open-image.ts';
import { findRestored } from './restored-vm.ts';
import { disksUsedSince, findSource } from './source.ts';
import { copyOnDisk } from './whole-copy.ts';

/** Looks at source, image and restored VM, past every cache, and says which steps are safe. Changes nothing. */
export const assess = async (run: ColdRun, signal: AbortSignal): Promise<RecoveryAssessment> => {
  const view = viewOf(run);
  const [found, { image, copied }, restored] = await Promise.all([
    attempt(() => findSource(run, signal)),
    imageState(run),
    restoredState(run, signal),
  ]);
  const facts: RecoveryFacts = { source: sourceState(run, found, copied), image, restored };
  const question: RecoveryQuestion = {
    facts,
    part: run.plan.part,
    interrupted: !view.cold.awaitsDecision,
  };
  const place = imageOf(run);
  return {
    task: run.task.header.id,
    facts,
    sourceHeldBy: found.ok ? (found.value?.busyWith ?? null) : null,
    imagePath: place === null ? null : `${place.folder}/${place.name}`,
    options: recoveryOptions(question),
    advised: advisedAction(question),
    assessedAt: run.tools.clock.now(),
  };
};

/** @param copied the VM as it is in a sealed image; any other copy is made anew from a source that is there */
const sourceState = (
  run: ColdRun,
  found: Attempt<VirtualMachine | null>,
  copied: VirtualMachine | null,
): RecoveryFacts['source'] => {
  if (!found.ok) return 'unknown';
  const source = found.value;
  if (source === null) return 'gone';
  if (source.powerState !== 'off') return 'running';
  if (copied !== null && disksUsedSince(copied, source).length > 0) return 'used';
  return source.name === run.task.header.move.vmName ? 'intact' : 'parked';
};

interface ImageState {
  readonly image: RecoveryFacts['image'];
  /** The VM in a sealed image. */
  readonly copied: VirtualMachine | null;
}

const imageState = async (run: ColdRun): Promise<ImageState> => {
  const without = (image: RecoveryFacts['image']): ImageState => ({ image, copied: null });
  const place = imageOf(run);
  if (place === null) return without('none');
  const { images } = run.tools.cold;
  const state = await attempt(() => images.state(place.folder, place.name));
  if (!state.ok) return without('unknown');
  if (state.value === 'partial') {
    const copy = await attempt(() => copyOnDisk(run));
    return without(copy.ok ? (copy.value === null ? 'partial' : 'complete') : 'unknown');
  }
  if (state.value === 'none') return without('none');
  const opened = await attempt(() => images.open(place.folder, place.name));
  if (opened.ok) return { image: 'sealed', copied: opened.value.record.vm };
  return without(hasCode(opened.error, 'image-damaged') ? 'damaged' : 'unknown');
};

const restoredState = async (run: ColdRun, signal: AbortSignal): Promise<RecoveryFacts['restored']> => {
  const found = await attempt(() => findRestored(run, signal));
  if (!found.ok) return 'unknown';
  if (found.value === null) return 'none';
  if (found.value.powerState !== 'off') return 'running';
  return viewOf(run).cold.restore?.imported === true ? 'off' : 'incomplete';
};
