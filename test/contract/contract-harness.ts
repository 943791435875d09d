import type { HypervisorAdapter, SiteAddress } from '../../electron/hypervisors/port.ts';
import type { FixKind } from '../../shared/domain/fix.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { Destination, DestinationKind, Move, Placement } from '../../shared/domain/migration.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { Site } from '../../shared/domain/site.ts';

/** Parts of the contract that a platform under test may be unable to show. */
export type OptionalAbility =
  /** A password can be refused. */
  | 'wrong-password'
  /** The server shows a certificate. */
  | 'certificate'
  /** There is an address where nobody listens. */
  | 'unreachable-address'
  /** There is an address where something else than a management server answers. */
  | 'other-server'
  /** The platform reports progress and can hold a move half-way. */
  | 'held-move'
  /** A running move can be cancelled. */
  | 'cancel'
  /** A running move can be made to fail. */
  | 'failing-move'
  /** A VM can be destroyed in the middle of its move. */
  | 'vanishing-vm'
  /** The answer to the start of a move can get lost. */
  | 'lost-answer'
  /** The connection can be cut and come back. */
  | 'lost-connection'
  /** The server can forget a session. */
  | 'session-expiry'
  /** The platform checks a move and objects to a bad one. */
  | 'objections'
  /** The platform answers, and does not break, when asked to move to a place that does not exist. */
  | 'missing-destination'
  /** A move can name the datastore. */
  | 'datastore-choice'
  /** A move can put a network adapter on another network. */
  | 'network-map'
  /** A VM can leave the inventory and come back under a new id. */
  | 'new-id'
  /** Stopped VMs can be exported and imported. */
  | 'cold-migration'
  /** The stream of a file can be broken half-way. */
  | 'broken-stream'
  /** A lease runs out by itself when nobody keeps it alive. */
  | 'lease-expiry';

/** How the suite gets hold of a platform. One per adapter. */
export interface ContractHarness {
  readonly platform: Platform;
  /** Destinations the platform has at all: a Hyper-V site has no vApp. */
  readonly destinationKinds: readonly DestinationKind[];
  /** What this platform cannot show, each with the reason. Those tests are left out. */
  readonly unavailable: Readonly<Partial<Record<OptionalAbility, string>>>;
  /** A platform in its first state, for one test. Nothing of the test before is left. */
  start(): Promise<ContractStage>;
}

export interface KnownVm {
  readonly id: EntityId;
  readonly name: string;
  readonly instanceUuid: string;
}

export interface UnfitEvacuation {
  readonly move: Move;
  readonly fault: string;
  readonly severity: 'error' | 'warning';
}

/** One running platform with objects known by their role. */
export interface ContractStage {
  readonly adapter: HypervisorAdapter;
  /** Ready to connect to: address, port, and the pinned certificate if there is one. */
  readonly site: Site;
  readonly password: string;
  readonly runningVm: KnownVm;
  /** For `cold-migration` its networks are to be reached at every destination, and nothing speaks against exporting it. */
  readonly stoppedVm: KnownVm;
  /** Where the running VM and the stopped one are not and may be moved to, one of each kind the harness names. */
  destination(kind: DestinationKind): Destination;
  /** For `objections`: a hot move that the platform itself objects to, for good. */
  readonly objectionableMove?: Move;
  /** For `datastore-choice`: a move of the running VM that names a datastore the VM is not on. */
  readonly datastoreMove?: Move;
  /** For `network-map`: a move of the running VM with one entry in its network map. */
  readonly networkMove?: Move;
  /** For `cold-migration`: evacuations that speak against themselves, each with the platform's name for why. */
  readonly unfitEvacuations?: readonly UnfitEvacuation[];
  readonly unreachable?: SiteAddress;
  readonly otherServer?: SiteAddress;
  /** A stopped VM for each kind of fix the platform knows, with what is to be taken out of it. */
  readonly fixable: Readonly<Partial<Record<FixKind, EntityId>>>;
  readonly control: PlatformControl;
  /** Frees everything. Called after every test, also a failed one. */
  stop(): Promise<void>;
}

/** Drives the platform behind the adapter's back, and asks it independently of the adapter. */
export interface PlatformControl {
  /** The witness: where the platform says the VM is; null when it has no such VM. */
  whereIs(vm: EntityId): Promise<Placement | null>;
  /** Lets the platform's time pass until the promise settles, and settles likewise. Where time is real: just waits. */
  whilePassing<Value>(promise: Promise<Value>): Promise<Value>;

  renameVm(vm: EntityId, name: string): Promise<void>;
  destroyVm(vm: EntityId): Promise<void>;
  moveVm(vm: EntityId, destination: Destination): Promise<void>;
  /** For `new-id`. Returns the id the VM has now. */
  reregisterVm?(vm: EntityId): Promise<EntityId>;

  /** For `wrong-password`: a password that the platform refuses. */
  wrongPassword?(): Promise<string>;
  /** For `held-move`: moves started from now on reach some per cent, report it and stay there until released. */
  holdMoves?(): Promise<void>;
  /** Held moves go on to their end. */
  releaseMoves?(): Promise<void>;
  /** For `failing-move`: the next move fails with this fault after it has started. */
  failNextMove?(fault: string): Promise<void>;
  /** For `lost-answer`: the next start of a move is carried out, and its answer never arrives. */
  loseNextMoveAnswer?(): Promise<void>;
  /** For `lost-connection`: cuts every connection and refuses new ones until {@link restoreConnection}. */
  dropConnection?(): Promise<void>;
  restoreConnection?(): Promise<void>;
  /** For `session-expiry`: the server forgets every session. */
  expireSessions?(): Promise<void>;
  /** For `broken-stream`: the next file that goes out or in breaks off in its middle; its lease lives on. */
  breakNextStream?(): Promise<void>;
  /** For `lease-expiry`: lets so much time pass that a lease nobody keeps alive has ended. */
  outlastLease?(): Promise<void>;
}
