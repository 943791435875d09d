import { isSameSubject, type WaiverSubject } from '../../../shared/domain/annotation.ts';
import { siteOf } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { ruleCalled } from '../../../shared/rules/rule-names.ts';
import { isInForce } from '../../../shared/rules/waivers.ts';
import type { ConsoleServices } from '../../compose.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { siteNamed } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { type KnownVms, knownVms, readReason } from '../known-vms.ts';
import { readUntil } from '../read-until.ts';
import { table } from '../table.ts';

const invalid = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

const ruleNamed = (text: string): string => {
  const rule = ruleCalled(text);
  if (rule === null)
    throw invalid('', `a rule is needed, by its number or its whole name (S6, mounted-iso), not ${text}`);
  return rule;
};

interface Subject extends WaiverSubject {
  /** For people: the VM, or that it is any of a site. */
  readonly words: string;
}

const subjectOptions = { 'any-vm': { type: 'boolean' }, site: { type: 'string' } } as const;

/** What is to be waived, or no longer: `<vm> <rule>`, or `--any-vm --site <site> <rule>`. */
const readSubject = async (
  services: ConsoleServices,
  context: CommandContext,
  find: (known: KnownVms, text: string) => ReturnType<KnownVms['named']>,
): Promise<Subject> => {
  const { given, words } = context;
  const anyVm = given.flag('any-vm');
  countArguments(given, anyVm ? 1 : 2, anyVm ? 1 : 2, '<vm> <rule>, or --any-vm --site <site> <rule>');
  const ruleId = ruleNamed(given.positionals.at(-1) ?? '');
  if (anyVm) {
    const name = given.text('site');
    if (name === undefined) throw invalid('--site', 'name the site whose VMs are meant');
    const site = siteNamed(services, name);
    return { site: site.id, vm: null, ruleId, words: words.annotations.anyVmOf(site.name) };
  }
  const vm = find(await knownVms(services, context), given.positionals[0] ?? '');
  return { site: siteOf(vm.id), vm: vm.id, ruleId, words: vm.name };
};

export const waiveCommand: Command = {
  help: 'waive',
  options: { ...subjectOptions, reason: { type: 'string' }, until: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words, language, now } = context;
    const reason = readReason(context);
    const until = readUntil(given.text('until'), now());
    const services = context.open();
    const { words: subject, ...waived } = await readSubject(services, context, (known, text) => known.named(text));
    const { waivers } = services.annotations.waive(waived, reason, until);
    terminal.out(words.annotations.waived(waived.ruleId, subject, clockTime(until, now(), language)));
    terminal.note(words.annotations.onlyWarnings);
    return { exitCode: exitCodes.ok, data: { waivers } };
  },
};

export const unwaiveCommand: Command = {
  help: 'waive',
  options: subjectOptions,
  run: async (context) => {
    const { terminal, words } = context;
    const services = context.open();
    const before = services.annotations.present().waivers;
    const { words: subject, ...waived } = await readSubject(services, context, (known, text) =>
      known.namedIn(before, text),
    );
    const { waivers } = services.annotations.unwaive(waived);
    const was = before.some((waiver) => isSameSubject(waiver, waived));
    const say = was ? words.annotations.unwaived : words.annotations.notWaived;
    terminal.out(say(waived.ruleId, subject));
    return { exitCode: exitCodes.ok, data: { waivers } };
  },
};

export const waiversCommand: Command = {
  help: 'waive',
  options: { site: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words, language, now } = context;
    countArguments(given, 0, 0, 'waivers');
    const services = context.open();
    const known = await knownVms(services, context);
    const { waivers } = services.annotations.present();
    const { anyVmOf, over, noWaivers, waiverColumns } = words.annotations;
    const at = now();
    if (waivers.length === 0) terminal.note(noWaivers);
    else {
      const rows = waivers.map((waiver) => {
        const until = clockTime(waiver.until, at, language);
        return [
          waiver.vm === null
            ? anyVmOf(services.sites.site(waiver.site)?.name ?? waiver.site)
            : known.pathOf(waiver.vm, waiver.vmName ?? ''),
          waiver.ruleId,
          isInForce(waiver, at) ? until : over(until),
          waiver.by,
          clockTime(waiver.at, at, language),
          waiver.reason,
        ];
      });
      for (const line of table(waiverColumns, rows)) terminal.out(line);
    }
    const data = { waivers: waivers.map((waiver) => ({ ...waiver, inForce: isInForce(waiver, at) })) };
    return { exitCode: exitCodes.ok, data };
  },
};
