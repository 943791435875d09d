import type { EntityId } from '../../../shared/domain/ids.ts';
import type { PlatformTaskOutcome } from '../port.ts';

/** A task of the platform, as a session sees it. */
export interface LabTask {
  readonly id: string;
  readonly vm: EntityId;
  percent(): number | null;
  outcome(): PlatformTaskOutcome | null;
  /** Asks to stop. The task ends `cancelled` when it next looks; false when it cannot be stopped any longer. */
  requestCancel(): boolean;
  /** Called on progress and at the end. @returns stops the telling. */
  subscribe(listener: () => void): () => void;
}

/** The side of a task that its runner holds. */
export interface RunningTask extends LabTask {
  report(percent: number): void;
  /** From now on it cannot be cancelled. */
  passPointOfNoReturn(): void;
  cancelRequested(): boolean;
  end(outcome: PlatformTaskOutcome): void;
}

/** All tasks a lab site knows. Like the real ones it forgets old ones that have ended. */
export interface LabTasks {
  create(vm: EntityId): RunningTask;
  get(id: string): LabTask | undefined;
}

/** vCenter keeps ended tasks for some minutes; the lab keeps this many. */
const remembered = 200;

const createTask = (id: string, vm: EntityId): RunningTask => {
  let percent: number | null = null;
  let outcome: PlatformTaskOutcome | null = null;
  let cancellable = true;
  let cancelling = false;
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    id,
    vm,
    percent: () => percent,
    outcome: () => outcome,
    requestCancel: () => {
      if (!cancellable) return false;
      cancelling = true;
      return true;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    report: (reached) => {
      if (reached === percent) return;
      percent = reached;
      tell();
    },
    passPointOfNoReturn: () => {
      cancellable = false;
    },
    cancelRequested: () => cancelling,
    end: (ended) => {
      outcome = ended;
      tell();
      listeners.clear();
    },
  };
};

/** @param firstNumber beyond every number that was given before, also by a process that is gone */
export const createLabTasks = (firstNumber = 1): LabTasks => {
  const tasks = new Map<string, RunningTask>();
  let number = firstNumber;
  return {
    create: (vm) => {
      const task = createTask(`Task:task-${number}`, vm);
      number += 1;
      tasks.set(task.id, task);
      const ended = [...tasks.values()].filter((known) => known.outcome() !== null);
      for (const old of ended.slice(0, Math.max(0, ended.length - remembered))) tasks.delete(old.id);
      return task;
    },
    get: (id) => tasks.get(id),
  };
};
