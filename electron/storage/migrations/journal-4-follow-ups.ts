import type { SqliteDatabase } from '../open-database.ts';

/** Version 4: that nothing is left to do after a task is said once it has ended, and does not open it again. */
export const letFollowUpsBeTickedOff = (database: SqliteDatabase): void => {
  database.exec(`
    DROP TRIGGER task_event_opens;
    CREATE TRIGGER task_event_opens AFTER INSERT ON task_event
      WHEN NEW.kind NOT IN ('completed', 'cancelled', 'failed', 'needs-attention', 'follow-ups-done')
      BEGIN INSERT OR IGNORE INTO open_task (task) VALUES (NEW.task); END;
  `);
};
