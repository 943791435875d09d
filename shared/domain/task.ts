import type { WireError } from '../errors/app-error.ts';
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
  | { readonly kind: 'vm-busy'; readonly busyWith: string }
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
  | { readonly kind: 'completed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'needs-attention'; readonly error: WireError };

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
}
