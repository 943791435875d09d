import type { SiteId } from '../../shared/domain/ids.ts';
import type { Site } from '../../shared/domain/site.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { ConsoleServices } from '../compose.ts';
import type { CommandContext } from './command.ts';
import { passwordFor } from './password.ts';

/** The site a person named, by its name or its id. @throws `site-unknown` */
export const siteNamed = (services: ConsoleServices, name: string): Site => {
  const sites = services.settings.sites();
  const found =
    sites.find((site) => site.name === name || site.id === name) ??
    sites.find((site) => site.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new AppError('site-unknown', { site: name });
  return found;
};

/** The site of `--site`, or all sites. @throws `site-unknown` */
export const chosenSites = (services: ConsoleServices, context: CommandContext): readonly Site[] => {
  const name = context.given.text('site');
  return name === undefined ? services.settings.sites() : [siteNamed(services, name)];
};

/** Waits for the whole inventory of a connected site, and shows how far it is. */
export const untilInSync = async (services: ConsoleServices, site: Site, context: CommandContext): Promise<void> => {
  const { terminal, words, signal } = context;
  const stop = services.sites.onChange(() => {
    const { connection } = services.sites.status(site.id);
    if (connection.kind === 'syncing')
      terminal.flash(words.cli.reading(site.name, connection.loaded, connection.total));
  });
  try {
    await services.sites.inSync(site.id, signal);
  } finally {
    stop();
  }
};

/**
 * Logs in to a site unless that is done, and waits for its whole inventory.
 * @throws what logging in and reading can throw
 */
export const connectSite = async (services: ConsoleServices, site: Site, context: CommandContext): Promise<void> => {
  if (services.sites.session(site.id) === null) {
    const password = await passwordFor(site, context);
    context.terminal.flash(context.words.cli.connecting(site.name));
    await services.sites.connect(site.id, { password }, context.signal);
  }
  await untilInSync(services, site, context);
};

/** Loads what was read last of these sites; says which of them were never read. */
export const loadSites = async (services: ConsoleServices, sites: readonly Site[]): Promise<ReadonlySet<SiteId>> => {
  const unread = new Set<SiteId>();
  for (const site of sites) {
    await services.inventory.load(site.id);
    if (services.inventory.readAt(site.id) === null) unread.add(site.id);
  }
  return unread;
};
