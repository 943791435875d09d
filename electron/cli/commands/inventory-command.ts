import { siteOf } from '../../../shared/domain/ids.ts';
import type { Site } from '../../../shared/domain/site.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { age, size } from '../../../shared/messages/format.ts';
import type { InventorySearch } from '../../../shared/planning/inventory-search.ts';
import type { ConsoleServices } from '../../compose.ts';
import type { Command, CommandContext } from '../command.ts';
import { passwordOptions } from '../command-line.ts';
import { chosenSites, connectSite, loadSites } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { createObjectPaths, type ObjectPaths } from '../object-paths.ts';
import { readSearch } from '../read-search.ts';
import { sayTree } from '../say-tree.ts';
import { table } from '../table.ts';
import { searchVms } from '../vm-search.ts';

/** Reads what is asked for: everything anew, nothing, or only what was never read. */
export const bringUpToDate = async (
  services: ConsoleServices,
  sites: readonly Site[],
  context: CommandContext,
): Promise<void> => {
  const unread = await loadSites(services, sites);
  if (context.given.flag('offline')) return;
  const wanted = sites.filter((site) => context.given.flag('refresh') || unread.has(site.id));
  for (const site of wanted) await connectSite(services, site, context);
};

/** How old what is shown is, site by site. */
export const sayAges = (services: ConsoleServices, sites: readonly Site[], context: CommandContext): void => {
  const { terminal, words, language, now } = context;
  for (const site of sites) {
    const readAt = services.inventory.readAt(site.id);
    if (readAt === null) terminal.note(words.cli.noData(site.name));
    else terminal.note(words.cli.dataOf(site.name, age(now() - readAt, language)));
  }
};

const sayList = (
  vms: readonly VmSummary[],
  services: ConsoleServices,
  paths: ObjectPaths,
  { terminal, words }: CommandContext,
): void => {
  const view = services.inventory.view();
  const rows = vms.map((vm) => {
    const host = vm.host === null ? undefined : view.get(vm.host);
    return [
      vm.name,
      words.common.powerStates[vm.powerState],
      paths.segments(vm).slice(0, -1).join('/'),
      host?.name ?? '',
      String(vm.cpuCount),
      size(vm.memoryBytes),
      size(vm.diskBytes),
    ];
  });
  for (const line of table(words.cli.vmColumns, rows)) terminal.out(line);
  terminal.note(words.cli.vmCount(vms.length));
};

/** Those of which something is found that was asked for; all where nothing was. */
const withFindings = async (
  vms: readonly VmSummary[],
  { findings, findingWords }: InventorySearch,
  services: ConsoleServices,
  signal: AbortSignal,
): Promise<readonly VmSummary[]> => {
  if (findingWords.length === 0) return vms;
  const found = await services.overview.find({ vms: vms.map(({ id }) => id), query: findings }, signal);
  const ids = new Set(found.vms);
  return vms.filter(({ id }) => ids.has(id));
};

export const inventoryCommand: Command = {
  help: 'inventory',
  options: {
    ...passwordOptions,
    site: { type: 'string' },
    refresh: { type: 'boolean' },
    offline: { type: 'boolean' },
    list: { type: 'boolean' },
  },
  run: async (context) => {
    const { given, terminal, words, signal } = context;
    const search = readSearch(context);
    const services = context.open();
    const sites = chosenSites(services, context);
    if (sites.length === 0) terminal.note(words.cli.noSites);
    await bringUpToDate(services, sites, context);

    const view = services.inventory.view();
    const paths = createObjectPaths(view, (id) => services.sites.site(siteOf(id))?.name ?? siteOf(id));
    const all = sites.flatMap((site) => [...services.inventory.site(site.id).vms.values()]);
    const placed = searchVms(all, search.places.terms, paths, view.get);
    const vms = (await withFindings(placed, search, services, signal))
      .map((vm) => ({ vm, path: paths.text(vm) }))
      .sort((left, right) => left.path.localeCompare(right.path, 'en', { numeric: true }));
    sayAges(services, sites, context);
    if (given.flag('list') || search.places.terms.length + search.findingWords.length > 0)
      sayList(
        vms.map(({ vm }) => vm),
        services,
        paths,
        context,
      );
    else {
      for (const site of sites) {
        const own = services.inventory.site(site.id).vms.values();
        sayTree(site, view, own, paths, { vmsPerPlace: Number.POSITIVE_INFINITY }, context);
      }
    }
    const data = {
      sites: sites.map((site) => ({ site: site.name, readAt: services.inventory.readAt(site.id) })),
      vms: vms.map(({ vm, path }) => ({ ...vm, path })),
    };
    return { exitCode: exitCodes.ok, data };
  },
};
