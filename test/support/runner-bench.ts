import { onTestFinished } from 'vitest';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import { createPlaceBook } from '../../electron/migration/place-book.ts';
import { createTaskRunner, type TaskRunner, type TaskRunnerParts } from '../../electron/migration/task-runner.ts';
import type { Journal } from '../../electron/storage/ports.ts';
import { operationId, type TaskId } from '../../shared/domain/ids.ts';
import type { Destination, MigrationOperation, Placement } from '../../shared/domain/migration.ts';
import type { TaskHeader, TaskProgress, TaskView } from '../../shared/domain/task.ts';
import { describeEvent } from './describe-event.ts';
import { aCluster, aHost, aMove, aPool, aVm, destinationOf, idOf, inventoryOf } from './inventory-builders.ts';
import { noColdTools } from './no-cold-tools.ts';
import { openTestStorage } from './open-test-storage.ts';
import { createScriptedPlatform, type ScriptedPlatform } from './scripted-session.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export const newPool: Destination = destinationOf(aPool({ name: 'pool-02' }));
export const newHost: Destination = destinationOf(aHost({ name: 'esx-02' }));

/** A site with a cluster, two hosts, two pools, and VMs of these names in pool-01 on esx-01. */
export const aPlatformWith = (...vmNames: readonly string[]): ScriptedPlatform => {
  const platform = createScriptedPlatform();
  platform.put(aCluster({ name: 'cluster-01' }), aHost(), aHost({ name: 'esx-02' }));
  platform.put(aPool(), aPool({ name: 'pool-02' }), aPool({ name: 'pool-03' }));
  platform.put(...vmNames.map((name) => aVm({ name })));
  return platform;
};

export const anOperation = (
  vmNames: readonly string[],
  facts: Partial<MigrationOperation> = {},
): MigrationOperation => {
  const destination = facts.destination ?? newPool;
  return {
    id: operationId('op-1'),
    destination,
    moves: vmNames.map((name) => aMove(aVm({ name }), destination)),
    acknowledgements: [],
    atATime: 8,
    ...facts,
  };
};

export interface RunnerBench {
  readonly platform: ScriptedPlatform;
  readonly journal: Journal;
  readonly runner: TaskRunner;
  readonly progress: readonly TaskProgress[];
  /** Every view told, in order. */
  readonly told: readonly TaskView[];
  /** What the runner sees as its session; null is offline. */
  session: HypervisorSession | null;
  view(task: TaskId): TaskView;
  kinds(task: TaskId): readonly string[];
  /** Resolves when a view of the task was told, or has been told last, that fits. */
  until(task: TaskId, fits: (view: TaskView) => boolean): Promise<TaskView>;
  submitOne(vmName?: string, facts?: Partial<MigrationOperation>): TaskHeader;
}

export interface BenchOptions extends Partial<Omit<TaskRunnerParts, 'sessions'>> {
  readonly platform?: ScriptedPlatform;
  readonly session?: HypervisorSession | null;
  /** Stands for a process that is killed: nothing is tidied up after it. */
  readonly mortal?: boolean;
}

/** A runner on a real journal file and a scripted platform. Waits end at once, and time passes on the platform then. */
export const runnerBench = (options: BenchOptions = {}): RunnerBench => {
  const platform = options.platform ?? aPlatformWith('web-01');
  const journal = options.journal ?? openTestStorage(temporaryDirectory()).journal;
  const told: TaskView[] = [];
  const progress: TaskProgress[] = [];
  const waiters = new Set<() => void>();
  let time = 1_000;

  const runner = createTaskRunner({
    journal,
    guard: async () => [],
    places: createPlaceBook(
      {
        view: () => ({ ...inventoryOf(), get: platform.entity }),
        facts: (ids) => ids.flatMap((id) => ({ vm: platform.vm(id) ?? aVm() })),
      },
      () => 'Site A',
    ),
    limits: () => ({ perHost: 8, perDatastore: 8, perFolder: 8 }),
    clock: {
      now: () => {
        time += 1;
        return time;
      },
      delay: async (_, signal) => {
        signal.throwIfAborted();
        await new Promise(setImmediate);
        platform.passTime();
      },
    },
    processId: process.pid,
    userName: 'k.sato',
    cold: noColdTools,
    ...options,
    sessions: () => bench.session,
    onTask: (view) => {
      told.push(view);
      options.onTask?.(view);
      for (const check of waiters) check();
    },
    onProgress: (one) => {
      progress.push(one);
      options.onProgress?.(one);
    },
  });
  if (!options.mortal) onTestFinished(() => runner.stop());

  const lastTold = (task: TaskId): TaskView | undefined => told.findLast((view) => view.header.id === task);

  const bench: RunnerBench = {
    platform,
    journal,
    runner,
    told,
    progress,
    session: options.session === undefined ? platform.session() : options.session,
    view: (task) => {
      const view = runner.log.view(task);
      if (!view) throw new Error(`no task ${task}`);
      return view;
    },
    kinds: (task) => journal.events(task).map(({ body }) => describeEvent(body)),
    until: (task, fits) =>
      new Promise((resolve) => {
        const check = (): void => {
          const view = lastTold(task);
          if (!view || !fits(view)) return;
          waiters.delete(check);
          resolve(view);
        };
        waiters.add(check);
        check();
      }),
    submitOne: (vmName = 'web-01', facts = {}) => {
      const [header] = runner.submit(anOperation([vmName], facts));
      if (!header) throw new Error('no task was made');
      return header;
    },
  };
  return bench;
};

export const placementOf = (platform: ScriptedPlatform, vmName: string): Placement | null => {
  const vm = platform.vm(idOf('vm', vmName));
  return vm ? { host: vm.host, pool: vm.pool, datastores: vm.datastores ?? [] } : null;
};

export const poolOf = (platform: ScriptedPlatform, vmName = 'web-01'): string | undefined =>
  platform.vm(idOf('vm', vmName))?.pool?.split('/pool-')[1];
