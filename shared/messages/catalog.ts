import { common } from './common.ts';
import { findings } from './findings.ts';
import { migration } from './migration.ts';
import { settings } from './settings.ts';
import { sites } from './sites.ts';
import { tasks } from './tasks.ts';
import type { Language } from './topic.ts';

/** Every text of the product. Add a topic: one file beside this one, one line here. */
export const catalog = {
  en: {
    common: common.en,
    findings: findings.en,
    migration: migration.en,
    settings: settings.en,
    sites: sites.en,
    tasks: tasks.en,
  },
  ja: {
    common: common.ja,
    findings: findings.ja,
    migration: migration.ja,
    settings: settings.ja,
    sites: sites.ja,
    tasks: tasks.ja,
  },
} satisfies Record<Language, unknown>;

export type Messages = (typeof catalog)['en'];
