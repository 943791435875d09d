import { useSyncExternalStore } from 'react';
import { usePreferences } from '../stores/preferences.ts';
import type { ThemeName } from './fluent-theme.ts';

/** Null where the page's surroundings cannot tell (tests). */
const systemDark = (): MediaQueryList | null =>
  typeof window.matchMedia === 'function' ? window.matchMedia('(prefers-color-scheme: dark)') : null;

const onSystemChange = (listener: () => void): (() => void) => {
  const query = systemDark();
  query?.addEventListener('change', listener);
  return () => query?.removeEventListener('change', listener);
};

/** Light or dark: as the person chose, else as the system is now. */
export const useThemeName = (): ThemeName => {
  const chosen = usePreferences(({ preferences }) => preferences.theme);
  const system = useSyncExternalStore(onSystemChange, () => (systemDark()?.matches ? 'dark' : 'light'));
  return chosen === 'system' ? system : chosen;
};
