import type { EntityId, SiteId, TaskId } from '../../shared/domain/ids.ts';
import type { MigrationLimits } from '../../shared/domain/limits.ts';
import type { WaitReason } from '../../shared/domain/task.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { runColdMigration } from './cold/cold-migration.ts';
import { hasBegun } from './cold/cold-run.ts';
import { runHotMigration } from './hot-migration.ts';
import { datastoresOf, folderOf, hostsOf, waitReasonOf } from './limits.ts';
import type { LiveTask, TaskTools } from './live-task.ts';
import type { PlaceBook } from './place-book.ts';
import { pursue } from './pursue.ts';
import { createSiteSilence } from './site-silence.ts';

export interface TaskPoolParts {
  readonly tools: TaskTools;
  readonly sessions: (site: SiteId) => HypervisorSession | null;
  readonly places: PlaceBook;
  readonly limits: () => MigrationLimits;
  /** Nothing is under way and nothing waits: what is left is adrift until its site is connected. */
  readonly onIdle: () => void;
}

/** The tasks this process looks after, and the one place that decides when one of them begins. */
export interface TaskPool {
  add(task: LiveTask): void;
  remove(task: TaskId): void;
  get(task: TaskId): LiveTask | undefined;
  all(): readonly LiveTask[];
  clear(): void;
  /** Begins waiting tasks, oldest first, as far as the limits allow; tells the others what they wait for. */
  queueStarts(): void;
  /** A site is connected (again): its tasks need not wait any longer. */
  siteIsBack(site: SiteId): void;
  /** Finds out what became of an adrift task, or tries again at once when somebody is at it. */
  lookInto(task: LiveTask): void;
  /** A person has chosen, and it was written down: a cold migration goes on at once. */
  goOn(task: LiveTask): void;
  quiet(): Promise<void>;
}

