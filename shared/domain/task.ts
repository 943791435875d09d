import type { WireError } from '../errors/app-error.ts';
import type { FollowUp, RecoveryChoice } from './evacuation.ts';
import type { Finding } from './finding.ts';
import type { EntityId, OperationId, TaskId } from './ids.ts';
import type { Acknowledgement, Move, Placement } from './migration.ts';

/** States people read in the task log. */
export type TaskState =
  | 'waiting'
  | 'running'
  | 'cancelling'
  | 'cancelled'
  | 'completed'
  | 'failed'
  /** A person has to decide: open the recovery dialog. */
  | 'needs-attention'
  /** The console stopped while the task ran; nobody has looked yet. */
  | 'interrupted'
  /** The platform's answer was lost (time-out, connection cut); it is found out on reconnect, never assumed failed. */
  | 'unknown';

export const openTaskStates: readonly TaskState[] = ['waiting', 'running', 'cancelling', 'interrupted', 'unknown'];

export const isOpen = (state: TaskState): boolean => openTaskStates.includes(state);

export type StepName =
  | 'check'
  | 'relocate'
  | 'checkpoint'
  | 'export'
  | 'seal'
  | 'park'
  | 'restore'
  | 'verify'
  | 'power-on'
  | 'finish';

/** The steps of a hot migration, in order. */
export const hotSteps: readonly StepName[] = ['check', 'relocate', 'verify'];

export type WaitReason =
  | { readonly kind: 'host-limit'; readonly host: EntityId; readonly hostName: string; readonly limit: number }
  | { readonly kind: 'operation-limit'; readonly limit: number }
  | {
      readonly kind: 'datastore-limit';
      readonly datastore: EntityId;
      readonly datastoreName: string;
      readonly limit: number;
    }
  | { readonly kind: 'folder-limit'; readonly folder: string; readonly limit: number }
  /** Other tasks that still write have the room; it is free again when they have ended. Bytes. */
  | { readonly kind: 'folder-space'; readonly folder: string; readonly missingBytes: number }
  /** In the middle of a step: the platform says that another task of its own, an earlier lease say, has the VM. ms. */
  | { readonly kind: 'vm-held'; readonly atMostMs: number }
  | { readonly kind: 'site-offline'; readonly siteName: string };

/** The unchanging part of a task. */
export interface TaskHeader {
  readonly id: TaskId;
  readonly operation: OperationId;
  readonly createdAt: number;
  readonly move: Move;
  /** Finds the VM again when it got a new id meanwhile; absent when the inventory did not tell it. */
  readonly vmInstanceUuid?: string;
  /** Where the VM was when the task was made. */
  readonly origin: Placement;
  readonly originName: string;
  readonly acknowledgements: readonly Acknowledgement[];
  readonly atATime: number;
  /** The task this one repeats; null for a first try. */
  readonly rerunOf: TaskId | null;
}

/** The platform's own handle of a running action, kept so that it can be found again after a crash. */
export interface PlatformTaskRef {
  readonly id: string;
}

