import { AppError } from '../../shared/errors/app-error.ts';
import { type InventorySearch, parseInventorySearch } from '../../shared/planning/inventory-search.ts';
import type { CommandContext } from './command.ts';

/**
 * What is searched for by the words of a command line.
 * @throws `invalid-input` with the parts that mean nothing, and what is understood
 */
export const readSearch = ({ given, words }: CommandContext): InventorySearch => {
  const search = parseInventorySearch(given.positionals.join(' '));
  if (search.notUnderstood.length > 0) {
    const message = words.cli.notUnderstood(search.notUnderstood.join(' '));
    throw new AppError('invalid-input', { issues: [{ path: '', message }] });
  }
  return search;
};
