import {
  type AnnotationChange,
  type AnnotationEvent,
  type AnnotationState,
  isSameSubject,
  type WaiverSubject,
} from '../../shared/domain/annotation.ts';
import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { canBeWaived } from '../../shared/rules/rule-names.ts';
import type { Annotations } from '../storage/ports.ts';

export interface AnnotationServiceParts {
  readonly annotations: Annotations;
  readonly entity: (id: EntityId) => Entity | undefined;
  /** Undefined for a site the console does not know. */
  readonly platformOf: (site: SiteId) => Platform | undefined;
  /** Whose name is kept with all that is said here. */
  readonly userName: string;
  /** ms since 1970. */
  readonly now: () => number;
}

/**
 * Takes down what people say of VMs. Each call is on disk, with the name of the user and the time, when it returns what
 * holds now. Saying what holds already is not written down again.
 * Its errors, beside those named: `storage-locked`, `storage-failed`, `storage-damaged`.
 */
export interface AnnotationService {
  present(): AnnotationState;
  /** Who said what and when, newest first: of one VM, or (`vm` null) everything. */
  history(wanted: { readonly vm: EntityId | null; readonly limit: number }): readonly AnnotationEvent[];
  /** @throws `not-found` for what is no VM of the inventory */
  lock(vm: EntityId, reason: string): AnnotationState;
  /** Also for a VM that has gone. */
  unlock(vm: EntityId): AnnotationState;
  /** @throws `not-found`; `invalid-input` for a VM of a platform without that precaution */
  markGuestCluster(vm: EntityId, isNode: boolean): AnnotationState;
  /** @throws `not-found`, `site-unknown`; `invalid-input` for no such rule, one that only ever blocks, or a past end */
  waive(subject: WaiverSubject, reason: string, until: number): AnnotationState;
  unwaive(subject: WaiverSubject): AnnotationState;
  /** What is said of a VM holds for the VM that takes its place as well. */
  carryOver(from: EntityId, to: EntityId): void;
  /** Calls back when somebody has said something. Returns a function that ends the subscription. */
  onChange(listener: (state: AnnotationState) => void): () => void;
  /** Looks whether another process has said something since; cheap when it has not. */
  hearOthers(): void;
}

const refused = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

export const createAnnotationService = (parts: AnnotationServiceParts): AnnotationService => {
  const { annotations, now } = parts;
  const listeners = new Set<(state: AnnotationState) => void>();

  const nameOf = (id: EntityId): string => {
    const vm = parts.entity(id);
    if (vm?.kind !== 'virtual-machine') throw new AppError('not-found', { what: 'vm', name: id });
    return vm.name;
  };

  /** What listeners know; null until the first of them came. */
  let told: AnnotationState | null = null;

  const hear = (): AnnotationState => {
    const state = annotations.present();
    if (state === told) return state;
    told = state;
    for (const listener of listeners) listener(state);
    return state;
  };

  const say = (change: AnnotationChange, vmName: string | null): AnnotationState => {
    annotations.append(change, { vmName, by: parts.userName, at: now() });
    return hear();
  };

  return {
    present: annotations.present,
    history: annotations.history,

    lock: (vm, reason) => {
      const name = nameOf(vm);
      const same = annotations.present().locks.some((lock) => lock.vm === vm && lock.reason === reason);
      return same ? annotations.present() : say({ kind: 'locked', vm, reason }, name);
    },

    unlock: (vm) => {
      const lock = annotations.present().locks.find((one) => one.vm === vm);
      return lock === undefined ? annotations.present() : say({ kind: 'unlocked', vm }, lock.vmName);
    },

    markGuestCluster: (vm, isNode) => {
      const mark = annotations.present().guestClusters.find((one) => one.vm === vm);
      if ((mark !== undefined) === isNode) return annotations.present();
      if (!isNode) return say({ kind: 'guest-cluster-unmarked', vm }, mark?.vmName ?? null);
      const name = nameOf(vm);
      if (parts.platformOf(siteOf(vm)) !== 'hyperv') {
        throw refused(
          'vm',
          'guest clusters are a precaution of Hyper-V (S1); on VMware shared disks tell by themselves',
        );
      }
      return say({ kind: 'guest-cluster-marked', vm }, name);
    },

    waive: (subject, reason, until) => {
      const { site, vm, ruleId } = subject;
      if (!canBeWaived(ruleId)) throw refused('ruleId', `${ruleId} is no rule that warns`);
      if (until <= now()) throw refused('until', 'the waiver would be over already');
      if (parts.platformOf(site) === undefined) throw new AppError('site-unknown', { site });
      if (vm !== null && siteOf(vm) !== site) throw refused('vm', 'the VM is not of that site');
      const name = vm === null ? null : nameOf(vm);
      return say({ kind: 'waived', site, vm, ruleId, reason, until }, name);
    },

    unwaive: ({ site, vm, ruleId }) => {
      const waiver = annotations.present().waivers.find((one) => isSameSubject(one, { site, vm, ruleId }));
      return waiver === undefined ? annotations.present() : say({ kind: 'unwaived', site, vm, ruleId }, waiver.vmName);
    },

    hearOthers: hear,

    carryOver: (from, to) => {
      const { locks, guestClusters, waivers } = annotations.present();
      for (const { vm, vmName, reason } of locks) if (vm === from) say({ kind: 'locked', vm: to, reason }, vmName);
      for (const { vm, vmName } of guestClusters) {
        if (vm === from) say({ kind: 'guest-cluster-marked', vm: to }, vmName);
      }
      for (const { vm, vmName, site, ruleId, reason, until } of waivers) {
        if (vm === from && until > now()) say({ kind: 'waived', site, vm: to, ruleId, reason, until }, vmName);
      }
    },

    onChange: (listener) => {
      told ??= annotations.present();
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
