import type { SqliteDatabase } from '../open-database.ts';

/**
 * Version 2: what people said of VMs (locks, guest-cluster marks, waivers), as history. What holds now is derived from
 * all of it; triggers refuse to change or remove any. `vm` is null for what is said of any VM of a site.
 */
export const createAnnotationTable = (database: SqliteDatabase): void => {
  database.exec(`
    CREATE TABLE annotation_event (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      said_by TEXT NOT NULL CHECK (said_by <> ''),
      vm TEXT,
      vm_name TEXT,
      kind TEXT NOT NULL,
      body TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT;
    CREATE INDEX annotation_event_by_vm ON annotation_event (vm, sequence);

    CREATE TRIGGER annotation_event_never_changes BEFORE UPDATE ON annotation_event
      BEGIN SELECT RAISE(ABORT, 'what people said is never changed'); END;
    CREATE TRIGGER annotation_event_never_goes BEFORE DELETE ON annotation_event
      BEGIN SELECT RAISE(ABORT, 'what people said is never removed'); END;
  `);
};
