import { common } from './common.ts';
import type { Language } from './topic.ts';

/** Every text of the product. Add a topic: one file beside this one, one line here. */
export const catalog = {
  en: { common: common.en },
  ja: { common: common.ja },
} satisfies Record<Language, unknown>;

export type Messages = (typeof catalog)['en'];
