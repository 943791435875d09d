import { type Preferences, preferencesSchema } from '../shared/ipc/contract.ts';
import type { Language } from '../shared/messages/topic.ts';
import type { Settings } from './storage/ports.ts';

export interface PreferenceStore {
  read(): Preferences;
  write(preferences: Preferences): void;
  /** The language to speak now. */
  language(): Language;
}

export interface PreferenceSources {
  readonly settings: Settings;
  /** `VM_CONSOLE_LANGUAGE` and `VM_CONSOLE_THEME` overrule what was chosen, for as long as the program runs. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly systemLanguage: Language;
}

const defaults: Preferences = { language: 'system', theme: 'system' };

/** `en` or `ja` for a locale such as `ja-JP` or `ja_JP.UTF-8`; what is not Japanese gets English. */
export const languageOfLocale = (locale: string): Language => (/^ja\b|^ja_/i.test(locale) ? 'ja' : 'en');

export const createPreferenceStore = ({
  settings,
  environment,
  systemLanguage,
}: PreferenceSources): PreferenceStore => {
  const field = <Name extends keyof Preferences>(name: Name, variable: string): Preferences[Name] => {
    for (const candidate of [environment[variable], settings.preference(name)]) {
      const parsed = preferencesSchema.shape[name].safeParse(candidate);
      if (parsed.success) return parsed.data as Preferences[Name];
    }
    return defaults[name];
  };

  const read = (): Preferences => ({
    language: field('language', 'VM_CONSOLE_LANGUAGE'),
    theme: field('theme', 'VM_CONSOLE_THEME'),
  });

  return {
    read,
    write: (preferences) => {
      settings.setPreference('language', preferences.language);
      settings.setPreference('theme', preferences.theme);
    },
    language: () => {
      const { language } = read();
      return language === 'system' ? systemLanguage : language;
    },
  };
};
