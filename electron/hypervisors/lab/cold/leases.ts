import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { LabClock } from '../lab-clock.ts';
import type { LabBook, LeaseKind } from '../lab-history.ts';
import type { LabLink } from '../lab-link.ts';
import type { LabWorld } from '../lab-world.ts';
import { destroyVm, holdVm } from '../world-acts.ts';
import type { HiddenFacts } from './hidden-facts.ts';

/** How long the platform waits for a sign of life of whoever holds a lease, unless the lab is told otherwise, ms; as vCenter. */
export const leaseTimeoutMs = 300_000;

const busyWords = {
  vmware: { export: 'Export OVF template', import: 'Deploy OVF template' },
  hyperv: { export: 'Store virtual machine', import: 'Create virtual machine' },
} as const;

/** The platform holds this VM for somebody who reads or writes its files. */
export interface LabLease {
  readonly kind: LeaseKind;
  readonly vm: EntityId;
  /** `left`: nobody keeps it alive any longer; it runs out by itself. */
  readonly state: 'held' | 'left' | 'ended';
}

/** The leases of a lab site. A VM has one at most. */
export interface LabLeases {
  open(kind: LeaseKind, vm: EntityId): LabLease;
  /** Nothing more is wanted of it: the VM is free, and stays. */
  complete(lease: LabLease): void;
  /** It is over: an export leaves the VM as it was, an import takes the half-made VM away. Harmless when it has ended. */
  end(lease: LabLease): void;
  /** Whoever held it is gone. */
  leave(lease: LabLease): void;
  all(): readonly LabLease[];
  /** Takes over a lease that a history tells of: its holder died with the process. */
  takeOver(kind: LeaseKind, vm: EntityId): void;
}

interface OpenLease extends LabLease {
  state: LabLease['state'];
  stopTimer: () => void;
}

export const createLabLeases = (
  world: LabWorld,
  hidden: HiddenFacts,
  link: LabLink,
  clock: LabClock,
  timeoutMs: number,
  book: LabBook,
): LabLeases => {
  const open = new Map<EntityId, OpenLease>();

  const own = (lease: LabLease): OpenLease | undefined => {
    const known = open.get(lease.vm);
    return known === lease ? known : undefined;
  };
  const close = (lease: OpenLease): void => {
    lease.stopTimer();
    lease.state = 'ended';
    open.delete(lease.vm);
    book.add({ kind: 'lease', vm: lease.vm, lease: null });
  };
  const end = (lease: LabLease): void => {
    const known = own(lease);
    if (known === undefined) return;
    book.together(() => {
      const vm = world.vm(known.vm);
      if (vm !== undefined && known.kind === 'import') {
        destroyVm(world, vm.id);
        hidden.forget(vm);
      } else holdVm(world, known.vm, null);
      close(known);
    });
  };
  const leave = (lease: LabLease): void => {
    const known = own(lease);
    if (known === undefined || known.state !== 'held') return;
    known.state = 'left';
    known.stopTimer();
    known.stopTimer = clock.after(timeoutMs, () => end(known));
  };
  const add = (kind: LeaseKind, vm: EntityId): OpenLease => {
    const lease: OpenLease = { kind, vm, state: 'held', stopTimer: () => undefined };
    open.set(vm, lease);
    return lease;
  };

  link.subscribe((event) => {
    for (const lease of [...open.values()]) {
      if (event === 'expired') leave(lease);
      else if (lease.state === 'held') {
        // No sign of life comes through; it does again when the connection is back in time.
        lease.stopTimer();
        lease.stopTimer = clock.after(timeoutMs, () => {
          if (!link.isUp()) end(lease);
        });
      }
    }
  });

  return {
    open: (kind, vm) => {
      const lease = add(kind, vm);
      book.together(() => {
        book.add({ kind: 'lease', vm, lease: kind });
        holdVm(world, vm, busyWords[world.platform][kind]);
      });
      return lease;
    },
    complete: (lease) => {
      const known = own(lease);
      if (known === undefined) return;
      book.together(() => {
        holdVm(world, known.vm, null);
        close(known);
      });
    },
    end,
    leave,
    all: () => [...open.values()],
    takeOver: (kind, vm) => leave(add(kind, vm)),
  };
};
