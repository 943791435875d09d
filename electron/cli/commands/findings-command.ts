import { siteOf } from '../../../shared/domain/ids.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import { holdsNow, type OverviewFinding, type VmOverview } from '../../../shared/planning/overview.ts';
import { type Command, type CommandContext, csvOption } from '../command.ts';
import { passwordOptions } from '../command-line.ts';
import { chosenSites } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { findingsAsCsv } from '../findings-csv.ts';
import { createObjectPaths } from '../object-paths.ts';
import { readSearch } from '../read-search.ts';
import { table } from '../table.ts';
import { searchVms } from '../vm-search.ts';
import { bringUpToDate, sayAges } from './inventory-command.ts';

/** An overview with the place the VM is in. */
interface PlacedOverview extends VmOverview {
  readonly path: string;
  readonly place: string;
}

const rowOf = (
  overview: PlacedOverview,
  one: OverviewFinding,
  { words, language, now }: CommandContext,
): readonly string[] => {
  const { finding, methods } = one;
  const { now: rightNow, when, waivedBy } = words.annotations.overview;
  const severity = words.common.severities[finding.severity];
  const text = findingText(finding, language);
  const said = text.evidence === '' ? text.title : `${text.title}: ${text.evidence}`;
  const waiver = finding.waiver;
  return [
    overview.vmName,
    finding.ruleId,
    finding.outcome === 'undetermined' ? `${severity}, ${words.common.notDetermined}` : severity,
    holdsNow(one, overview.method) ? rightNow : [...new Set(methods.map((method) => when[method]))].join(', '),
    waiver === undefined ? said : `${said} (${waivedBy(waiver.by, clockTime(waiver.until, now(), language))})`,
    overview.place,
  ];
};

const sayOverviews = (vms: readonly PlacedOverview[], context: CommandContext): void => {
  const { terminal, words } = context;
  const rows = vms.flatMap((overview) => overview.findings.map((one) => rowOf(overview, one, context)));
  if (rows.length > 0) for (const line of table(words.annotations.overview.columns, rows)) terminal.out(line);
};

export const findingsCommand: Command = {
  help: 'findings',
  options: {
    ...passwordOptions,
    ...csvOption,
    site: { type: 'string' },
    refresh: { type: 'boolean' },
    offline: { type: 'boolean' },
  },
  run: async (context) => {
    const { terminal, words, language, signal } = context;
    const query = readSearch(context);
    const services = context.open();
    const sites = chosenSites(services, context);
    if (sites.length === 0) terminal.note(words.cli.noSites);
    await bringUpToDate(services, sites, context);

    const view = services.inventory.view();
    const paths = createObjectPaths(view, (id) => services.sites.site(siteOf(id))?.name ?? siteOf(id));
    const all = sites.flatMap((site) => [...services.inventory.site(site.id).vms.values()]);
    const asked = searchVms(all, query.places.terms, paths, view.get).map(({ id }) => id);
    const wanted = { vms: asked, query: query.findings, limit: Number.MAX_SAFE_INTEGER };
    const answer = await services.overview.examine(wanted, signal);
    const vms = answer.vms.map((overview): PlacedOverview => {
      const vm = view.get(overview.vm);
      const segments = vm === undefined ? [overview.vmName] : paths.segments(vm);
      return { ...overview, path: segments.join('/'), place: segments.slice(0, -1).join('/') };
    });

    sayAges(services, sites, context);
    sayOverviews(vms, context);
    terminal.note(words.annotations.overview.summary(answer.matching, answer.examined));

    const rows = vms.flatMap(({ vmName, path, findings }) =>
      findings.map(({ finding, methods }) => ({
        vm: vmName,
        path,
        methods,
        destination: '',
        finding,
        acknowledged: '',
      })),
    );
    return {
      exitCode: exitCodes.ok,
      data: {
        sites: sites.map((site) => ({ site: site.name, readAt: services.inventory.readAt(site.id) })),
        examined: answer.examined,
        vms: vms.map(({ place: _place, findings, ...overview }) => ({
          ...overview,
          findings: findings.map(({ finding, methods }) => ({
            ...finding,
            methods,
            text: findingText(finding, language),
          })),
        })),
      },
      csv: findingsAsCsv(rows, language),
    };
  },
};
