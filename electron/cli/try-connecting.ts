import type { Site } from '../../shared/domain/site.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/messages/errors.ts';
import type { ConsoleServices } from '../compose.ts';
import type { CommandContext } from './command.ts';
import { connectSite, loadSites } from './connect-sites.ts';

/** A site that could not be connected: what lies in it is not known. */
export interface SiteOutOfReach {
  readonly site: string;
  readonly error: WireError;
}

/**
 * Connects these sites as far as they can be, and says which cannot: what is known of the others is worth saying
 * without them. With `--offline` none is connected.
 */
export const tryConnecting = async (
  services: ConsoleServices,
  sites: readonly Site[],
  context: CommandContext,
): Promise<readonly SiteOutOfReach[]> => {
  await loadSites(services, sites);
  if (context.given.flag('offline')) return [];
  const outOfReach: SiteOutOfReach[] = [];
  for (const site of sites) {
    try {
      await connectSite(services, site, context);
    } catch (error) {
      context.signal.throwIfAborted();
      const wire = toWire(error);
      context.terminal.note(`${site.name}: ${errorText(wire, context.language).cause}`);
      outOfReach.push({ site: site.name, error: wire });
    }
  }
  return outOfReach;
};
