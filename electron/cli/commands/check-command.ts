import type { Finding } from '../../../shared/domain/finding.ts';
import { acknowledgementFor } from '../../../shared/planning/acknowledgement.ts';
import { type CheckedPlan, checkPlan } from '../check-operation.ts';
import { type Command, csvOption } from '../command.ts';
import { type FindingRow, findingsAsCsv } from '../findings-csv.ts';
import { moveOptions, type Plan, planOperation } from '../plan-operation.ts';

/** A line for each finding of a VM, one for a VM without any, and the findings of the operation as a whole. */
const csvRows = ({ vms, paths }: Plan, { operation, findings }: CheckedPlan): readonly FindingRow[] => {
  const destination = operation.destination.name;
  const ids = operation.moves.map((move) => move.vm);
  const acknowledged = (finding: Finding): string =>
    acknowledgementFor(finding, finding.vm === null ? ids : [finding.vm], operation.acknowledgements)?.reason ?? '';
  const ofVms = operation.moves.flatMap((move): readonly FindingRow[] => {
    const vm = vms.find(({ id }) => id === move.vm);
    const row = {
      vm: move.vmName,
      path: vm === undefined ? '' : paths.text(vm),
      methods: [move.method],
      destination,
    };
    const own = findings.filter((finding) => finding.vm === move.vm);
    return own.length === 0
      ? [{ ...row, finding: null, acknowledged: '' }]
      : own.map((finding) => ({ ...row, finding, acknowledged: acknowledged(finding) }));
  });
  const ofAll = findings
    .filter((finding) => finding.vm === null)
    .map((finding) => ({ vm: '', path: '', methods: [], destination, finding, acknowledged: acknowledged(finding) }));
  return [...ofVms, ...ofAll];
};

export const checkCommand: Command = {
  help: 'check',
  options: {
    ...moveOptions,
    ...csvOption,
    acknowledge: { type: 'string', multiple: true },
    offline: { type: 'boolean' },
  },
  run: async (context) => {
    const { given, terminal, words, language } = context;
    const services = context.open();
    const plan = await planOperation(services, context);
    const checked = await checkPlan(plan, services, context);
    if (given.flag('offline')) terminal.note(words.cli.offlineCheck);
    if (checked.findings.length === 0) terminal.out(words.cli.summaryClear);
    return {
      exitCode: checked.exitCode,
      data: checked.data,
      csv: findingsAsCsv(csvRows(plan, checked), language),
    };
  },
};
