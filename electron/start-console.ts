import { type AppError, hasCode, toWire, type WireError } from '../shared/errors/app-error.ts';
import type { ConsoleServices } from './compose.ts';

export interface StartQuestions {
  /** A damaged task log was set aside: begin an empty one? */
  askToBeginAnew(error: AppError<'storage-damaged'>): Promise<boolean>;
  /** Says why the console cannot start. */
  tell(error: WireError): Promise<void>;
}

/** Composes the services; null when the console cannot start, which the person has then been told. */
export const startConsole = async (
  compose: (options: { readonly startNewJournal?: boolean }) => ConsoleServices,
  questions: StartQuestions,
): Promise<ConsoleServices | null> => {
  try {
    return compose({});
  } catch (error) {
    if (!hasCode(error, 'storage-damaged')) {
      await questions.tell(toWire(error));
      return null;
    }
    if (!(await questions.askToBeginAnew(error))) return null;
  }
  try {
    return compose({ startNewJournal: true });
  } catch (error) {
    await questions.tell(toWire(error));
    return null;
  }
};
