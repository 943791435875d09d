import type { EntityId, SiteId } from './ids.ts';

/*
 * What people say about VMs that no platform knows: "do not move", "this is a node of a guest cluster", "this warning
 * is accepted until then". It is history: each statement is kept for good, and what holds now is derived from all.
 */

/** "Do not move": a blocker (X19) until it is lifted. */
export interface Lock {
  readonly vm: EntityId;
  /** Its name when this was said; the VM may have gone since. */
  readonly vmName: string;
  readonly by: string;
  readonly reason: string;
  /** ms since 1970. */
  readonly at: number;
}

/** A node of a guest cluster that the platform cannot tell from other VMs (S1). */
export interface GuestClusterMark {
  readonly vm: EntityId;
  readonly vmName: string;
  readonly by: string;
  readonly at: number;
}

/** What a waiver is given for: one rule, of one VM or (`vm` null) of any VM of the site. */
export interface WaiverSubject {
  readonly site: SiteId;
  readonly vm: EntityId | null;
  readonly ruleId: string;
}

/** Accepts a rule's warnings in advance. Does nothing to a blocker, and nothing any more from `until` on. */
export interface Waiver extends WaiverSubject {
  readonly vmName: string | null;
  readonly by: string;
  readonly reason: string;
  readonly at: number;
  /** ms since 1970. */
  readonly until: number;
}

/** What holds now. A waiver stays in it after its time, until somebody withdraws it. */
export interface AnnotationState {
  readonly locks: readonly Lock[];
  readonly guestClusters: readonly GuestClusterMark[];
  readonly waivers: readonly Waiver[];
}

/** One statement. A later one about the same subject takes the place of the earlier. */
export type AnnotationChange =
  | { readonly kind: 'locked'; readonly vm: EntityId; readonly reason: string }
  | { readonly kind: 'unlocked'; readonly vm: EntityId }
  | { readonly kind: 'guest-cluster-marked'; readonly vm: EntityId }
  | { readonly kind: 'guest-cluster-unmarked'; readonly vm: EntityId }
  | ({ readonly kind: 'waived'; readonly reason: string; readonly until: number } & WaiverSubject)
  | ({ readonly kind: 'unwaived' } & WaiverSubject);

export interface AnnotationEvent {
  /** 1, 2, 3 … over all VMs. */
  readonly sequence: number;
  /** ms since 1970. */
  readonly at: number;
  readonly by: string;
  /** Null for what is said of any VM of a site. */
  readonly vmName: string | null;
  readonly change: AnnotationChange;
}

export const nothingSaid: AnnotationState = { locks: [], guestClusters: [], waivers: [] };

export const isSameSubject = (one: WaiverSubject, other: WaiverSubject): boolean =>
  one.site === other.site && one.vm === other.vm && one.ruleId === other.ruleId;

const otherVms = <Said extends { readonly vm: EntityId }>(said: readonly Said[], vm: EntityId): readonly Said[] =>
  said.filter((one) => one.vm !== vm);

/** What holds after one more statement. */
export const withAnnotation = (
  state: AnnotationState,
  { at, by, vmName, change }: AnnotationEvent,
): AnnotationState => {
  switch (change.kind) {
    case 'locked': {
      const lock: Lock = { vm: change.vm, vmName: vmName ?? '', by, reason: change.reason, at };
      return { ...state, locks: [...otherVms(state.locks, change.vm), lock] };
    }
    case 'unlocked':
      return { ...state, locks: otherVms(state.locks, change.vm) };
    case 'guest-cluster-marked': {
      const mark: GuestClusterMark = { vm: change.vm, vmName: vmName ?? '', by, at };
      return { ...state, guestClusters: [...otherVms(state.guestClusters, change.vm), mark] };
    }
    case 'guest-cluster-unmarked':
      return { ...state, guestClusters: otherVms(state.guestClusters, change.vm) };
    case 'waived':
    case 'unwaived': {
      const others = state.waivers.filter((waiver) => !isSameSubject(waiver, change));
      if (change.kind === 'unwaived') return { ...state, waivers: others };
      const { site, vm, ruleId, reason, until } = change;
      return { ...state, waivers: [...others, { site, vm, vmName, ruleId, by, reason, at, until }] };
    }
    default: {
      const never: never = change;
      return never;
    }
  }
};
