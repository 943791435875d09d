import { type FixEvent, type FixEventBody, type FixRecord, withFixEvent } from '../../shared/domain/fix.ts';
import type { SqliteDatabase } from './open-database.ts';
import type { Fixes } from './ports.ts';
import { onFile } from './storage-error.ts';

interface EventRow {
  readonly fix: number;
  readonly at: number;
  readonly said_by: string;
  readonly body: string;
}

const eventOf = (row: EventRow): FixEvent => ({
  number: row.fix,
  at: row.at,
  by: row.said_by,
  body: JSON.parse(row.body) as FixEventBody,
});

const recordOf = (rows: readonly EventRow[]): FixRecord | null =>
  rows.map(eventOf).reduce<FixRecord | null>(withFixEvent, null);

/**
 * What was changed of VMs, on an open, migrated `journal.db`. Its methods throw `storage-locked`, `storage-failed` or
 * `storage-damaged`; nothing of a write has happened then.
 */
export const createFixes = (database: SqliteDatabase): Fixes => {
  const file = database.name;
  // The number is chosen by the statement that takes it, so that two processes never take the same.
  const begin = database.prepare<[number, string, string], { readonly fix: number }>(
    `INSERT INTO fix_event (fix, at, said_by, kind, body)
     SELECT coalesce(max(fix), 0) + 1, ?, ?, 'asked', ? FROM fix_event RETURNING fix`,
  );
  const insert = database.prepare('INSERT INTO fix_event (fix, at, said_by, kind, body) VALUES (?, ?, ?, ?, ?)');
  const eventsOf = database.prepare<[number], EventRow>(
    'SELECT fix, at, said_by, body FROM fix_event WHERE fix = ? ORDER BY sequence',
  );
  const newest = database.prepare<[number], { readonly fix: number }>(
    "SELECT fix FROM fix_event WHERE kind = 'asked' ORDER BY fix DESC LIMIT ?",
  );

  const last = database.prepare<[], { readonly sequence: number | null }>(
    'SELECT max(sequence) AS sequence FROM fix_event',
  );

  const read = (number: number): FixRecord | null => recordOf(eventsOf.all(number));

  return {
    begin: (fix, before, { by, at }) =>
      onFile(file, () => {
        const body: FixEventBody = { kind: 'asked', fix, before };
        const number = begin.get(at, by, JSON.stringify(body))?.fix;
        if (number === undefined) throw new Error('no number was given');
        return number;
      }),
    append: (number, body, { by, at }) =>
      onFile(file, () => {
        insert.run(number, at, by, body.kind, JSON.stringify(body));
      }),
    record: (number) => onFile(file, () => read(number)),
    lastEvent: () => onFile(file, () => last.get()?.sequence ?? 0),
    list: (limit) => onFile(file, () => newest.all(limit).flatMap(({ fix }) => read(fix) ?? [])),
  };
};
