import { annotations } from './annotations.ts';
import { cli } from './cli.ts';
import { coldMigration } from './cold-migration.ts';
import { common } from './common.ts';
import { desktop } from './desktop.ts';
import { evacuation } from './evacuation.ts';
import { evacuationCli } from './evacuation-cli.ts';
import { findings } from './findings.ts';
import { fixes } from './fixes.ts';
import { followUps } from './follow-ups.ts';
import { images } from './images.ts';
import { limits } from './limits.ts';
import { migration } from './migration.ts';
import { poolDetails } from './pool-details.ts';
import { recovery } from './recovery.ts';
import { recoveryCli } from './recovery-cli.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { sites } from './sites.ts';
import { tasks } from './tasks.ts';
import type { Language } from './topic.ts';
import { tree } from './tree.ts';

/** Every text of the product. Add a topic: one file beside this one, one line here. */
export const catalog = {
  en: {
    annotations: annotations.en,
    cli: cli.en,
    coldMigration: coldMigration.en,
    common: common.en,
    desktop: desktop.en,
    evacuation: evacuation.en,
    evacuationCli: evacuationCli.en,
    findings: findings.en,
    fixes: fixes.en,
    followUps: followUps.en,
    images: images.en,
    limits: limits.en,
    migration: migration.en,
    recovery: recovery.en,
    recoveryCli: recoveryCli.en,
    settings: settings.en,
    sites: sites.en,
    tasks: tasks.en,
    tree: tree.en,
    shell: shell.en,
    poolDetails: poolDetails.en,
  },
  ja: {
    annotations: annotations.ja,
    cli: cli.ja,
    coldMigration: coldMigration.ja,
    common: common.ja,
    desktop: desktop.ja,
    evacuation: evacuation.ja,
    evacuationCli: evacuationCli.ja,
    findings: findings.ja,
    fixes: fixes.ja,
    followUps: followUps.ja,
    images: images.ja,
    limits: limits.ja,
    migration: migration.ja,
    recovery: recovery.ja,
    recoveryCli: recoveryCli.ja,
    settings: settings.ja,
    sites: sites.ja,
    tasks: tasks.ja,
    tree: tree.ja,
    shell: shell.ja,
    poolDetails: poolDetails.ja,
  },
} satisfies Record<Language, unknown>;

export type Messages = (typeof catalog)['en'];
