import { operationId, siteOf } from '../../../shared/domain/ids.ts';
import type { Destination, MigrationOperation } from '../../../shared/domain/migration.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ConsoleServices } from '../../compose.ts';
import { addLabSites } from '../../sites/lab-sites.ts';
import { checkPlan } from '../check-operation.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { untilInSync } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { followTasks } from '../follow-tasks.ts';
import { createObjectPaths, findDestination, findVm, type ObjectPaths } from '../object-paths.ts';
import type { Plan } from '../plan-operation.ts';
import { sayTree } from '../say-tree.ts';
import { taskAsJson } from './migrate-command.ts';
import { sayHistory } from './task-commands.ts';

/** The lab's own names: a running VM, its cluster, a pool it can go to, and a cluster of the other platform. */
const story = { vm: 'web-01', cluster: 'CL-PROD-01', pool: 'rp-staging', otherPlatform: 'HVCL01' } as const;

const patienceMs = 60_000;

const planOf = (id: string, vm: VmSummary, destination: Destination, paths: ObjectPaths): Plan => {
  const move = {
    vm: vm.id,
    vmName: vm.name,
    method: 'hot',
    destination,
    host: null,
    datastore: null,
    networkMap: {},
  } as const;
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
    const checked = await checkPlan(planOf('demo', vm, destination, paths), services, context);
    if (checked.exitCode !== exitCodes.ok) return { exitCode: checked.exitCode, data: { check: checked.data } };
    const start = () => services.runner.submit(checked.operation).map(({ id }) => id);
    const { views, exitCode } = await followTasks(services, context, start, patienceMs);

    const [task] = views;
    if (task === undefined) throw new AppError('internal', { detail: 'the demo has no task' });
    chapter(demo.log);
    const events = services.journal.events(task.header.id);
    sayHistory(task, events, context);
    chapter(demo.end(vm.name, task.placeName ?? '', Math.round((now() - begun) / 1_000)));
    return { exitCode, data: { refused: refused.data, check: checked.data, task: taskAsJson(task), events } };
  },
};
