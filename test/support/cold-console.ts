import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../electron/clock.ts';
import type { FileSystem } from '../../electron/evacuation/file-system.ts';
import { createFolderService } from '../../electron/evacuation/folder-service.ts';
import { createImageStore } from '../../electron/evacuation/image-store.ts';
import { createPatience } from '../../electron/evacuation/patience.ts';
import type { FolderService, ImageStore } from '../../electron/evacuation/ports.ts';
import { chunksOf } from '../../electron/hypervisors/lab/cold/disk-content.ts';
import { createLabAdapter, type LabAdapter } from '../../electron/hypervisors/lab/lab-adapter.ts';
import { createManualClock } from '../../electron/hypervisors/lab/lab-clock.ts';
import type { LabChange, LabHistory } from '../../electron/hypervisors/lab/lab-history.ts';
import type { LabServer } from '../../electron/hypervisors/lab/lab-server.ts';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import { createPlaceBook } from '../../electron/migration/place-book.ts';
import { createRecoveryService, type RecoveryService } from '../../electron/migration/recovery-service.ts';
import { createTaskRunner, type TaskRunner, type TaskRunnerParts } from '../../electron/migration/task-runner.ts';
import { openStorage } from '../../electron/storage/open-storage.ts';
import type { Journal } from '../../electron/storage/ports.ts';
import type { EvacuationPlan } from '../../shared/domain/evacuation.ts';
import { operationId, siteId, type TaskId } from '../../shared/domain/ids.ts';
import type { Entity, InventoryView } from '../../shared/domain/inventory.ts';
import type { MigrationOperation, Move } from '../../shared/domain/migration.ts';
import type { TaskProgress, TaskView } from '../../shared/domain/task.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { destinationOf } from '../../shared/planning/destination.ts';
import { aColdMoveOf } from './cold-moves.ts';
import { describeEvent } from './describe-event.ts';
import { aSite } from './inventory-builders.ts';

/** A lab that outlives its process: everything that changed, in order. */
export const memoryHistory = (): LabHistory => {
  const records: { readonly siteKey: string; readonly changes: readonly LabChange[] }[] = [];
  return {
    load: (siteKey) => records.flatMap((record) => (record.siteKey === siteKey ? [record.changes] : [])),
    record: (siteKey, changes) => {
      records.push({ siteKey, changes: structuredClone(changes) });
    },
  };
};

export interface ColdConsoleOptions {
  readonly kind?: 'lab-vmware' | 'lab-hyperv';
  /** Where the console keeps its files, and where the folder is. */
  readonly directory: string;
  readonly history?: LabHistory;
  readonly files?: FileSystem;
  /** What stands between the runner and the journal, the platform. */
  readonly wrapJournal?: (journal: Journal) => Journal;
  readonly wrapSession?: (session: HypervisorSession) => HypervisorSession;
  readonly largestImageBytes?: number;
  readonly onTask?: (view: TaskView) => void;
  readonly onProgress?: (progress: TaskProgress) => void;
  readonly guard?: TaskRunnerParts['guard'];
  readonly limits?: TaskRunnerParts['limits'];
}

export interface ColdConsole {
  readonly lab: LabAdapter;
  readonly server: LabServer;
  readonly journal: Journal;
  readonly runner: TaskRunner;
  readonly recovery: RecoveryService;
  readonly images: ImageStore;
  readonly folders: FolderService;
  readonly folder: string;
  readonly directory: string;
  readonly told: readonly TaskView[];
  readonly carried: readonly string[];
  /** What the runner sees as its session; null is offline. */
  session: HypervisorSession | null;
  connect(): Promise<void>;
  vm(name: string): VirtualMachine | undefined;
  entity(kind: Entity['kind'], name: string): Entity;
  move(vmName: string, to: string, plan?: Partial<EvacuationPlan>): Move;
  submit(...moves: readonly Move[]): readonly TaskId[];
  view(task: TaskId): TaskView;
  /** The task's history in few words. */
  kinds(task: TaskId): readonly string[];
  /** Everything has ended or waits for a person. */
  quiet(): Promise<void>;
  /** Tells the views of a task until one fits. */
  until(task: TaskId, fits: (view: TaskView) => boolean): Promise<TaskView>;
  /** SHA-256 of what lies in the VM's disks, in the order of their keys. */
  content(vm: VirtualMachine): readonly string[];
  /** Closes the files under it, as the end of a process does. */
  closeFiles(): void;
}

const site = siteId('lab');

