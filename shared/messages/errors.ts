import type { ErrorCode, WireError } from '../errors/app-error.ts';
import { consoleErrorTexts } from './errors/console-errors.ts';
import type { ErrorText, ErrorTexts } from './errors/error-text.ts';
import { evacuationErrorTexts } from './errors/evacuation-errors.ts';
import { siteErrorTexts } from './errors/site-errors.ts';
import { vmErrorTexts } from './errors/vm-errors.ts';
import type { Language } from './topic.ts';

/** Every error's texts: a code without both languages does not compile. */
const texts: ErrorTexts<ErrorCode> = {
  ...siteErrorTexts,
  ...vmErrorTexts,
  ...evacuationErrorTexts,
  ...consoleErrorTexts,
};

type Writer = (data: WireError['data']) => ErrorText;

/** An error in words: cause, consequence, remedy. The window, the command line and the task log all say this. */
export const errorText = (error: WireError, language: Language): ErrorText => {
  const known = texts[error.code] as Record<Language, Writer> | undefined;
  if (known !== undefined) return known[language](error.data);
  // A journal written by a newer version may hold a code this one has no words for: show the code, hide nothing.
  return { cause: `${error.code} ${JSON.stringify(error.data)}`, consequence: '', remedy: [] };
};
