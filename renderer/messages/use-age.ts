import { useSyncExternalStore } from 'react';
import { age } from '../../shared/messages/format.ts';
import { now, onTick } from './clock.ts';
import { useLanguage } from './use-messages.ts';

/** How long ago that was, in words: "8 s ago". Draws anew only when the words change. `at` in ms since 1970. */
export const useAge = (at: number): string => {
  const language = useLanguage();
  return useSyncExternalStore(onTick, () => age(now() - at, language));
};

/** True once `at` is longer ago than `limit` (ms). Null counts as never read, so always. */
export const useOlderThan = (at: number | null, limit: number): boolean =>
  useSyncExternalStore(onTick, () => at === null || now() - at > limit);
