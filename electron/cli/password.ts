import type { Site } from '../../shared/domain/site.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { CommandContext } from './command.ts';

/**
 * A site's password: from the standard input when asked for, else from `VMMIGRATE_PASSWORD`, else from a prompt.
 * @throws `password-needed` when nobody can answer
 */
export const passwordFor = async (
  site: Pick<Site, 'kind' | 'name' | 'userName'>,
  { given, terminal, environment, words }: CommandContext,
): Promise<string> => {
  if (site.kind === 'lab-vmware' || site.kind === 'lab-hyperv') return '';
  if (given.flag('password-stdin')) return (await terminal.readInput()).replace(/\r?\n$/, '');
  const fromEnvironment = environment.VMMIGRATE_PASSWORD;
  if (fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment;
  const typed = await terminal.askHidden(words.cli.passwordOf(site.userName, site.name));
  if (typed === null) throw new AppError('password-needed', { siteName: site.name });
  return typed;
};
