import type { WireError } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/messages/errors.ts';
import type { CommandContext } from './command.ts';

/** Prints an error with what follows from it and what to do. */
export const sayError = (
  error: WireError,
  { terminal, language, words }: Pick<CommandContext, 'terminal' | 'language' | 'words'>,
): void => {
  const text = errorText(error, language);
  terminal.note(`vmmigrate: ${text.cause}`);
  if (text.consequence !== '') terminal.note(text.consequence);
  if (text.remedy.length > 0) terminal.note(words.cli.remedy);
  for (const step of text.remedy) terminal.note(`  - ${step}`);
};