export const createTaskPool = ({ tools, sessions, places, limits, onIdle }: TaskPoolParts): TaskPool => {
  const live = new Map<TaskId, LiveTask>();
  const jobs = new Set<Promise<void>>();
  let startsQueued = false;
  let lastLimits: MigrationLimits = { perHost: 1, perDatastore: 1, perFolder: 1 };

  const begin = (work: () => Promise<void>): void => {
    const job = work().finally(() => {
      jobs.delete(job);
      queueStarts();
    });
    jobs.add(job);
  };

  /** Never two jobs at one task: who asks for a look while there is one makes that one look again. */
  const attend = (task: LiveTask, work: () => Promise<void>): void => {
    task.nudge = new AbortController();
    begin(async () => {
      await work();
      // Asked for after the job had looked for the last time: nobody else would follow it up.
      const askedAgain = task.nudge?.signal.aborted === true && task.phase === 'adrift' && live.has(task.header.id);
      task.nudge = null;
      if (askedAgain) lookInto(task);
    });
  };

  const lookInto = (task: LiveTask): void => {
    if (task.phase === 'deciding') {
      // Nothing of the last step can be chosen otherwise, and nothing of it can cost a VM.
      const view = tools.log.view(task.header.id);
      if (view !== null && hasBegun(view, 'finish') && !view.cold.awaitsDecision) goOn(task);
      return;
    }
    if (task.nudge) task.nudge.abort();
    else attend(task, () => findOut(task));
  };

  const silence = createSiteSilence(tools, begin);

  const goOn = (task: LiveTask): void => {
    task.phase = 'evacuating';
    attend(task, () => runCold(task));
  };

  const runCold = async (task: LiveTask): Promise<void> => {
    task.transfer = new AbortController();
    try {
      const end = await runColdMigration(task, () => sessions(task.site), tools);
      switch (end) {
        case 'ended':
          live.delete(task.header.id);
          silence.end(task.site);
          return;
        case 'offline':
          task.phase = 'waiting';
          silence.begin(task.site);
          return;
        case 'no-room':
          task.phase = 'waiting';
          task.waitsForRoom = true;
          return;
        case 'deciding':
          task.phase = 'deciding';
          return;
        default:
          return end satisfies never;
      }
    } catch (error) {
      // The log cannot be written. Nothing more is done, and the next start finds the task as it was.
      tools.log.tellUnwritable(task.header.id, error);
      task.phase = 'deciding';
    }
  };

  const run = async (task: LiveTask, session: HypervisorSession): Promise<void> => {
    if (task.header.move.method === 'cold-evacuate') return runCold(task);
    try {
      const end = await runHotMigration(task, session, tools);
      if (end === 'ended') {
        live.delete(task.header.id);
        silence.end(task.site);
      }
      if (end === 'offline') {
        task.phase = 'waiting';
        silence.begin(task.site);
      }
      if (end !== 'adrift') return;
    } catch (error) {
      // The log cannot be written. Nothing is done on the platform that it would not know of.
      tools.log.tellUnwritable(task.header.id, error);
    }
    await findOut(task);
  };

  const findOut = async (task: LiveTask): Promise<void> => {
    task.phase = 'adrift';
    if ((await pursue(task, () => sessions(task.site), tools)) === 'ended') live.delete(task.header.id);
  };

  const queueStarts = (): void => {
    if (startsQueued) return;
    startsQueued = true;
    queueMicrotask(() => {
      startsQueued = false;
      if (!tools.stopping.aborted) startWhatMay();
      if (jobs.size === 0 && ![...live.values()].some((task) => task.phase === 'waiting')) onIdle();
    });
  };

  const startWhatMay = (): void => {
    const bounds = currentLimits();
    const waiting = [...live.values()].filter((task) => task.phase === 'waiting');
    const busy = [...live.values()].filter((task) => task.phase !== 'waiting' && task.phase !== 'deciding');
    const underWay = busy.map(loadOf);
    const reasons = new Map<TaskId, WaitReason>();
    for (const task of waiting) {
      const folder = folderOf(task.header);
      if (task.waitsForRoom && busy.some((other) => folderOf(other.header) === folder)) continue;
      task.waitsForRoom = false;
      const session = sessions(task.site);
      const offline = session && !silence.lasts(task.site) ? null : places.siteName(task.site);
      const reason = waitReasonOf(task.header, underWay, bounds, offline, nameOf);
      if (reason) reasons.set(task.header.id, reason);
      else if (session) {
        underWay.push(loadOf(task));
        task.phase = 'checking';
        attend(task, () => run(task, session));
      }
    }
    tellWaiting(reasons);
  };

  const loadOf = ({ header }: LiveTask) => ({
    operation: header.operation,
    hosts: hostsOf(header),
    datastores: datastoresOf(header),
    folder: folderOf(header),
  });
  const nameOf = (entity: EntityId): string => places.entity(entity)?.name ?? entity;

  const currentLimits = (): MigrationLimits => {
    try {
      lastLimits = limits();
    } catch {
      // The settings cannot be read at this moment: what they said last still holds.
    }
    return lastLimits;
  };

  const tellWaiting = (reasons: ReadonlyMap<TaskId, WaitReason>): void => {
    try {
      const news = [...reasons].filter(([id, reason]) => !isSame(tools.log.view(id)?.waitReason, reason));
      if (news.length === 0) return;
      tools.log.together(() => {
        for (const [id, reason] of news) tools.log.append(id, { kind: 'waiting', reason });
      });
    } catch (error) {
      for (const id of reasons.keys()) tools.log.tellUnwritable(id, error);
    }
  };

  return {
    add: (task) => {
      live.set(task.header.id, task);
    },
    remove: (task) => {
      live.delete(task);
    },
    get: (task) => live.get(task),
    all: () => [...live.values()],
    clear: () => live.clear(),
    queueStarts,
    siteIsBack: (site) => {
      silence.end(site);
      queueStarts();
    },
    lookInto,
    goOn,
    quiet: async () => {
      while (jobs.size > 0 || startsQueued) await Promise.allSettled([...jobs, Promise.resolve()]);
    },
  };
};

const isSame = (told: WaitReason | null | undefined, reason: WaitReason): boolean =>
  JSON.stringify(told) === JSON.stringify(reason);
