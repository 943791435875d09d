import type { Finding } from '../../shared/domain/finding.ts';
import { type EntityId, type SiteId, siteOf, type TaskId } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Move } from '../../shared/domain/migration.ts';
import type { PlatformTaskRef, TaskEventBody, TaskHeader, TaskProgress, TaskView } from '../../shared/domain/task.ts';
import type { Clock } from '../clock.ts';
import type { ColdTools } from './cold/cold-run.ts';
import type { TaskLog } from './task-log.ts';

/**
 * A task this process is responsible for.
 * `adrift`: the relocation may have been started, and what became of it is not known.
 * `evacuating`: a cold migration is at its steps. `deciding`: it cannot go on until a person has chosen.
 */
export interface LiveTask {
  readonly header: TaskHeader;
  readonly site: SiteId;
  phase: 'waiting' | 'checking' | 'starting' | 'moving' | 'verifying' | 'adrift' | 'evacuating' | 'deciding';
  cancelWanted: boolean;
  /** Known here even when the journal could not take it. */
  platformTask: PlatformTaskRef | null;
  /** Ends the check early; nothing has been started then. */
  readonly checking: AbortController;
  /** Breaks off what a cold migration can be broken off at; a new one each time it goes on. */
  transfer: AbortController;
  /** Waits until another task has given back its room in the evacuation image folder. */
  waitsForRoom: boolean;
  /** The source is gone, the image stands for the VM, and whoever chose to go on knew it. */
  withoutSource: boolean;
  /** Non-null while a job is at the task. Aborting it makes the job look again at once, if the task is adrift. */
  nudge: AbortController | null;
}

export const liveTask = (header: TaskHeader): LiveTask => ({
  header,
  site: siteOf(header.move.vm),
  phase: 'waiting',
  cancelWanted: false,
  platformTask: null,
  checking: new AbortController(),
  transfer: new AbortController(),
  waitsForRoom: false,
  withoutSource: false,
  nudge: null,
});

/**
 * The precautions, evaluated on facts fetched now. The same decision the dialog showed.
 * @param task whose own reservation of room in a folder does not count against it
 */
export type Guard = (move: Move, signal: AbortSignal, task: TaskId) => Promise<readonly Finding[]>;

/** What the steps of a task work with. */
export interface TaskTools {
  readonly log: TaskLog;
  readonly guard: Guard;
  readonly clock: Clock;
  /** The inventory as last read, for names. */
  readonly known: (id: EntityId) => Entity | undefined;
  readonly onProgress: (progress: TaskProgress) => void;
  /** Aborted when the console closes: what runs on the platform goes on without us. */
  readonly stopping: AbortSignal;
  /** ms between two looks that must agree before a move counts as never performed. */
  readonly settleMs: number;
  /** Whose choice it counts as. */
  readonly userName: string;
  readonly cold: ColdTools;
}

/** Whether the platform may have been asked to move the VM. Written before the act, so `false` is certain. */
export const mayHaveStarted = (view: TaskView): boolean =>
  view.steps.some((step) => step.name !== 'check' && step.state !== 'pending');

/** The event that ends whatever step is running; nothing when none is. */
export const endOfRunningStep = (
  view: TaskView | null,
  outcome: 'failed' | 'cancelled' | 'unknown',
): readonly TaskEventBody[] => {
  const running = view?.steps.find((step) => step.state === 'running');
  return running ? [{ kind: 'step-ended', step: running.name, outcome }] : [];
};
