import type { SqliteDatabase } from '../open-database.ts';

/**
 * Version 3: what the console changed of VMs because a person asked for it, as history. Each fix begins with what was
 * asked for and what was there before; triggers refuse to change or remove anything.
 */
export const createFixTable = (database: SqliteDatabase): void => {
  database.exec(`
    CREATE TABLE fix_event (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      fix INTEGER NOT NULL CHECK (fix > 0),
      at INTEGER NOT NULL,
      said_by TEXT NOT NULL CHECK (said_by <> ''),
      kind TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT;
    CREATE INDEX fix_event_by_fix ON fix_event (fix, sequence);
    CREATE UNIQUE INDEX fix_is_asked_for_once ON fix_event (fix) WHERE kind = 'asked';

    CREATE TRIGGER fix_event_never_changes BEFORE UPDATE ON fix_event
      BEGIN SELECT RAISE(ABORT, 'what was changed of a VM is never rewritten'); END;
    CREATE TRIGGER fix_event_never_goes BEFORE DELETE ON fix_event
      BEGIN SELECT RAISE(ABORT, 'what was changed of a VM is never forgotten'); END;
  `);
};
