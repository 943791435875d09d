import type { EvacuationPlan } from './evacuation.ts';
import type { EntityId, OperationId } from './ids.ts';

/**
 * How a VM is moved (see the design of cold migration):
 * `hot` live migration of a running VM; `cold-evacuate` export to the evacuation image folder, restore, power on;
 * `cold-direct` the platform relocates the stopped VM itself, then it is powered on.
 */
export type MigrationMethod = 'hot' | 'cold-evacuate' | 'cold-direct';

/** The kinds of pool a VM can be moved to (seed tables 2-18 and 2-19). */
export type DestinationKind = 'host' | 'resource-pool' | 'vapp' | 'cluster';

export interface Destination {
  readonly kind: DestinationKind;
  readonly id: EntityId;
  readonly name: string;
}

/** Where a VM is: enough to tell whether a move happened, and to describe it to a person. */
export interface Placement {
  readonly host: EntityId | null;
  readonly pool: EntityId | null;
  readonly datastores: readonly EntityId[];
}

/** One VM to be moved. Null means: let the platform choose. */
export interface Move {
  readonly vm: EntityId;
  readonly vmName: string;
  readonly method: MigrationMethod;
  readonly destination: Destination;
  readonly host: EntityId | null;
  readonly datastore: EntityId | null;
  /** Adapter key -> network at the destination. Adapters not named keep their network. */
  readonly networkMap: Readonly<Record<string, EntityId>>;
  /** For `cold-evacuate` alone; absent as long as no evacuation image folder was chosen. */
  readonly evacuation?: EvacuationPlan;
}

/** Where the VM goes, as people call it: the folder when it is only evacuated, else the pool. */
export const targetName = ({ destination, evacuation }: Move): string =>
  evacuation?.part === 'evacuate' ? evacuation.folder : destination.name;

/** A person accepted a warning, and why. Kept in the task log. */
export interface Acknowledgement {
  readonly vm: EntityId;
  readonly ruleId: string;
  readonly reason: string;
}

/** Several VMs going to one and the same destination pool (D4). */
export interface MigrationOperation {
  readonly id: OperationId;
  readonly destination: Destination;
  readonly moves: readonly Move[];
  readonly acknowledgements: readonly Acknowledgement[];
  /** How many of these VMs move at the same time. */
  readonly atATime: number;
}
