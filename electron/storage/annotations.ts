import {
  type AnnotationChange,
  type AnnotationEvent,
  nothingSaid,
  withAnnotation,
} from '../../shared/domain/annotation.ts';
import type { SqliteDatabase } from './open-database.ts';
import type { Annotations } from './ports.ts';
import { onFile } from './storage-error.ts';

interface EventRow {
  readonly sequence: number;
  readonly at: number;
  readonly said_by: string;
  readonly vm_name: string | null;
  readonly body: string;
}

const columns = 'sequence, at, said_by, vm_name, body';

const eventOf = (row: EventRow): AnnotationEvent => ({
  sequence: row.sequence,
  at: row.at,
  by: row.said_by,
  vmName: row.vm_name,
  change: JSON.parse(row.body) as AnnotationChange,
});

/**
 * Locks, marks and waivers on an open, migrated `journal.db`. Its methods throw `storage-locked`, `storage-failed` or
 * `storage-damaged`; nothing of a write has happened then.
 */
export const createAnnotations = (database: SqliteDatabase): Annotations => {
  const file = database.name;
  const insert = database.prepare(
    'INSERT INTO annotation_event (at, said_by, vm, vm_name, kind, body) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const after = database.prepare<[number], EventRow>(
    `SELECT ${columns} FROM annotation_event WHERE sequence > ? ORDER BY sequence`,
  );
  const newest = database.prepare<[number], EventRow>(
    `SELECT ${columns} FROM annotation_event ORDER BY sequence DESC LIMIT ?`,
  );
  const newestOf = database.prepare<[string, number], EventRow>(
    `SELECT ${columns} FROM annotation_event WHERE vm = ? ORDER BY sequence DESC LIMIT ?`,
  );
  // Events are never changed or removed, so what was derived once stays true and only the newer ones are read.
  let known = { state: nothingSaid, sequence: 0 };

  return {
    append: (change, { vmName, by, at }) =>
      onFile(file, () => {
        const { lastInsertRowid } = insert.run(at, by, change.vm, vmName, change.kind, JSON.stringify(change));
        return { sequence: Number(lastInsertRowid), at, by, vmName, change };
      }),

    present: () =>
      onFile(file, () => {
        for (const row of after.all(known.sequence)) {
          known = { state: withAnnotation(known.state, eventOf(row)), sequence: row.sequence };
        }
        return known.state;
      }),

    history: ({ vm, limit }) =>
      onFile(file, () => (vm === null ? newest.all(limit) : newestOf.all(vm, limit)).map(eventOf)),
  };
};
