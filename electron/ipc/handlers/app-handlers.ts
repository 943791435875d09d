import type { AppInfo, Preferences } from '../../../shared/ipc/contract.ts';
import type { PreferenceStore } from '../../preferences.ts';
import type { HandlersOf } from '../handlers.ts';

export interface AppHandlerParts {
  readonly info: Omit<AppInfo, 'preferences'>;
  readonly preferences: PreferenceStore;
  /** The looks and the words of the window's frame follow. */
  readonly onPreferences: (preferences: Preferences) => void;
}

export const appHandlers = ({ info, preferences, onPreferences }: AppHandlerParts): HandlersOf<'app'> => ({
  'app.info': () => ({ ...info, preferences: preferences.read() }),
  'app.setPreferences': (wanted) => {
    preferences.write(wanted);
    const now = preferences.read();
    onPreferences(now);
    return now;
  },
});
