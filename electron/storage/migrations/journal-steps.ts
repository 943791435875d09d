import type { MigrationStep } from '../migrate.ts';
import { createJournalTables } from './journal-1-create.ts';
import { createAnnotationTable } from './journal-2-annotations.ts';
import { createFixTable } from './journal-3-fixes.ts';
import { letFollowUpsBeTickedOff } from './journal-4-follow-ups.ts';
import { indexFollowUps } from './journal-5-follow-up-index.ts';

/** Step n takes `journal.db` from version n-1 to n. Only ever add to the end. */
export const journalSteps: readonly MigrationStep[] = [
  createJournalTables,
  createAnnotationTable,
  createFixTable,
  letFollowUpsBeTickedOff,
  indexFollowUps,
];
