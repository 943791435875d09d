import { type FixRecord, fixableDevices, fixLabel, needsFollowUp } from '../../../shared/domain/fix.ts';
import { siteOf } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { fixKindOf, fixOf, rulesWithFix } from '../../../shared/planning/fixes.ts';
import { ruleCalled } from '../../../shared/rules/rule-names.ts';
import { agree } from '../agree.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments, passwordOptions } from '../command-line.ts';
import { connectSite, siteNamed } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { knownVms } from '../known-vms.ts';
import { table } from '../table.ts';

const listLimit = 1_000;

const invalid = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

const readRule = (text: string) => {
  const ruleId = ruleCalled(text);
  const kind = ruleId === null ? null : fixKindOf(ruleId);
  if (ruleId === null || kind === null) {
    throw invalid('', `a rule the console can do something about is needed (${rulesWithFix.join(', ')}), not ${text}`);
  }
  return { ruleId, kind };
};

export const fixCommand: Command = {
  help: 'fix',
  options: { ...passwordOptions, yes: { type: 'boolean' }, site: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words, signal } = context;
    countArguments(given, 2, 2, 'fix <vm> S6|S7|S2 [--yes]');
    const { ruleId, kind } = readRule(given.positionals[1] ?? '');
    const services = context.open();
    const { id } = (await knownVms(services, context)).named(given.positionals[0] ?? '');
    await connectSite(services, siteNamed(services, siteOf(id)), context);
    const [facts] = services.inventory.facts([id]);
    if (facts === undefined) throw new AppError('not-found', { what: 'vm', name: given.positionals[0] ?? '' });
    const { vm } = facts;
    const fix = fixOf(kind, vm);
    const texts = words.fixes.kinds[kind];
    if (fix.deviceKeys.length === 0) {
      terminal.note(words.fixes.nothingToFix(vm.name, ruleId));
      return { exitCode: exitCodes.ok, data: { record: null } };
    }
    const devices = fixableDevices(kind, vm);
    await agree(texts.question(vm.name, devices), context);
    const { record } = await services.fixes.apply(fix, signal);
    for (const device of record.before) terminal.out(texts.done(vm.name, device));
    for (const device of record.before) terminal.note(`${fixLabel(record.number)}: ${texts.followUp(device)}`);
    return { exitCode: exitCodes.ok, data: { record } };
  },
};

const sayRecords = (
  records: readonly FixRecord[],
  pathOf: (record: FixRecord) => string,
  { terminal, words, language, now }: CommandContext,
): void => {
  const rows = records.flatMap((record) =>
    record.before.map((device) => [
      fixLabel(record.number),
      pathOf(record),
      words.fixes.states[record.state],
      words.fixes.kinds[record.fix.kind].followUp(device),
      record.by,
      clockTime(record.at, now(), language),
    ]),
  );
  for (const line of table(words.fixes.columns, rows)) terminal.out(line);
};

const readNumber = (text: string): number => {
  const digits = /^(?:F-)?(\d{1,9})$/i.exec(text)?.[1];
  if (digits === undefined || Number(digits) < 1)
    throw invalid('--done', `a number of the list is needed, not ${text}`);
  return Number(digits);
};

export const fixesCommand: Command = {
  help: 'fix',
  options: { all: { type: 'boolean' }, done: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    countArguments(given, 0, 0, 'fixes [--all] [--done <number>]');
    const done = given.text('done');
    const number = done === undefined ? null : readNumber(done);
    const services = context.open();
    if (number !== null) {
      const record = services.fixes.done(number);
      terminal.out(words.fixes.tickedOff(fixLabel(number), record.fix.vmName));
      return { exitCode: exitCodes.ok, data: { record } };
    }
    const known = await knownVms(services, context);
    const all = given.flag('all');
    const records = services.fixes.list(listLimit).filter((record) => all || needsFollowUp(record));
    if (records.length === 0) terminal.note(all ? words.fixes.noneAtAll : words.fixes.none);
    else sayRecords(records, ({ fix }) => known.pathOf(fix.vm, fix.vmName), context);
    return { exitCode: exitCodes.ok, data: { fixes: records } };
  },
};
