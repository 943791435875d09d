import { create } from 'zustand';
import type { AppInfo, Preferences } from '../../shared/ipc/contract.ts';
import type { Language } from '../../shared/messages/topic.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';

interface PreferencesState {
  /** Null until the main process answered. */
  readonly info: AppInfo | null;
  readonly preferences: Preferences;
}

export const usePreferences = create<PreferencesState>(() => ({
  info: null,
  preferences: { language: 'system', theme: 'system' },
}));

/** The language texts are shown in: the chosen one, else the system's. */
export const languageOf = ({ info, preferences }: PreferencesState): Language =>
  preferences.language === 'system' ? (info?.systemLanguage ?? 'en') : preferences.language;

/** Reads what the application is and how it shall look; then follows changes. Returns a function that stops following. */
export const openPreferences = async (): Promise<() => void> => {
  const stop = onEvent('preferences.changed', (preferences) => usePreferences.setState({ preferences }));
  const info = await call('app.info', {});
  usePreferences.setState({ info, preferences: info.preferences });
  return stop;
};

/** Saves a change; the window follows at once, and goes back when it could not be saved. */
export const changePreferences = async (change: Partial<Preferences>): Promise<void> => {
  const before = usePreferences.getState().preferences;
  const wanted = { ...before, ...change };
  usePreferences.setState({ preferences: wanted });
  try {
    usePreferences.setState({ preferences: await call('app.setPreferences', wanted) });
  } catch (error) {
    usePreferences.setState({ preferences: before });
    throw error;
  }
};
