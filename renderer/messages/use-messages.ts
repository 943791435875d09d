import { catalog, type Messages } from '../../shared/messages/catalog.ts';
import type { Language } from '../../shared/messages/topic.ts';
import { languageOf, usePreferences } from '../stores/preferences.ts';

/** The language the person reads. */
export const useLanguage = (): Language => usePreferences(languageOf);

/** Every text of the product in that language: `useMessages().common.close`. */
export const useMessages = (): Messages => catalog[useLanguage()];

/** The texts outside of React (in commands). */
export const currentMessages = (): Messages => catalog[languageOf(usePreferences.getState())];