/** A real journal file, a real folder, and the lab as the platform, which needs no time. */
export const openColdConsole = async (options: ColdConsoleOptions): Promise<ColdConsole> => {
  const kind = options.kind ?? 'lab-vmware';
  const { directory } = options;
  const folder = join(directory, 'evacuation');
  mkdirSync(folder, { recursive: true });
  const labClock = createManualClock();
  const lab = createLabAdapter({
    clock: labClock,
    speed: Number.POSITIVE_INFINITY,
    ...(options.history === undefined ? {} : { history: options.history }),
    ...(options.largestImageBytes === undefined ? {} : { largestImageBytes: options.largestImageBytes }),
  });
  const labSite = aSite({ id: site, name: 'Lab', kind, address: '' });
  const server = lab.server(labSite);
  const storage = openStorage(directory, { now: () => Date.UTC(2026, 0, 5) });
  const journal = options.wrapJournal?.(storage.journal) ?? storage.journal;
  const files = options.files === undefined ? {} : { files: options.files };
  const patience = createPatience(systemClock);
  const images = createImageStore({ version: '0.1.0', patience, ...files });
  let time = Date.UTC(2026, 0, 5);
  const now = (): number => {
    time += 1;
    return time;
  };
  const folders = createFolderService({
    settings: storage.settings,
    openTasks: () => journal.openTasks().flatMap(({ id }) => runner.log.view(id) ?? []),
    patience,
    now,
    ...files,
  });
  if (folders.folders().length === 0) await folders.add({ path: folder, floorBytes: 0 });

  const inventory: InventoryView = {
    get: server.world.get,
    *infrastructure() {
      for (const entity of server.world.entities()) if (entity.kind !== 'virtual-machine') yield entity;
    },
  };
  const told: TaskView[] = [];
  const carried: string[] = [];
  const waiters = new Set<() => void>();
  const nameOf = (id: VirtualMachine['id']): string => server.world.get(id)?.name ?? id;

  const runner = createTaskRunner({
    journal,
    sessions: () => bench.session,
    guard: options.guard ?? (async () => []),
    places: createPlaceBook(
      {
        view: () => inventory,
        facts: (ids) => ids.flatMap((id) => ({ vm: server.world.vm(id) as VirtualMachine })).filter(({ vm }) => vm),
      },
      () => 'Lab',
    ),
    limits: options.limits ?? (() => ({ perHost: 8, perDatastore: 8, perFolder: 8 })),
    clock: {
      now,
      delay: async (ms, signal) => {
        signal.throwIfAborted();
        await new Promise(setImmediate);
        labClock.advance(ms);
      },
    },
    processId: process.pid,
    userName: 'k.sato',
    cold: {
      images,
      folders,
      inventory: () => inventory,
      siteName: () => 'Lab',
      platformOf: () => (kind === 'lab-hyperv' ? 'hyperv' : 'vmware'),
      newUuid: randomUUID,
      filesAtATime: () => 2,
      carryAnnotations: (from, to) => carried.push(`${from} -> ${nameOf(to)}`),
    },
    onTask: (view) => {
      told.push(view);
      options.onTask?.(view);
      for (const check of waiters) check();
    },
    onProgress: (progress) => options.onProgress?.(progress),
  });
  const connect = async (): Promise<void> => {
    const session = await lab.connect(labSite, '', new AbortController().signal);
    bench.session = options.wrapSession?.(session) ?? session;
  };

  const bench: ColdConsole = {
    lab,
    server,
    journal,
    runner,
    recovery: createRecoveryService({
      runner,
      journal,
      folders,
      images,
      sites: () => [site],
      vmsOf: () => [...server.world.entities()].filter((entity) => entity.kind === 'virtual-machine'),
      uuidOf: (id) => server.world.vm(id)?.instanceUuid,
    }),
    images,
    folders,
    folder,
    directory,
    told,
    carried,
    session: null,
    connect,
    vm: (name) => {
      for (const entity of server.world.entities()) {
        if (entity.kind === 'virtual-machine' && entity.name === name) return entity;
      }
      return undefined;
    },
    entity: (wanted, name) => {
      for (const entity of server.world.entities()) if (entity.kind === wanted && entity.name === name) return entity;
      throw new Error(`no ${wanted} ${name}`);
    },
    move: (vmName, to, plan = {}) => {
      const vm = bench.vm(vmName);
      const place = [...server.world.entities()].find((entity) => entity.name === to && destinationOf(entity) !== null);
      const destination = place === undefined ? null : destinationOf(place);
      if (vm === undefined || destination === null) throw new Error(`no ${vmName} or no ${to}`);
      return aColdMoveOf(vm, destination, { folder, ...plan });
    },
    submit: (...moves) => {
      const [first] = moves;
      if (first === undefined) return [];
      const operation: MigrationOperation = {
        id: operationId('op-1'),
        destination: first.destination,
        moves,
        acknowledgements: [],
        atATime: 8,
      };
      return runner.submit(operation).map(({ id }) => id);
    },
    view: (task) => {
      const view = runner.log.view(task);
      if (view === null) throw new Error(`no task ${task}`);
      return view;
    },
    kinds: (task) => journal.events(task).map(({ body }) => describeEvent(body)),
    quiet: () => runner.quiet(),
    until: (task, fits) =>
      new Promise((resolve) => {
        const check = (): void => {
          const view = told.findLast(({ header }) => header.id === task);
          if (view === undefined || !fits(view)) return;
          waiters.delete(check);
          resolve(view);
        };
        waiters.add(check);
        check();
      }),
    content: (vm) => contentOf(server, vm),
    closeFiles: () => storage.close(),
  };
  await connect();
  return bench;
};

export const contentOf = (server: LabServer, vm: VirtualMachine): readonly string[] =>
  (vm.disks ?? []).map(({ key }) => {
    const hash = createHash('sha256');
    for (const chunk of chunksOf(server.hidden.content(vm, key))) hash.update(chunk);
    return hash.digest('hex');
  });
