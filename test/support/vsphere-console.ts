import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../electron/clock.ts';
import { type ConsoleServices, composeConsole } from '../../electron/compose.ts';
import type { HypervisorAdapter, HypervisorSession } from '../../electron/hypervisors/port.ts';
import type { Timing } from '../../electron/hypervisors/vsphere/timing.ts';
import { createVsphereAdapter } from '../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { createMemoryCredentialStore } from '../../electron/secrets/credential-store.ts';
import type { EvacuationPlan, RecoveryAction } from '../../shared/domain/evacuation.ts';
import { operationId, siteId, type TaskId } from '../../shared/domain/ids.ts';
import type { Destination, Move } from '../../shared/domain/migration.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import { needsAcknowledgement } from '../../shared/planning/acknowledgement.ts';
import { destinationOf } from '../../shared/planning/destination.ts';
import { aColdMoveOf } from './cold-moves.ts';
import type { Vcsim } from './vcsim.ts';

/** How a console reaches the simulator; plain data, so that a console in another process can be told. */
export type VcsimServer = Pick<Vcsim, 'address' | 'port' | 'username' | 'password' | 'fingerprint'>;

export interface VsphereConsoleOptions {
  readonly server: VcsimServer;
  /** Where the console keeps its files, and where the folder for images is. */
  readonly directory: string;
  /** What stands between the console and the platform. */
  readonly wrapSession?: (session: HypervisorSession) => HypervisorSession;
  readonly timing?: Partial<Timing>;
  readonly onTask?: (view: TaskView) => void;
}

/** The console as it ships, but for its window: every service, the real adapter, real files. */
export interface VsphereConsole {
  readonly services: ConsoleServices;
  readonly folder: string;
  vm(name: string): VmSummary;
  place(name: string): Destination;
  move(vmName: string, to: string, plan?: Partial<EvacuationPlan>): Move;
  /** Acknowledges every warning, as a person does who read them. @throws Error when a precaution forbids the move */
  submit(move: Move): Promise<TaskId>;
  view(task: TaskId): TaskView;
  /** Runs one move until it has ended, or waits for a person. */
  run(move: Move): Promise<TaskView>;
  /** Chooses, and waits as {@link run} does. @throws `recovery-not-safe` */
  choose(task: TaskId, action: RecoveryAction, elsewhere?: string): Promise<TaskView>;
  close(): Promise<void>;
}

const site = siteId('vc');

/**
 * Waits a tenth of what is asked for. In small pieces, so that an answer that lies ready is always read before a limit
 * is over, however long this process had no turn.
 */
const quickClock: Clock = {
  now: () => Date.now(),
  delay: async (ms, signal) => {
    for (let piece = 0; piece < 10; piece += 1) await sleep(ms / 100, undefined, { signal });
  },
};

const quickTiming: Partial<Timing> = { firstTaskPollMs: 20, longestTaskPollMs: 50 };

const adapterFor = ({ timing, wrapSession }: VsphereConsoleOptions): HypervisorAdapter => {
  const adapter = createVsphereAdapter({ timing: { ...quickTiming, ...timing } });
  if (wrapSession === undefined) return adapter;
  return {
    ...adapter,
    connect: async (...parameters) => wrapSession(await adapter.connect(...parameters)),
  };
};

/** Opens the console of a directory, connects it to the simulator and waits until it knows the inventory. */
export const openVsphereConsole = async (options: VsphereConsoleOptions): Promise<VsphereConsole> => {
  const { server, directory } = options;
  const folder = join(directory, 'evacuation');
  mkdirSync(folder, { recursive: true });
  const services = composeConsole({
    directory,
    adapters: [adapterFor(options)],
    credentials: createMemoryCredentialStore(),
    clock: quickClock,
    processId: process.pid,
    userName: 'k.sato',
    remembersOffline: false,
    onTask: (view) => options.onTask?.(view),
    onProgress: () => undefined,
    onFault: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  const { signal } = new AbortController();
  if (services.folders.folders().length === 0) await services.folders.add({ path: folder, floorBytes: 0 });
  services.runner.takeOver();
  if (services.sites.site(site) === undefined) {
    const added = {
      id: site,
      name: 'Simulated vCenter',
      kind: 'vsphere',
      address: server.address,
      port: server.port,
      userName: server.username,
      pinnedCertificate: server.fingerprint,
    } as const;
    await services.sites.add({ site: added, password: server.password, rememberPassword: false }, signal);
  } else {
    await services.sites.connect(site, { password: server.password }, signal);
  }
  await services.sites.inSync(site, signal);

  const view = (task: TaskId): TaskView => {
    const found = services.runner.log.view(task);
    if (found === null) throw new Error(`no task ${task}`);
    return found;
  };
  const settled = async (task: TaskId): Promise<TaskView> => {
    await services.runner.quiet();
    return view(task);
  };

  const opened: VsphereConsole = {
    services,
    folder,
    vm: (name) => {
      for (const vm of services.inventory.site(site).vms.values()) if (vm.name === name) return vm;
      throw new Error(`the console knows no VM ${name}`);
    },
    place: (name) => {
      for (const entity of services.inventory.view().infrastructure()) {
        const destination = entity.name === name ? destinationOf(entity) : null;
        if (destination !== null) return destination;
      }
      throw new Error(`the console knows no place ${name}`);
    },
    move: (vmName, to, plan = {}) => aColdMoveOf(opened.vm(vmName), opened.place(to), { folder, ...plan }),
    submit: async (move) => {
      const { findings } = await services.guard.check([move], 1, signal);
      const blockers = findings.filter(({ severity }) => severity === 'blocker');
      if (blockers.length > 0) throw new Error(`not allowed: ${JSON.stringify(blockers)}`);
      const images = new Map();
      const { image } = move.evacuation ?? {};
      if (image !== undefined) images.set(move.vm, (await services.images.open(folder, image)).record);
      const [header] = services.runner.submit(
        {
          id: operationId(`${move.vm} ${Date.now()}`),
          destination: move.destination,
          moves: [move],
          acknowledgements: findings
            .filter(needsAcknowledgement)
            .map(({ ruleId }) => ({ vm: move.vm, ruleId, reason: 'Read it.' })),
          atATime: 1,
        },
        images,
      );
      if (header === undefined) throw new Error('no task was made');
      return header.id;
    },
    view,
    run: async (move) => settled(await opened.submit(move)),
    choose: async (task, action, elsewhere) => {
      const to =
        elsewhere === undefined
          ? {}
          : { to: { destination: opened.place(elsewhere), host: null, datastore: null, networkMap: {} } };
      await services.recovery.choose(task, { action, ...to });
      return settled(task);
    },
    close: () => services.close(),
  };
  return opened;
};
