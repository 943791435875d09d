import { AppError } from '../../shared/errors/app-error.ts';
import type { CommandContext } from './command.ts';

/**
 * Asks the person before something is changed; `--yes` agrees in advance.
 * @throws `cancelled`; `invalid-input` when nobody is there to answer
 */
export const agree = async (question: string, { given, terminal, words }: CommandContext): Promise<void> => {
  if (given.flag('yes')) return;
  const answer = await terminal.ask(`${question} ${words.fixes.yesNo} `);
  if (answer === null)
    throw new AppError('invalid-input', { issues: [{ path: '--yes', message: words.fixes.needsYes }] });
  if (!/^(y|yes|はい)$/i.test(answer.trim())) throw new AppError('cancelled', {});
};
