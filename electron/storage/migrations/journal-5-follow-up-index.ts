import type { SqliteDatabase } from '../open-database.ts';

/** Version 5: the tasks that left something to people are found without reading the whole history. */
export const indexFollowUps = (database: SqliteDatabase): void => {
  database.exec("CREATE INDEX task_event_follow_up ON task_event (task, sequence) WHERE kind = 'follow-up'");
};
