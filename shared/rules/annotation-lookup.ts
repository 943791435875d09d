import type { AnnotationState } from '../domain/annotation.ts';
import type { PrecautionContext } from './precaution.ts';

/** What people said, as rules ask for it. Made once for many VMs. */
export const annotationLookup = (said: AnnotationState): Pick<PrecautionContext, 'lockOf' | 'isMarkedGuestCluster'> => {
  const locks = new Map(said.locks.map(({ vm, by, reason }) => [vm, { by, reason }]));
  const marked = new Set(said.guestClusters.map(({ vm }) => vm));
  return {
    lockOf: (vm) => locks.get(vm) ?? null,
    isMarkedGuestCluster: (vm) => marked.has(vm),
  };
};
