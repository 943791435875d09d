import { create } from 'zustand';
import { type AnnotationState, type Lock, nothingSaid, type WaiverSubject } from '../../shared/domain/annotation.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';

interface AnnotationsState {
  /** What people said of VMs and what of it holds now. */
  readonly said: AnnotationState;
  /** The locks by their VM: rows ask for theirs all the time. */
  readonly locks: ReadonlyMap<EntityId, Lock>;
  /** VMs a person called nodes of a guest cluster. */
  readonly guestClusters: ReadonlySet<EntityId>;
}

const stateOf = (said: AnnotationState): AnnotationsState => ({
  said,
  locks: new Map(said.locks.map((lock) => [lock.vm, lock])),
  guestClusters: new Set(said.guestClusters.map(({ vm }) => vm)),
});

export const useAnnotations = create<AnnotationsState>(() => stateOf(nothingSaid));

/** Puts what holds now in place of what was known; each change answers with it. */
export const setAnnotations = (said: AnnotationState): void => useAnnotations.setState(stateOf(said));

/**
 * Reads what people said, then follows the changes. Returns a function that stops following.
 * @throws AppError as `annotations.list` does
 */
export const openAnnotations = async (): Promise<() => void> => {
  let heard = false;
  const stop = onEvent('annotations.changed', (said) => {
    heard = true;
    setAnnotations(said);
  });
  const said = await call('annotations.list', {});
  // An event that came in the meantime is newer than the answer.
  if (!heard) setAnnotations(said);
  return stop;
};

/** "Do not move": for each of these VMs. */
export const lockVms = async (vms: readonly EntityId[], reason: string): Promise<void> => {
  for (const vm of vms) setAnnotations(await call('annotations.lock', { vm, reason }));
};

export const unlockVms = async (vms: readonly EntityId[]): Promise<void> => {
  for (const vm of vms) setAnnotations(await call('annotations.unlock', { vm }));
};

/** Says of each VM whether it is a node of a guest cluster. */
export const markGuestCluster = async (vms: readonly EntityId[], isNode: boolean): Promise<void> => {
  for (const vm of vms) setAnnotations(await call('annotations.markGuestCluster', { vm, isNode }));
};

/** Accepts a rule's warnings of a VM in advance. @param until ms since 1970 */
export const waive = async (subject: WaiverSubject, reason: string, until: number): Promise<void> =>
  setAnnotations(await call('annotations.waive', { ...subject, reason, until }));

export const withdrawWaiver = async ({ site, vm, ruleId }: WaiverSubject): Promise<void> =>
  setAnnotations(await call('annotations.unwaive', { site, vm, ruleId }));
