import type { TaskId } from '../shared/domain/ids.ts';
import { type TaskRecord, tasksAsCsv, tasksAsJson } from './migration/task-export.ts';
import type { TaskLog } from './migration/task-log.ts';
import type { Journal } from './storage/ports.ts';

export type ExportFormat = 'csv' | 'json';

const pageSize = 200;

/** All tasks with their whole history, newest first. */
export const allTasks = (log: TaskLog, journal: Journal): readonly TaskRecord[] => {
  const records: TaskRecord[] = [];
  for (let before: TaskId | null = null; ; ) {
    const page: readonly TaskRecord[] = log
      .list({ limit: pageSize, before })
      .map((view) => ({ view, events: journal.events(view.header.id) }));
    records.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return records;
    before = last.view.header.id;
  }
};

/** The whole task log as one text. */
export const exportTasks = (records: readonly TaskRecord[], format: ExportFormat): string =>
  format === 'json' ? tasksAsJson(records) : tasksAsCsv(records.map(({ view }) => view));
