import { randomUUID } from 'node:crypto';
import { siteId } from '../../../shared/domain/ids.ts';
import type { CertificateInfo, Site, SiteStatus } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { requests } from '../../../shared/ipc/contract.ts';
import { fingerprintSchema } from '../../../shared/ipc/schemas/site.ts';
import { age } from '../../../shared/messages/format.ts';
import type { ConsoleServices } from '../../compose.ts';
import { addLabSites } from '../../sites/lab-sites.ts';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { countArguments, passwordOptions } from '../command-line.ts';
import { siteNamed, untilInSync } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { passwordFor } from '../password.ts';
import { table } from '../table.ts';

const defaultPort = 443;

const asJson = ({ site, about, inventoryReadAt, vmCount }: SiteStatus) => ({
  ...site,
  about,
  inventoryReadAt,
  vmCount,
});

const invalid = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

/** The values of the new site, checked by the schema that also checks the window's. */
const readNewSite = ({ given }: CommandContext, address: string): Omit<Site, 'id'> => {
  const parsed = requests['sites.add'].request
    .pick({ name: true, kind: true, address: true, port: true, userName: true })
    .safeParse({
      name: given.text('name') ?? address,
      kind: given.text('kind') ?? 'vsphere',
      address,
      port: given.number('port', 1, 65_535) ?? defaultPort,
      userName: given.text('user') ?? '',
    });
  if (!parsed.success) {
    throw new AppError('invalid-input', {
      issues: parsed.error.issues.map(({ path, message }) => ({
        path: path.join('.') === 'userName' ? '--user' : path.join('.'),
        message,
      })),
    });
  }
  return { ...parsed.data, pinnedCertificate: null };
};

const readFingerprint = ({ given }: CommandContext): string | null => {
  const text = given.text('fingerprint');
  if (text === undefined) return null;
  const parsed = fingerprintSchema.safeParse(text.toUpperCase());
  if (!parsed.success) throw invalid('--fingerprint', 'a SHA-256 fingerprint is 32 pairs of hex digits: AA:BB:…');
  return parsed.data;
};

const showCertificate = (address: string, certificate: CertificateInfo, { terminal, words }: CommandContext): void => {
  const { heading, subject, issuer, validTo, fingerprint } = words.cli.certificate;
  terminal.note(heading(address));
  terminal.note(subject(certificate.subject));
  terminal.note(issuer(certificate.issuer));
  terminal.note(validTo(new Date(certificate.validTo).toISOString().slice(0, 10)));
  terminal.note(fingerprint(certificate.fingerprintSha256));
};

/**
 * Which certificate to pin: the one named by `--fingerprint`, or the one shown when the person accepts it; null when
 * the machine trusts it anyway.
 * @throws `certificate-unknown`, `certificate-changed`
 */
const pin = async (
  address: string,
  certificate: CertificateInfo | null,
  wanted: string | null,
  context: CommandContext,
): Promise<string | null> => {
  if (certificate === null) return wanted;
  if (wanted !== null) {
    if (wanted === certificate.fingerprintSha256) return wanted;
    throw new AppError('certificate-changed', { address, pinned: wanted, certificate });
  }
  if (certificate.trusted) return null;
  showCertificate(address, certificate, context);
  const answer = await context.terminal.ask(context.words.cli.certificate.question);
  if (answer !== null && /^(y|yes|はい)$/i.test(answer.trim())) return certificate.fingerprintSha256;
  if (answer === null) {
    context.terminal.note(context.words.cli.certificate.howToPin);
    context.terminal.note(`  --fingerprint ${certificate.fingerprintSha256}`);
  }
  throw new AppError('certificate-unknown', { address, certificate });
};

const added = async (
  services: ConsoleServices,
  statuses: readonly SiteStatus[],
  context: CommandContext,
): Promise<CommandResult> => {
  for (const { site } of statuses) {
    await untilInSync(services, site, context);
    context.terminal.out(context.words.cli.siteAdded(site.name, services.sites.status(site.id).vmCount));
  }
  const data = { sites: statuses.map(({ site }) => asJson(services.sites.status(site.id))) };
  return { exitCode: exitCodes.ok, data };
};

export const siteAdd: Command = {
  help: 'site',
  options: {
    ...passwordOptions,
    user: { type: 'string' },
    name: { type: 'string' },
    kind: { type: 'string' },
    port: { type: 'string' },
    fingerprint: { type: 'string' },
    lab: { type: 'boolean' },
  },
  run: async (context) => {
    const { given, signal } = context;
    if (given.flag('lab')) {
      const services = context.open();
      return added(services, await addLabSites(services.sites, signal), context);
    }
    countArguments(given, 1, 1, 'site add <address> --user <name>');
    const draft = readNewSite(context, given.positionals[0] ?? '');
    const wanted = readFingerprint(context);
    const services = context.open();
    const { certificate } = await services.sites.probe(draft, signal);
    const pinnedCertificate = await pin(draft.address, certificate, wanted, context);
    const password = await passwordFor(draft, context);
    const site: Site = { ...draft, pinnedCertificate, id: siteId(`site-${randomUUID().slice(0, 8)}`) };
    return added(services, [await services.sites.add({ site, password, rememberPassword: false }, signal)], context);
  },
};

export const siteList: Command = {
  help: 'site',
  options: {},
  run: async ({ given, terminal, words, language, now, open }) => {
    countArguments(given, 0, 0, 'site list');
    const services = open();
    for (const { id } of services.settings.sites()) await services.inventory.load(id);
    const statuses = services.sites.list();
    if (statuses.length === 0) terminal.note(words.cli.noSites);
    else {
      const rows = statuses.map(({ site, vmCount, inventoryReadAt }) => [
        site.name,
        site.kind,
        site.address === '' ? '' : `${site.address}:${site.port}`,
        site.userName,
        String(vmCount),
        inventoryReadAt === null ? words.cli.never : age(now() - inventoryReadAt, language),
      ]);
      for (const line of table(words.cli.siteColumns, rows)) terminal.out(line);
    }
    return { exitCode: exitCodes.ok, data: { sites: statuses.map(asJson) } };
  },
};

export const siteTest: Command = {
  help: 'site',
  options: passwordOptions,
  run: async (context) => {
    const { given, terminal, words, signal } = context;
    countArguments(given, 1, 1, 'site test <site>');
    const services = context.open();
    const site = siteNamed(services, given.positionals[0] ?? '');
    const password = await passwordFor(site, context);
    await services.sites.connect(site.id, { password }, signal);
    const about = services.sites.session(site.id)?.about;
    terminal.out(words.cli.connected(site.name, about?.product ?? '', about?.version ?? ''));
    return { exitCode: exitCodes.ok, data: { site, about: about ?? null } };
  },
};

export const siteRemove: Command = {
  help: 'site',
  options: { yes: { type: 'boolean' } },
  run: async ({ given, terminal, words, open }) => {
    countArguments(given, 1, 1, 'site remove <site>');
    const services = open();
    const site = siteNamed(services, given.positionals[0] ?? '');
    if (!given.flag('yes')) {
      const answer = await terminal.ask(words.cli.removeQuestion(site.name));
      if (answer === null) throw invalid('', words.cli.removeNeedsYes);
      if (!/^(y|yes|はい)$/i.test(answer.trim())) throw new AppError('cancelled', {});
    }
    await services.sites.remove(site.id);
    terminal.out(words.cli.siteRemoved(site.name));
    return { exitCode: exitCodes.ok, data: { removed: site } };
  },
};
