import type { DestinationKind } from '../../../../shared/domain/migration.ts';
import { type ManagedRef, sameRef } from '../managed-ref.ts';

/** What a move is planned on: the VM, and the cluster or standalone host at either end. */
export interface MoveFacts {
  readonly vm: ManagedRef;
  readonly currentHost: ManagedRef | null;
  readonly currentDatastores: readonly ManagedRef[];
  /** The compute resource whose pool the VM is in; null when it is in none. */
  readonly currentOwner: ManagedRef | null;
  readonly destination: { readonly kind: DestinationKind; readonly ref: ManagedRef };
  readonly destinationOwner: ComputeResource;
  /** A server that is one host: it has no RelocateVM_Task to speak of. */
  readonly singleHost: boolean;
}

export interface ComputeResource {
  readonly ref: ManagedRef;
  readonly rootPool: ManagedRef;
  readonly hosts: readonly CandidateHost[];
}

export interface CandidateHost {
  readonly ref: ManagedRef;
  /** Connected, and not in maintenance. */
  readonly usable: boolean;
  readonly datastores: readonly ManagedRef[];
  readonly freeMemoryBytes: number;
}

/** What a person decided; null leaves it to the plan. */
export interface MoveWishes {
  readonly host: ManagedRef | null;
  readonly datastore: ManagedRef | null;
}

/** What to ask of the server: a relocation, a change of pool, or the one and then the other. */
export interface MovePlan {
  readonly relocate: {
    readonly datastore: ManagedRef | null;
    readonly pool: ManagedRef | null;
    readonly host: ManagedRef | null;
  } | null;
  readonly thenInto: ManagedRef | null;
}

/**
 * How a VM gets to each kind of destination (VirtualMachineRelocateSpec, ResourcePool.MoveIntoResourcePool):
 *
 * - Host: to that host. Within its cluster the VM keeps its pool; from elsewhere it goes to the cluster's root pool.
 *   A standalone host stands for its root pool, also for a VM that is on it already.
 * - Resource pool: to that pool, and to a host of the pool's owner.
 * - Cluster: to its root pool, and to one of its hosts.
 * - vApp: the text of the relocate specification knows resource pools only, whereas MoveIntoResourcePool names vApps
 *   and VMs, but only within one cluster or standalone host. So a VM from elsewhere is first relocated to the root pool
 *   of the vApp's owner, and then put into the vApp; one that is there already is only put into it.
 *
 * A pool is named whenever it changes, because the pool of another owner is refused; a host is always named, because it
 * may be left out only where DRS chooses, and a running VM is refused without one even there (vmware/govmomi#2050).
 */
export const planMove = (facts: MoveFacts, wishes: MoveWishes): MovePlan => {
  const { destination, destinationOwner, currentOwner, singleHost } = facts;
  const staysWithOwner = currentOwner !== null && sameRef(currentOwner, destinationOwner.ref);
  const pool = poolAt(facts, staysWithOwner);
  const host = hostAt(facts, wishes, staysWithOwner);
  if (destination.kind === 'vapp') {
    const alreadyThere = staysWithOwner && wishes.datastore === null && wishes.host === null;
    return {
      relocate: alreadyThere ? null : { datastore: wishes.datastore, pool, host },
      thenInto: destination.ref,
    };
  }
  if (singleHost && wishes.datastore === null) return { relocate: null, thenInto: pool ?? destinationOwner.rootPool };
  return { relocate: { datastore: wishes.datastore, pool, host }, thenInto: null };
};

/** Null: the VM keeps its pool. */
const poolAt = ({ destination, destinationOwner }: MoveFacts, staysWithOwner: boolean): ManagedRef | null => {
  switch (destination.kind) {
    case 'host':
      return staysWithOwner && destinationOwner.ref.type === 'ClusterComputeResource'
        ? null
        : destinationOwner.rootPool;
    case 'resource-pool':
      return destination.ref;
    case 'vapp':
      return staysWithOwner ? null : destinationOwner.rootPool;
    case 'cluster':
      return destinationOwner.rootPool;
    default:
      return destination.kind satisfies never;
  }
};

/** Null, so that the server chooses or says why it cannot, only when no host seems usable. */
const hostAt = (facts: MoveFacts, wishes: MoveWishes, staysWithOwner: boolean): ManagedRef | null => {
  if (facts.destination.kind === 'host') return facts.destination.ref;
  if (wishes.host !== null) return wishes.host;
  if (staysWithOwner && facts.currentHost !== null) return facts.currentHost;
  return bestHost(
    facts.destinationOwner.hosts,
    wishes.datastore === null ? facts.currentDatastores : [wishes.datastore],
  );
};

/** The usable host with the most free memory, of those that see the datastores; null when none is usable. */
export const bestHost = (hosts: readonly CandidateHost[], datastores: readonly ManagedRef[]): ManagedRef | null => {
  const usable = hosts.filter((host) => host.usable);
  const fitting = usable.filter((host) =>
    datastores.every((one) => host.datastores.some((other) => sameRef(one, other))),
  );
  // Where none sees all datastores, the server's refusal says so better than a guess here.
  const [best] = [...(fitting.length > 0 ? fitting : usable)].sort(
    (one, other) => other.freeMemoryBytes - one.freeMemoryBytes || one.ref.value.localeCompare(other.ref.value),
  );
  return best?.ref ?? null;
};
