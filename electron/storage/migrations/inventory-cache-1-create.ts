import type { SqliteDatabase } from '../open-database.ts';

/**
 * Version 1. A VM's summary lies apart from its facts, so that reading 50,000 summaries never touches the pages with
 * the facts. Rows are numbered, so that pages can be read one after another while others write.
 */
export const createInventoryTables = (database: SqliteDatabase): void => {
  database.exec(`
    CREATE TABLE site_state (site TEXT PRIMARY KEY, read_at INTEGER NOT NULL, about TEXT NOT NULL) STRICT;

    CREATE TABLE infrastructure (
      id TEXT PRIMARY KEY,
      site TEXT NOT NULL,
      read_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX infrastructure_by_site ON infrastructure (site);

    CREATE TABLE vm (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      site TEXT NOT NULL,
      read_at INTEGER NOT NULL,
      name TEXT NOT NULL,
      parent TEXT,
      host TEXT,
      pool TEXT,
      power_state TEXT NOT NULL,
      condition TEXT NOT NULL,
      is_template INTEGER NOT NULL,
      cpu_count INTEGER NOT NULL,
      memory_bytes INTEGER NOT NULL,
      disk_bytes INTEGER NOT NULL,
      busy_with TEXT
    ) STRICT;
    CREATE INDEX vm_by_site ON vm (site, row);

    CREATE TABLE vm_facts (
      vm_row INTEGER PRIMARY KEY REFERENCES vm (row) ON DELETE CASCADE,
      body TEXT NOT NULL
    ) STRICT;
  `);
};
