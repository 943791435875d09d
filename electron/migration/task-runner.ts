import type { ImageRecord, RecoveryAssessment, RecoveryChoice, RestoreTarget } from '../../shared/domain/evacuation.ts';
import {
  type EntityId,
  type OperationId,
  type SiteId,
  siteOf,
  type TaskId,
  taskLabel,
} from '../../shared/domain/ids.ts';
import type { MigrationLimits } from '../../shared/domain/limits.ts';
import type { MigrationOperation } from '../../shared/domain/migration.ts';
import { isOpen, type TaskHeader, type TaskProgress, type TaskView } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Clock } from '../clock.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import type { Journal } from '../storage/ports.ts';
import { adopt } from './adopt.ts';
import { cancelTask, cancelWaiting } from './cancel-task.ts';
import { assess } from './cold/assess.ts';
import { type ColdTools, coldRun } from './cold/cold-run.ts';
import { type Guard, type LiveTask, liveTask, type TaskTools } from './live-task.ts';
import { busy, isCold, type NewTask, taskAgain, tasksOf } from './new-tasks.ts';
import type { PlaceBook } from './place-book.ts';
import { endedWithoutStart } from './pursue.ts';
import { createRunnerClaim } from './runner-claim.ts';
import { createTaskLog, type TaskLog } from './task-log.ts';
import { createTaskPool } from './task-pool.ts';

export interface TaskRunnerParts {
  readonly journal: Journal;
  /** The session of a connected site; null while it is not connected. */
  readonly sessions: (site: SiteId) => HypervisorSession | null;
  readonly guard: Guard;
  readonly places: PlaceBook;
  readonly limits: () => MigrationLimits;
  readonly clock: Clock;
  readonly processId: number;
  /** Told after the events are on disk. */
  readonly onTask: (view: TaskView) => void;
  readonly onProgress: (progress: TaskProgress) => void;
  /** ms between two looks that must agree before a move counts as never performed; 10 s unless told otherwise. */
  readonly settleMs?: number;
  /** Whose choices they count as. */
  readonly userName: string;
  readonly cold: ColdTools;
}

/** Runs tasks. Everything it does is in the journal before it is done; its errors are AppErrors. */
export interface TaskRunner {
  readonly log: TaskLog;
  /**
   * Writes one task a VM, all or none, and begins them within the limits.
   * @param images records of the images that are to be restored, by the VM in them
   * @throws `vm-changed` (a VM is in another open task), `not-found`, `method-unavailable`, `storage-locked` (another
   *   process runs tasks), `storage-failed`
   */
  submit(operation: MigrationOperation, images?: ReadonlyMap<EntityId, ImageRecord>): readonly TaskHeader[];
  /**
   * A new task in the same operation that tries again what this one did not achieve.
   * @throws as {@link submit}; `invalid-input` when the task succeeded
   */
  rerun(task: TaskId): TaskHeader;
  /**
   * Cancels a task; harmless when it has ended. Resolves once the platform was asked: how it ends is told by its view.
   * @throws `not-cancellable`, `not-found`, `storage-locked`, or why the platform could not be asked
   */
  cancel(task: TaskId): Promise<void>;
  /** Cancels all open tasks of an operation; the first error is thrown after all were tried. */
  cancelAll(operation: OperationId): Promise<void>;
  /**
   * Looks at what a cold migration left that did not end by itself. Changes nothing.
   * @throws `not-found`
   */
  assess(task: TaskId, signal: AbortSignal): Promise<RecoveryAssessment>;
  /**
   * Does what a person chose, after it was found safe once more. Resolves when it has begun.
   * @throws `recovery-not-safe`, `blocked-by-precautions` where another place is not fit, `not-found`, `vm-changed` when the task is not waiting for anybody, `storage-locked`
   */
  recover(task: TaskId, choice: RecoveryChoice, signal: AbortSignal): Promise<TaskView>;
  /**
   * To be called once on start: looks at what a crash left open. A task that had certainly not started its move ends
   * as cancelled; one that may have becomes `interrupted` until its site is connected and {@link reconcile} looks.
   * @returns false when another process is running tasks: then those are left to it
   * @throws `storage-failed`, `storage-locked`, `storage-damaged`
   */
  takeOver(): boolean;
  /**
   * To be called when a site has been connected (again): finds out what is not known, begins what waited for it.
   * @throws `storage-failed`, `storage-locked`, `storage-damaged`
   */
  reconcile(site: SiteId): void;
  /** To be called after limits were changed. */
  reconsider(): void;
  /** Resolves when nothing is under way: tasks have ended, or wait for their site to be connected. */
  quiet(): Promise<void>;
  /** Stops watching; what runs on the platform runs on, and is looked into at the next start. */
  stop(): Promise<void>;
}

