import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Datastore, Host } from '../../../../shared/domain/inventory.ts';

/** Where a VM will be when its move is done. */
export interface PlannedPlacement {
  readonly host: Host;
  /** Null on Hyper-V, which has no pools inside hosts and clusters. */
  readonly pool: EntityId | null;
  /** Where the files go; null when they stay where they are. */
  readonly newDatastore: Datastore | null;
  /** VM folder or host group. */
  readonly folder: EntityId | null;
}