/** What the journal holds, in order; never changed, never removed. */
export type TaskEventBody =
  | { readonly kind: 'created' }
  | { readonly kind: 'waiting'; readonly reason: WaitReason }
  | { readonly kind: 'started' }
  | { readonly kind: 'step-started'; readonly step: StepName }
  | { readonly kind: 'checked'; readonly findings: readonly Finding[] }
  | { readonly kind: 'platform-task'; readonly step: StepName; readonly ref: PlatformTaskRef }
  | {
      readonly kind: 'step-ended';
      readonly step: StepName;
      readonly outcome: 'done' | 'failed' | 'cancelled' | 'unknown';
    }
  | { readonly kind: 'cancel-requested' }
  | { readonly kind: 'placement'; readonly placement: Placement; readonly placeName: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'outcome-unknown'; readonly error: WireError }
  /** Later found out what had become of it. */
  | {
      readonly kind: 'reconciled';
      readonly found: 'at-destination' | 'at-origin' | 'elsewhere' | 'still-running' | 'gone';
    }
  /* Cold migration. Each is written before the act it tells of, unless it says what came of one. */
  | { readonly kind: 'space-reserved'; readonly folder: string; readonly bytes: number }
  /** The image that is going to be written. `id` is its UUID. */
  | { readonly kind: 'image-begun'; readonly folder: string; readonly name: string; readonly id: string }
  /** It was read back and compared with its manifest. */
  | { readonly kind: 'image-sealed'; readonly bytes: number }
  | { readonly kind: 'parking'; readonly parkedName: string }
  /** A VM with this instance UUID is going to be made there: how it is found again, whatever is lost. */
  | {
      readonly kind: 'restoring';
      readonly instanceUuid: string;
      readonly vmName: string;
      readonly destinationName: string;
    }
  | { readonly kind: 'restored-vm'; readonly vm: EntityId }
  /** All bytes are there and the platform was told so. */
  | { readonly kind: 'import-completed' }
  | { readonly kind: 'restored-vm-removed' }
  | { readonly kind: 'source-deleted' }
  /** What the source was still held by when its export had failed; the platform's own name for it. */
  | { readonly kind: 'source-held'; readonly busyWith: string }
  | { readonly kind: 'unparked' }
  | { readonly kind: 'image-removed' }
  | { readonly kind: 'follow-up'; readonly item: FollowUp }
  /** A person says that nothing is left to do. */
  | { readonly kind: 'follow-ups-done'; readonly by: string }
  /** It cannot go on by itself. The task stays open until a person has chosen. */
  | { readonly kind: 'decision-needed'; readonly error: WireError }
  | { readonly kind: 'recovery-chosen'; readonly choice: RecoveryChoice; readonly by: string }
  | { readonly kind: 'completed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'needs-attention'; readonly error: WireError };

/** Kinds of events that tell how far a cold migration is, and change nothing about the state of its task. */
const coldEventKinds = [
  'space-reserved',
  'image-begun',
  'image-sealed',
  'parking',
  'restoring',
  'restored-vm',
  'import-completed',
  'restored-vm-removed',
  'source-deleted',
  'source-held',
  'unparked',
  'image-removed',
  'follow-up',
  'follow-ups-done',
] as const;

/** An event that only cold migrations have, and that leaves the state of the task alone. */
export type ColdEventBody = Extract<TaskEventBody, { readonly kind: (typeof coldEventKinds)[number] }>;

export const isColdEvent = (body: TaskEventBody): body is ColdEventBody =>
  (coldEventKinds as readonly string[]).includes(body.kind);

export interface TaskEvent {
  readonly task: TaskId;
  /** 1, 2, 3 … within the task. */
  readonly sequence: number;
  /** ms since 1970. */
  readonly at: number;
  readonly body: TaskEventBody;
}

export interface TaskStep {
  readonly name: StepName;
  readonly state: 'pending' | 'running' | 'done' | 'failed' | 'cancelled' | 'unknown';
  readonly startedAt: number | null;
  readonly endedAt: number | null;
}

/** Progress is not journalled: it is only true while it is shown. */
export interface TaskProgress {
  readonly task: TaskId;
  /** 0-100, or null when the platform has not told. */
  readonly percent: number | null;
  readonly step: StepName;
  /** Bytes a second, where bytes are copied and counted. */
  readonly bytesPerSecond?: number;
  /** Where bytes are copied and counted: each file, and how far it is. */
  readonly files?: readonly FileProgress[];
}

export interface FileProgress {
  /** As the platform labels the disk: `Hard disk 1`. */
  readonly label: string;
  readonly doneBytes: number;
  /** Null when it is not known before the end. */
  readonly totalBytes: number | null;
}

/** The evacuation image of a task. */
export interface TaskImage {
  readonly folder: string;
  readonly name: string;
  readonly id: string;
  readonly state: 'writing' | 'sealed' | 'removed';
  /** Null until it is sealed. */
  readonly bytes: number | null;
}

/** How far the cold migration of a VM has come, beside its steps. */
export interface ColdProgress {
  readonly image: TaskImage | null;
  /** Room promised in a folder, bytes; null before, and when it is no longer needed. */
  readonly reservation: { readonly folder: string; readonly bytes: number } | null;
  /** What the source is called while it is parked; null while it is not (or no more). */
  readonly parkedName: string | null;
  readonly sourceDeleted: boolean;
  readonly restore: {
    readonly instanceUuid: string;
    readonly vm: EntityId | null;
    readonly imported: boolean;
  } | null;
  /** What a person chose last; null when nobody has. */
  readonly choice: RecoveryChoice | null;
  /** It waits for a person to choose. */
  readonly awaitsDecision: boolean;
  readonly followUps: readonly FollowUp[];
  /** Who said that nothing of it is left to do, and when (ms since 1970); null while nobody has. */
  readonly followUpsDone: { readonly by: string; readonly at: number } | null;
}

/** A task as lists show it: its header and the state folded from its events. */
export interface TaskView {
  readonly header: TaskHeader;
  readonly state: TaskState;
  readonly steps: readonly TaskStep[];
  readonly waitReason: WaitReason | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly error: WireError | null;
  readonly platformTask: PlatformTaskRef | null;
  readonly findings: readonly Finding[];
  readonly placeName: string | null;
  readonly cold: ColdProgress;
}
