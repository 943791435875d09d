import type { EntityId, SiteId, TaskId } from './ids.ts';
import type { Destination, Placement } from './migration.ts';
import type { Platform } from './platform.ts';
import type { VirtualMachine } from './virtual-machine.ts';

/*
 * Evacuation: a stopped VM as an image in a folder, between its source and its destination.
 */

/**
 * What becomes of the source once its image is sealed. `retain-until-restored`: it is parked (renamed, kept from
 * booting) and deleted when the restored VM runs. `delete-before-restore`: it is deleted first, as the seed does it.
 */
export type SourcePolicy = 'retain-until-restored' | 'delete-before-restore';

/** What becomes of the image once the VM runs at its destination. */
export type ImagePolicy = 'delete-when-restored' | 'keep';

/** `whole` evacuates and restores; the others are one half of it, as an operation of its own. */
export type EvacuationPart = 'whole' | 'evacuate' | 'restore';

/** How a VM is evacuated and restored. */
export interface EvacuationPlan {
  readonly part: EvacuationPart;
  /** Absolute path of the evacuation image folder. */
  readonly folder: string;
  readonly sourcePolicy: SourcePolicy;
  readonly imagePolicy: ImagePolicy;
  /** Whether the restored VM is powered on when all is done. */
  readonly powerOn: boolean;
  /** Name of the image in the folder; there for `restore` alone, the other parts make one. */
  readonly image?: string;
}

/** A folder for evacuation images, as a person set it up. */
export interface EvacuationFolder {
  /** Absolute; a local path, a mounted one or a UNC share. */
  readonly path: string;
  /** Bytes that are never used, so that the volume does not fill up. */
  readonly floorBytes: number;
}

/** A folder as it was measured a moment ago. */
export interface FolderStatus extends EvacuationFolder {
  /** Null when it cannot be used now; then {@link problem} says why. */
  readonly freeBytes: number | null;
  readonly totalBytes: number | null;
  /** Promised to tasks that are still writing. */
  readonly reservedBytes: number;
  readonly problem: FolderProblem | null;
  /** ms since 1970. */
  readonly measuredAt: number;
}

export type FolderProblem = 'missing' | 'not-a-folder' | 'read-only' | 'no-permission' | 'unreachable';

export type ImageFileKind = 'disk' | 'firmware' | 'other';

/** One file of a sealed image. */
export interface ImageFile {
  /** Relative to the image; made by the console, never a name a server gave. */
  readonly name: string;
  readonly kind: ImageFileKind;
  /** For people, as the platform called it: `Hard disk 1`. */
  readonly label?: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** The platform's device key the bytes came from. */
  readonly deviceKey: string;
  /** What the disk can hold, bytes; null for what is no disk. */
  readonly capacityBytes: number | null;
}

/** A network as it was called where the VM came from. */
export interface ImageNetwork {
  /** Key of the adapter. */
  readonly adapter: string;
  readonly name: string;
}

/** Everything an image knows of the VM in it: what stands in its `image.json`. */
export interface ImageRecord {
  readonly format: 1;
  /** UUID of the image. */
  readonly id: string;
  /** Version of the console that wrote it. */
  readonly console: string;
  readonly task: TaskId | null;
  readonly site: SiteId;
  readonly siteName: string;
  readonly platform: Platform;
  /** The VM's facts just before the export. */
  readonly vm: VirtualMachine;
  readonly origin: {
    readonly placement: Placement;
    readonly placeName: string;
    /** The pool it came from as a destination, to restore it there. */
    readonly destination: Destination;
    readonly hostName: string;
    readonly networks: readonly ImageNetwork[];
  };
  /** What the source is called while it waits for the restore. */
  readonly parkedName: string;
  /** File names inside the image. */
  readonly descriptor: string;
  readonly manifest: string;
  readonly files: readonly ImageFile[];
  /** ms since 1970. */
  readonly createdAt: number;
}

/** An image as lists show it. */
export interface EvacuationImage {
  readonly folder: string;
  /** Name of its directory. */
  readonly name: string;
  /** `deleting`: somebody wanted it gone, and that did not come to its end. */
  readonly state: 'sealed' | 'partial' | 'deleting' | 'damaged';
  /** Null when `image.json` is missing or cannot be understood. */
  readonly record: ImageRecord | null;
  /** Bytes on disk. */
  readonly bytes: number;
  /** The open task that works with it; null when there is none. */
  readonly task: TaskId | null;
  /** Why it counts as damaged; null otherwise. */
  readonly problem: ImageProblem | null;
}

