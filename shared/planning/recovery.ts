import type { RecoveryAction, RecoveryFacts } from '../domain/evacuation.ts';
import type { StepName, TaskStep, TaskView } from '../domain/task.ts';

/*
 * What window and command line say of a cold migration that did not end by itself. What is safe, the main process alone
 * decides; here is told what stands in the task log and what follows from it.
 */

/** It goes on only after a person has chosen how. */
export const awaitsRecovery = ({ header, state, cold }: TaskView): boolean =>
  cold.awaitsDecision || (state === 'interrupted' && header.move.method === 'cold-evacuate');

/** Why a cold migration cannot be called back any more: it is on its way back, or what was wanted is there. */
export type CancelBarrier = 'going-back' | 'evacuated' | 'complete';

/**
 * Null while cancelling still puts the VM back. Once its copy runs at the destination, or is the only one that is wanted
 * there, moving it back is a migration of its own.
 */
export const cancelBarrier = ({ header, steps, cold }: TaskView): CancelBarrier | null => {
  const { method, evacuation } = header.move;
  if (method !== 'cold-evacuate') return null;
  const is = (name: StepName): TaskStep['state'] | undefined => steps.find((step) => step.name === name)?.state;
  if (cold.choice?.action === 'restore-to-origin' || cold.choice?.action === 'roll-back') return 'going-back';
  if (evacuation?.part === 'evacuate') return is('park') === 'done' ? 'evacuated' : null;
  const finishing = is('finish') ?? 'pending';
  return is('power-on') === 'done' || finishing !== 'pending' ? 'complete' : null;
};

/** A good copy of a VM under way. */
export type GoodCopy = 'source' | 'parked-source' | 'image' | 'restored';

/** The copies that the task log proves to be good. Somebody may have changed them since: an assessment looks. */
export const provenCopies = ({ header, steps, cold }: TaskView): readonly GoodCopy[] => {
  const { evacuation } = header.move;
  const copies: GoodCopy[] = [];
  if (evacuation?.part !== 'restore' && !cold.sourceDeleted) {
    copies.push(cold.parkedName === null ? 'source' : 'parked-source');
  }
  const restoresAnImage = evacuation?.part === 'restore' && cold.image?.state !== 'removed';
  if (cold.image?.state === 'sealed' || restoresAnImage) copies.push('image');
  const verified = steps.some(({ name, state }) => name === 'verify' && state === 'done');
  if (cold.restore?.imported && verified) copies.push('restored');
  return copies;
};

/** Whether one of the three that must hold at every moment holds. `older`: it does, but the source is newer. */
export type Holding = 'holds' | 'older' | 'does-not-hold' | 'not-known';

export interface Holdings {
  readonly source: Holding;
  readonly image: Holding;
  readonly restored: Holding;
}

const holding = (known: boolean, holds: boolean): Holding => (holds ? 'holds' : known ? 'does-not-hold' : 'not-known');

/** An image that was never sealed was not read back either: it is said to hold only after that. */
export const holdingsOf = ({ source, image, restored }: RecoveryFacts): Holdings => {
  const known = source !== 'unknown';
  const copy = (holds: Holding): Holding => (source === 'used' && holds === 'holds' ? 'older' : holds);
  return {
    source: holding(known, known && source !== 'gone'),
    image: copy(holding(image !== 'unknown' && image !== 'complete', image === 'sealed')),
    // What runs is being written to as well.
    restored: restored === 'running' ? 'holds' : copy(holding(restored !== 'unknown', restored === 'off')),
  };
};

/**
 * How a VM stands after it was looked at. `twice`: two copies of it are powered on. `unsealed`: all there is of it is a
 * copy that was never read back.
 */
export type Safety = 'safe' | 'twice' | 'unsealed' | 'not-known' | 'no-good-copy';

export const safetyOf = (facts: RecoveryFacts): Safety => {
  if (facts.source === 'running' && facts.restored === 'running') return 'twice';
  const all = Object.values(holdingsOf(facts));
  if (all.includes('holds')) return 'safe';
  if (facts.image === 'complete' && facts.source === 'gone') return 'unsealed';
  return all.includes('not-known') ? 'not-known' : 'no-good-copy';
};

/** Something that is gone for good after an action. `restored-vm-that-may-have-run`: with what was written to it since. */
export type Deletion = 'restored-vm' | 'restored-vm-that-may-have-run' | 'parked-source' | 'image';

/** What an action deletes, now or once the VM is complete at its destination. */
export const deletionsOf = (
  action: RecoveryAction,
  facts: RecoveryFacts,
  { header, steps }: TaskView,
): readonly Deletion[] => {
  const { evacuation } = header.move;
  const deletions: Deletion[] = [];
  const madeAnew = facts.restored === 'incomplete' || (facts.restored === 'off' && action !== 'resume');
  const mayHaveRun = steps.some(({ name, state }) => name === 'power-on' && state !== 'pending');
  if (madeAnew) deletions.push(mayHaveRun ? 'restored-vm-that-may-have-run' : 'restored-vm');
  if (action === 'keep-image') return deletions;
  const restores = action !== 'roll-back' && evacuation?.part !== 'evacuate';
  if (restores && facts.source === 'parked') deletions.push('parked-source');
  const imageGoes = restores ? evacuation?.imagePolicy === 'delete-when-restored' : evacuation?.part === 'whole';
  if (imageGoes && (facts.image === 'sealed' || facts.image === 'complete')) deletions.push('image');
  return deletions;
};
