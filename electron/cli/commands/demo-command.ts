import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvacuationPlan } from '../../../shared/domain/evacuation.ts';
import { operationId, siteOf } from '../../../shared/domain/ids.ts';
import type { Destination, MigrationOperation, Move } from '../../../shared/domain/migration.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ConsoleServices } from '../../compose.ts';
import { addLabSites } from '../../sites/lab-sites.ts';
import { checkPlan } from '../check-operation.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { untilInSync } from '../connect-sites.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { followTasks } from '../follow-tasks.ts';
import { createObjectPaths, findDestination, findVm, type ObjectPaths } from '../object-paths.ts';
import type { Plan } from '../plan-operation.ts';
import { sayTree } from '../say-tree.ts';
import { taskAsJson } from './migrate-command.ts';
import { sayHistory } from './task-commands.ts';

/** The lab's own names: a running and a stopped VM, their cluster, a pool they can go to, a cluster of the other platform. */
const story = {
  vm: 'web-01',
  stopped: 'payroll-01',
  cluster: 'CL-PROD-01',
  pool: 'rp-staging',
  otherPlatform: 'HVCL01',
} as const;

const patienceMs = 60_000;

const planOf = (
  id: string,
  vm: VmSummary,
  destination: Destination,
  paths: ObjectPaths,
  evacuation: EvacuationPlan | null = null,
): Plan => {
  const move: Move = {
    vm: vm.id,
    vmName: vm.name,
    method: evacuation === null ? 'hot' : 'cold-evacuate',
    destination,
    host: null,
    datastore: null,
    networkMap: {},
    ...(evacuation === null ? {} : { evacuation }),
  };
  const operation: MigrationOperation = {
    id: operationId(id),
    destination,
    moves: [move],
    acknowledgements: [],
    atATime: 1,
  };
  return { operation, vms: [vm], paths };
};

const connectLab = async (services: ConsoleServices, context: CommandContext): Promise<void> => {
  for (const { site, about } of await addLabSites(services.sites, context.signal)) {
    await untilInSync(services, site, context);
    context.terminal.out(context.words.cli.connected(site.name, about?.product ?? '', about?.version ?? ''));
  }
};

interface Moved {
  readonly exitCode: ExitCode;
  readonly check: unknown;
  /** Null when it was not started. */
  readonly task: TaskView | null;
}

/** Checks an operation of one VM, carries it out and follows it to its end. */
const moved = async (plan: Plan, services: ConsoleServices, context: CommandContext): Promise<Moved> => {
  const checked = await checkPlan(plan, services, context);
  if (checked.exitCode !== exitCodes.ok) return { exitCode: checked.exitCode, check: checked.data, task: null };
  const start = () => services.runner.submit(checked.operation).map(({ id }) => id);
  const { views, exitCode } = await followTasks(services, context, start, patienceMs);
  const [task] = views;
  if (task === undefined) throw new AppError('internal', { detail: 'the demo has no task' });
  return { exitCode, check: checked.data, task };
};

const evacuationTo = (folder: string): EvacuationPlan => ({
  part: 'whole',
  folder,
  sourcePolicy: 'retain-until-restored',
  imagePolicy: 'delete-when-restored',
  powerOn: true,
});

/** An evacuation image folder that is gone afterwards: the lab's images are small. */
const inTemporaryFolder = async <Result>(
  services: ConsoleServices,
  work: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'vmmigrate-demo-'));
  try {
    await services.folders.add({ path: folder, floorBytes: 0 });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

export const demoCommand: Command = {
  help: 'demo',
  options: {},
  run: async (context) => {
    const { given, terminal, words, now } = context;
    countArguments(given, 0, 0, 'demo');
    const { demo } = words.cli;
    const begun = now();
    const chapter = (title: string): void => {
      terminal.out('');
      terminal.out(title);
    };
    terminal.out(demo.welcome);

    chapter(demo.sites);
    const services = context.open('temporary');
    await connectLab(services, context);

    const view = services.inventory.view();
    const paths = createObjectPaths(view, (id) => services.sites.site(siteOf(id))?.name ?? siteOf(id));
    const vms = services.settings.sites().flatMap(({ id }) => [...services.inventory.site(id).vms.values()]);
    chapter(demo.tree);
    for (const name of [story.cluster, story.otherPlatform]) {
      sayTree(findDestination(name, view, paths), view, vms, paths, { vmsPerPlace: 2 }, context);
    }

    const vm = findVm(story.vm, vms, paths);
    chapter(demo.refused);
    const elsewhere = findDestination(story.otherPlatform, view, paths);
    const refused = await checkPlan(planOf('demo-refused', vm, elsewhere, paths), services, context);

    const destination = findDestination(story.pool, view, paths);
    chapter(demo.hot(vm.name, vm.pool === null ? '' : (view.get(vm.pool)?.name ?? ''), destination.name));
    const hot = await moved(planOf('demo', vm, destination, paths), services, context);
    if (hot.task === null || hot.exitCode !== exitCodes.ok)
      return { exitCode: hot.exitCode, data: { check: hot.check } };

    const stopped = findVm(story.stopped, vms, paths);
    chapter(
      demo.cold(stopped.name, stopped.pool === null ? '' : (view.get(stopped.pool)?.name ?? ''), destination.name),
    );
    const cold = await inTemporaryFolder(services, (folder) =>
      moved(planOf('demo-cold', stopped, destination, paths, evacuationTo(folder)), services, context),
    );
    if (cold.task === null) return { exitCode: cold.exitCode, data: { check: cold.check } };

    chapter(demo.log);
    const events = services.journal.events(cold.task.header.id);
    sayHistory(cold.task, events, context);
    chapter(demo.end(vm.name, stopped.name, destination.name, Math.round((now() - begun) / 1_000)));
    return {
      exitCode: cold.exitCode,
      data: {
        refused: refused.data,
        check: hot.check,
        task: taskAsJson(hot.task),
        cold: taskAsJson(cold.task),
        events,
      },
    };
  },
};