const defaultSettleMs = 10_000;

export const createTaskRunner = (parts: TaskRunnerParts): TaskRunner => {
  const { journal, sessions, places, clock } = parts;
  const log = createTaskLog(journal, clock.now, parts.onTask);
  const claim = createRunnerClaim(journal, parts.processId, clock.now);
  const stopping = new AbortController();
  const tools: TaskTools = {
    log,
    clock,
    guard: parts.guard,
    known: places.entity,
    onProgress: tellSafely(parts.onProgress),
    stopping: stopping.signal,
    settleMs: parts.settleMs ?? defaultSettleMs,
    userName: parts.userName,
    cold: parts.cold,
  };
  const pool = createTaskPool({
    tools,
    sessions,
    places,
    limits: parts.limits,
    onIdle: () => {
      if (!claim.held()) return;
      // From now on another process may take care of what is adrift, so nothing kept in memory is trusted any more.
      pool.clear();
      log.forget();
      claim.release();
    },
  });

  /** With the right to run tasks comes the care for all that are open. */
  const takeCharge = (): boolean => {
    const claimed = claim.take();
    if (claimed !== 'taken') return claimed === 'held';
    pool.queueStarts();
    const open = journal.openTasks();
    if (open.length === 0) return true;
    const adrift: LiveTask[] = [];
    log.together(() => {
      for (const header of open) adrift.push(...adopt(header, journal, tools));
    });
    for (const task of adrift) {
      pool.add(task);
      if (sessions(task.site)) pool.lookInto(task);
    }
    return true;
  };

  const mustTakeCharge = (): void => {
    if (stopping.signal.aborted) throw new AppError('cancelled', {});
    if (!takeCharge()) throw new AppError('storage-locked', { file: 'journal.db' });
  };

  const add = (tasks: readonly NewTask[]): readonly TaskHeader[] => {
    mustTakeCharge();
    const holders = new Map(journal.openTasks().map((open) => [open.move.vm, open]));
    for (const { move } of tasks) {
      const holder = holders.get(move.vm);
      if (holder) throw busy(move.vmName, taskLabel(holder.id));
    }
    const headers = journal.transaction(() => tasks.map((task) => journal.createTask(task, task.createdAt)));
    for (const header of headers) pool.add(liveTask(header));
    pool.queueStarts();
    for (const header of headers) log.tell(header.id);
    return headers;
  };

  const assessTask = (id: TaskId, signal: AbortSignal): Promise<RecoveryAssessment> => {
    const header = journal.header(id);
    if (header === null || !isCold(header)) throw new AppError('not-found', { what: 'task', name: taskLabel(id) });
    return assess(
      coldRun(liveTask(header), () => sessions(siteOf(header.move.vm)), tools),
      signal,
    );
  };

  /** The image is judged for another place as for any restore. @throws `blocked-by-precautions` */
  const refuseUnfitPlace = async (id: TaskId, to: RestoreTarget, signal: AbortSignal): Promise<void> => {
    const header = journal.header(id);
    const image = log.view(id)?.cold.image?.name ?? header?.move.evacuation?.image;
    if (header?.move.evacuation === undefined || image === undefined) return;
    const evacuation = { ...header.move.evacuation, part: 'restore' as const, image };
    const findings = await parts.guard({ ...header.move, ...to, evacuation }, signal, id);
    const ruleIds = findings.flatMap(({ severity, ruleId }) => (severity === 'blocker' ? [ruleId] : []));
    if (ruleIds.length === 0) return;
    throw new AppError('blocked-by-precautions', { vmName: header.move.vmName, ruleIds: [...new Set(ruleIds)] });
  };

  const recover = async (id: TaskId, choice: RecoveryChoice, signal: AbortSignal): Promise<TaskView> => {
    const waiting = (): LiveTask => {
      mustTakeCharge();
      const task = pool.get(id);
      if (task?.phase === 'deciding') return task;
      const view = log.view(id);
      if (view === null) throw new AppError('not-found', { what: 'task', name: taskLabel(id) });
      throw busy(view.header.move.vmName, taskLabel(id));
    };
    waiting();
    const { options, facts } = await assessTask(id, signal);
    const obstacle = options.find(({ action }) => action === choice.action)?.obstacle ?? null;
    if (obstacle !== null) throw new AppError('recovery-not-safe', { action: choice.action, obstacle });
    if (choice.to !== undefined) await refuseUnfitPlace(id, choice.to, signal);
    // Somebody else may have chosen while it was looked at.
    const task = waiting();
    task.cancelWanted = false;
    task.withoutSource = facts.source === 'gone';
    const view = log.append(id, { kind: 'recovery-chosen', choice, by: parts.userName });
    pool.goOn(task);
    return view;
  };

  const cancel = async (id: TaskId): Promise<void> => {
    const view = log.view(id);
    if (!view) throw new AppError('not-found', { what: 'task', name: taskLabel(id) });
    if (!isOpen(view.state)) return;
    mustTakeCharge();
    const task = pool.get(id);
    if (task) await cancelTask(task, pool, sessions, tools);
  };

  const endWaiting = (): void => {
    try {
      const waiting = pool.all().filter((task) => task.phase === 'waiting');
      log.together(() => {
        for (const task of waiting) endedWithoutStart(task, tools);
      });
    } catch {
      // The log cannot be written: the next start finds them open, and ends them.
    }
  };

  return {
    log,
    submit: (operation, images = new Map()) => add(tasksOf(operation, places, images, clock.now())),
    rerun: (id) => {
      const view = log.view(id);
      const [header] = view ? add([taskAgain(view, places, clock.now())]) : [];
      if (!header) throw new AppError('not-found', { what: 'task', name: taskLabel(id) });
      return header;
    },
    assess: async (id, signal) => assessTask(id, signal),
    recover,
    cancel,
    cancelAll: async (operation) => {
      mustTakeCharge();
      const open = pool.all().filter((task) => task.header.operation === operation);
      // Those that wait first, so that none of them takes the place of one that is stopped.
      cancelWaiting(
        open.filter((task) => task.phase === 'waiting'),
        pool,
        tools,
      );
      const ends = await Promise.allSettled(open.map((task) => cancel(task.header.id)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    },
    takeOver: takeCharge,
    reconcile: (site) => {
      if (stopping.signal.aborted) return;
      if (!claim.held()) {
        if (journal.openTasks().length > 0) takeCharge();
        return;
      }
      for (const task of pool.all()) {
        if (task.site === site && (task.phase === 'adrift' || task.phase === 'deciding')) pool.lookInto(task);
      }
      pool.siteIsBack(site);
    },
    reconsider: pool.queueStarts,
    quiet: pool.quiet,
    stop: async () => {
      stopping.abort();
      endWaiting();
      await pool.quiet();
      pool.clear();
      claim.release();
    },
  };
};

/** A window that cannot be told (it is just closing) must not stop a migration. */
const tellSafely =
  (tell: (progress: TaskProgress) => void) =>
  (progress: TaskProgress): void => {
    try {
      tell(progress);
    } catch {
      // The next progress, or the end, is told again.
    }
  };
