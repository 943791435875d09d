import { describe, expect, test } from 'vitest';
import { createPreferenceStore, languageOfLocale } from '../../electron/preferences.ts';
import { openTestStorage } from '../support/open-test-storage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const aStore = (environment: Record<string, string> = {}) => {
  const { settings } = openTestStorage(temporaryDirectory());
  return { settings, store: createPreferenceStore({ settings, environment, systemLanguage: 'ja' }) };
};

describe('preferences', () => {
  test('follow the system until chosen otherwise', () => {
    const { store } = aStore();
    expect(store.read()).toEqual({ language: 'system', theme: 'system' });
    expect(store.language()).toBe('ja');
    store.write({ language: 'en', theme: 'dark' });
    expect(store.read()).toEqual({ language: 'en', theme: 'dark' });
    expect(store.language()).toBe('en');
  });

  test('are overruled by the environment, which is not kept', () => {
    const { store, settings } = aStore({ VM_CONSOLE_LANGUAGE: 'en', VM_CONSOLE_THEME: 'light' });
    expect(store.read()).toEqual({ language: 'en', theme: 'light' });
    expect(settings.preference('language')).toBeNull();
  });

  test('that make no sense count as not chosen', () => {
    const { store, settings } = aStore({ VM_CONSOLE_THEME: 'purple' });
    settings.setPreference('language', 'klingon');
    expect(store.read()).toEqual({ language: 'system', theme: 'system' });
  });
});

test.each([
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['ja_JP.UTF-8', 'ja'],
  ['JA', 'ja'],
  ['en-GB', 'en'],
  ['C', 'en'],
  ['', 'en'],
  ['jav', 'en'],
] as const)('the locale %j speaks %s', (locale, language) => {
  expect(languageOfLocale(locale)).toBe(language);
});
