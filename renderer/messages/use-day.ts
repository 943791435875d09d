import { useMemo } from 'react';
import { useLanguage } from './use-messages.ts';

/** Writes a time (ms since 1970) as a day, in the language of the window. */
export const useDay = (): ((at: number) => string) => {
  const language = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { dateStyle: 'medium' });
    return (at) => format.format(at);
  }, [language]);
};