/** What is wrong with an image, and with which of its files. */
export interface ImageProblem {
  readonly kind: 'missing-file' | 'wrong-size' | 'wrong-content' | 'unreadable-record' | 'unreadable';
  readonly file: string;
}

/** What people may choose when a cold migration did not end by itself. */
export type RecoveryAction = 'resume' | 'roll-back' | 'restore-to-origin' | 'restore-elsewhere' | 'keep-image';

export interface RecoveryChoice {
  readonly action: RecoveryAction;
  /** Where to; there for `restore-elsewhere` alone. */
  readonly to?: RestoreTarget;
}

/** Where an image is restored. Null means: let the platform choose. */
export interface RestoreTarget {
  readonly destination: Destination;
  readonly host: EntityId | null;
  readonly datastore: EntityId | null;
  readonly networkMap: Readonly<Record<string, EntityId>>;
}

/** What was found out, a moment ago, about a cold migration that did not end by itself. */
export interface RecoveryFacts {
  /**
   * `parked`: renamed and kept from booting; `running`: somebody powered it on. `used`: it is off, and its disks hold
   * something else than what was copied, so that it is newer than the image.
   */
  readonly source: 'intact' | 'parked' | 'used' | 'running' | 'gone' | 'unknown';
  /**
   * `sealed`: its record is sound and its files are there in full size. Their content is compared when they are read.
   * `complete`: the same, but it was never sealed; that is done before anything is restored from it.
   */
  readonly image: 'none' | 'partial' | 'complete' | 'sealed' | 'damaged' | 'unknown';
  /** The VM made at the destination. */
  readonly restored: 'none' | 'incomplete' | 'off' | 'running' | 'unknown';
}

/** Why an action is not safe now. */
export type RecoveryObstacle =
  | 'source-running'
  | 'source-used'
  | 'source-gone'
  | 'source-exists'
  | 'no-image'
  | 'image-damaged'
  | 'restored-running'
  | 'already-restored'
  | 'not-known';

export interface RecoveryOption {
  readonly action: RecoveryAction;
  /** Null: it is safe. */
  readonly obstacle: RecoveryObstacle | null;
}

export interface RecoveryAssessment {
  readonly task: TaskId;
  readonly facts: RecoveryFacts;
  /** What the platform is busy with at the source, by its own name for it; null when nothing is, and when nobody can tell. */
  readonly sourceHeldBy: string | null;
  readonly imagePath: string | null;
  readonly options: readonly RecoveryOption[];
  /** The safe action that is advised; null when none is safe now. */
  readonly advised: RecoveryAction | null;
  /** ms since 1970. */
  readonly assessedAt: number;
}

/** Something the lost-VM finder came upon. */
export type LostVm =
  /** An image that no open task works with, and whose VM is nowhere in the inventory. */
  | { readonly kind: 'only-an-image'; readonly image: EvacuationImage }
  /** The same, but it was described and never sealed: verifying it seals it. */
  | { readonly kind: 'only-an-unsealed-image'; readonly image: EvacuationImage }
  /** An image begun and never sealed, without a task, whose VM is there. */
  | { readonly kind: 'left-over-partial'; readonly image: EvacuationImage }
  /** An image somebody wanted gone, of which not all is. */
  | { readonly kind: 'half-deleted'; readonly image: EvacuationImage }
  /** The same VM twice: a parked source beside the restored VM. */
  | { readonly kind: 'twice'; readonly vmName: string; readonly vms: readonly EntityId[] }
  /** A parked source without an open task, which was not evacuated alone either: that is parked on purpose. */
  | { readonly kind: 'parked-without-task'; readonly vmName: string; readonly vm: EntityId };

/** What of a restored VM is not as it was evacuated. Sizes in bytes. */
export interface HardwareDifference {
  readonly what: 'cpus' | 'memory' | 'disks' | 'disk-size' | 'adapters' | 'firmware';
  readonly wanted: string | number;
  readonly found: string | number;
}

/** Left to people after a cold migration. */
export type FollowUp =
  | { readonly kind: 'mount-iso'; readonly drive: string; readonly fileName: string }
  | { readonly kind: 'delete-checkpoint'; readonly name: string }
  | { readonly kind: 'reconnect-network-after-revert'; readonly checkpoint: string }
  | { readonly kind: 'check-address'; readonly adapter: string; readonly wanted: string; readonly found: string }
  | { readonly kind: 'remove-left-over'; readonly path: string }
  | { readonly kind: 'delete-parked-source'; readonly vmName: string }
  /** It was not deleted, because it holds something else than what was copied. */
  | { readonly kind: 'compare-used-source'; readonly vmName: string };
