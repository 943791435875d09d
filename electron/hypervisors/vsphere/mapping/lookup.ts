import type { EntityId, SiteId } from '../../../../shared/domain/ids.ts';
import type { ManagedRef } from '../managed-ref.ts';

/**
 * What an object needs to know of others. An answer of undefined means: not known yet; then the object is looked at
 * again when it is.
 */
export interface Lookup {
  readonly site: SiteId;
  /**
   * The entity a reference stands for. The compute resource around a standalone host is no entity of its own: it stands
   * for the host. The server's root folder stands for the site: null.
   */
  entity(ref: ManagedRef): EntityId | null | undefined;
  /** What a compute resource consists of. */
  computeResource(ref: ManagedRef): ComputeResourceFacts | undefined;
  /** A distributed port group by its key, which is not its reference. */
  portGroup(key: string): EntityId | undefined;
  /** Words of the platform for what holds a VM; null when nothing is known to. */
  busyWith(vm: ManagedRef): string | null;
  /** Names of the rules of its cluster that name this VM; undefined when they were not told. */
  placementRules(vm: ManagedRef, host: ManagedRef | undefined): readonly string[] | undefined;
}

export interface ComputeResourceFacts {
  readonly ref: ManagedRef;
  readonly parent: ManagedRef | undefined;
  readonly resourcePool: ManagedRef | undefined;
  readonly hosts: readonly ManagedRef[];
}

export const isCluster = (ref: ManagedRef): boolean => ref.type === 'ClusterComputeResource';
