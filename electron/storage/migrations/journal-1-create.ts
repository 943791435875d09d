import type { SqliteDatabase } from '../open-database.ts';

/**
 * Version 1: tasks with their events, sites, preferences, and the one process that runs tasks.
 * Tasks and events are history: triggers refuse to change or remove them. `open_task` is derived from the events, so
 * that the tasks a start after a crash must look at are found without reading the whole history.
 */
export const createJournalTables = (database: SqliteDatabase): void => {
  database.exec(`
    CREATE TABLE task (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      operation TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      vm TEXT NOT NULL,
      rerun_of INTEGER REFERENCES task (id),
      header TEXT NOT NULL CHECK (json_valid(header))
    ) STRICT;
    CREATE INDEX task_by_operation ON task (operation);

    CREATE TABLE task_event (
      task INTEGER NOT NULL REFERENCES task (id),
      sequence INTEGER NOT NULL CHECK (sequence > 0),
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body)),
      PRIMARY KEY (task, sequence)
    ) STRICT;

    CREATE TABLE open_task (task INTEGER PRIMARY KEY REFERENCES task (id)) STRICT;

    CREATE TRIGGER task_event_opens AFTER INSERT ON task_event
      WHEN NEW.kind NOT IN ('completed', 'cancelled', 'failed', 'needs-attention')
      BEGIN INSERT OR IGNORE INTO open_task (task) VALUES (NEW.task); END;
    CREATE TRIGGER task_event_ends AFTER INSERT ON task_event
      WHEN NEW.kind IN ('completed', 'cancelled', 'failed', 'needs-attention')
      BEGIN DELETE FROM open_task WHERE task = NEW.task; END;

    CREATE TRIGGER task_event_never_changes BEFORE UPDATE ON task_event
      BEGIN SELECT RAISE(ABORT, 'events of a task are never changed'); END;
    CREATE TRIGGER task_event_never_goes BEFORE DELETE ON task_event
      BEGIN SELECT RAISE(ABORT, 'events of a task are never removed'); END;
    CREATE TRIGGER task_never_changes BEFORE UPDATE ON task
      BEGIN SELECT RAISE(ABORT, 'a task is never changed'); END;
    CREATE TRIGGER task_never_goes BEFORE DELETE ON task
      BEGIN SELECT RAISE(ABORT, 'a task is never removed'); END;

    CREATE TABLE runner (
      only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
      process_id INTEGER NOT NULL,
      process_started TEXT,
      claimed_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE site (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      address TEXT NOT NULL,
      port INTEGER NOT NULL,
      user_name TEXT NOT NULL,
      pinned_certificate TEXT
    ) STRICT;

    CREATE TABLE preference (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  `);
};
