import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ParseArgsOptionsConfig } from 'node:util';
import { type EntityId, operationId, siteOf } from '../../shared/domain/ids.ts';
import type { InventoryView } from '../../shared/domain/inventory.ts';
import type { Destination, MigrationOperation } from '../../shared/domain/migration.ts';
import type { Site } from '../../shared/domain/site.ts';
import type { NetworkAdapter, VmSummary } from '../../shared/domain/virtual-machine.ts';
import { AppError, hasCode } from '../../shared/errors/app-error.ts';
import { operationSchema } from '../../shared/ipc/schemas/migration.ts';
import { evacuationPlanOf, methodFor } from '../../shared/planning/cold-choices.ts';
import { presentPool } from '../../shared/planning/destination.ts';
import { hostsFor, networkChoices } from '../../shared/planning/destination-choices.ts';
import type { ConsoleServices } from '../compose.ts';
import { coldChoicesGiven, coldOptions } from './cold-options.ts';
import type { CommandContext } from './command.ts';
import { passwordOptions } from './command-line.ts';
import { chosenSites, connectSite, loadSites } from './connect-sites.ts';
import { createObjectPaths, findDestination, findOfKind, findVm, type ObjectPaths } from './object-paths.ts';

/** What says which VMs, and how many of them at a time. */
export const vmOptions = {
  ...passwordOptions,
  site: { type: 'string' },
  input: { type: 'string' },
  'at-a-time': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** What says which VMs go where, and how. */
export const moveOptions = {
  ...vmOptions,
  ...coldOptions,
  to: { type: 'string' },
  host: { type: 'string' },
  datastore: { type: 'string' },
  network: { type: 'string', multiple: true },
} as const satisfies ParseArgsOptionsConfig;

export interface Plan {
  readonly operation: MigrationOperation;
  readonly vms: readonly VmSummary[];
  readonly paths: ObjectPaths;
}

const defaultAtATime = 2;

const invalid = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

/** Names out of a file: one a line, `#` begins a comment. */
export const namesIn = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');

const namesGiven = async ({ given, terminal }: CommandContext): Promise<readonly string[]> => {
  const file = given.text('input');
  if (file === undefined) return given.positionals;
  if (file === '-' && given.flag('password-stdin')) {
    throw invalid('--input', 'the standard input cannot give both the names and the password');
  }
  try {
    const text = file === '-' ? await terminal.readInput() : await readFile(file, 'utf8');
    return [...given.positionals, ...namesIn(text)];
  } catch (error) {
    throw invalid('--input', error instanceof Error ? error.message : String(error));
  }
};

/**
 * Finds the VMs and their destination by name, connecting the sites they are in first. With the part `evacuate` they go
 * nowhere: their destination is the pool they are in.
 * @throws `invalid-input`, `not-found`, `ambiguous-name`, and what connecting can throw
 */
export const planOperation = async (
  services: ConsoleServices,
  context: CommandContext,
  part: 'whole' | 'evacuate' = 'whole',
): Promise<Plan> => {
  const { given } = context;
  const names = await namesGiven(context);
  const to = given.text('to');
  if (names.length === 0) throw invalid('', 'name at least one VM');
  if (to === undefined && part === 'whole') throw invalid('--to', 'name the pool to move to');
  const atATime = given.number('at-a-time', 1, 16) ?? defaultAtATime;
  const sites = chosenSites(services, context);
  const id = operationId(`op-${randomUUID().slice(0, 8)}`);
  const cold = coldChoicesGiven(part, await services.folders.status(), context);
  const evacuation = evacuationPlanOf(cold);

  const resolve = (): Plan => {
    const inventory = services.inventory.view();
    const paths = createObjectPaths(inventory, (entity) => services.sites.site(siteOf(entity))?.name ?? siteOf(entity));
    const all = sites.flatMap((site) => [...services.inventory.site(site.id).vms.values()]);
    const named = to === undefined ? null : findDestination(to, inventory, paths);
    const host = given.text('host');
    const datastore = given.text('datastore');
    const vms = names.map((name) => findVm(name, all, paths));
    const networks = named === null ? new Map<string, EntityId>() : networksGiven(context, named, inventory);
    const networkMapOf = ({ id: vm }: VmSummary, map: ReadonlyMap<string, EntityId>) =>
      map.size === 0 ? {} : mapAdapters(services.inventory.facts([vm])[0]?.vm.adapters ?? [], map);
    const moves = vms.map((vm) => {
      const destination = named ?? presentPool(vm, inventory);
      if (destination === null) throw new AppError('not-found', { what: 'destination', name: vm.name });
      // A VM that can move neither way gets a method all the same: the check then says why it cannot.
      const method = methodFor(vm, destination, cold) ?? (part === 'evacuate' ? 'cold-evacuate' : 'hot');
      return {
        vm: vm.id,
        vmName: vm.name,
        method,
        destination,
        host: host === undefined ? null : findOfKind('host', host, inventory, paths),
        datastore: datastore === undefined ? null : findOfKind('datastore', datastore, inventory, paths),
        networkMap: networkMapOf(vm, networks),
        ...(method === 'cold-evacuate' && evacuation !== null ? { evacuation } : {}),
      };
    });
    const destination = moves[0]?.destination;
    const parsed = operationSchema.safeParse({ id, destination, moves, acknowledgements: [], atATime });
    if (parsed.success) return { operation: parsed.data, vms, paths };
    throw new AppError('invalid-input', {
      issues: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
    });
  };

  await loadSites(services, sites);
  if (given.flag('offline')) return resolve();
  for (const site of sitesNeeded(sites, resolve)) await connectSite(services, site, context);
  // Again, on what the servers say now.
  return resolve();
};

/** Network -> network at the destination, out of `--network old=new`. @throws `invalid-input`, `not-found` */
export const networksGiven = (
  { given }: CommandContext,
  destination: Destination,
  inventory: InventoryView,
): ReadonlyMap<string, EntityId> => {
  const choices = networkChoices(hostsFor(destination, inventory), inventory);
  return new Map(
    given.texts('network').map((text) => {
      const [, from, to] = /^(.+?)=(.+)$/s.exec(text) ?? [];
      if (from === undefined || to === undefined) throw invalid('--network', `old=new is needed, not ${text}`);
      const choice = choices.find(({ network }) => network.name === to);
      if (choice === undefined) throw new AppError('not-found', { what: 'entity', name: to });
      return [from, choice.network.id];
    }),
  );
};

export const mapAdapters = (
  adapters: readonly NetworkAdapter[],
  networks: ReadonlyMap<string, EntityId>,
): Readonly<Record<string, EntityId>> =>
  Object.fromEntries(
    adapters.flatMap(({ key, networkName }) => {
      const to = networkName === undefined ? undefined : networks.get(networkName);
      return to === undefined ? [] : [[key, to]];
    }),
  );

/** The sites that the plan touches by what was read last; all of them when it is not enough to tell. */
const sitesNeeded = (sites: readonly Site[], resolve: () => Plan): readonly Site[] => {
  try {
    const { operation } = resolve();
    const ids = new Set([operation.destination.id, ...operation.moves.map(({ vm }) => vm)].map(siteOf));
    return sites.filter((site) => ids.has(site.id));
  } catch (error) {
    if (hasCode(error, 'not-found')) return sites;
    throw error;
  }
};
