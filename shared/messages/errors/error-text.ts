import type { ErrorCode, ErrorData } from '../../errors/app-error.ts';
import type { Language } from '../topic.ts';

/** What a person reads of one error. */
export interface ErrorText {
  /** What went wrong, one sentence. */
  readonly cause: string;
  /** What that means for the VM, the site or the data; empty when there is nothing to add. */
  readonly consequence: string;
  /** What to do, step by step. */
  readonly remedy: readonly string[];
}

/** Texts of some errors, each in both languages; the data is the one its code carries. */
export type ErrorTexts<Codes extends ErrorCode> = {
  readonly [Code in Codes]: Record<Language, (data: ErrorData[Code]) => ErrorText>;
};

/** Foreign words inside a sentence of ours, without the full stop they may bring along. */
export const inSentence = (words: string): string => words.trim().replace(/[.。]+$/, '');
