import { taskLabel } from '../shared/domain/ids.ts';
import type { TaskEvent, TaskView } from '../shared/domain/task.ts';
import { catalog } from '../shared/messages/catalog.ts';
import { errorText } from '../shared/messages/errors.ts';
import type { Language } from '../shared/messages/topic.ts';
import type { TaskLog } from './migration/task-log.ts';
import type { Journal } from './storage/ports.ts';

export type ExportFormat = 'csv' | 'json';

export interface ExportedTask {
  readonly task: string;
  readonly view: TaskView;
  readonly events: readonly TaskEvent[];
}

const pageSize = 200;

/** All tasks with their whole history, newest first. */
export const allTasks = (log: TaskLog, journal: Journal): readonly ExportedTask[] => {
  const tasks: ExportedTask[] = [];
  for (let before: TaskView['header']['id'] | null = null; ; ) {
    const page: readonly TaskView[] = log.list({ limit: pageSize, before });
    for (const view of page) {
      tasks.push({ task: taskLabel(view.header.id), view, events: journal.events(view.header.id) });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return tasks;
    before = last.header.id;
  }
};

/** The whole task log as one text. JSON keeps codes and data; CSV is for people, in their language. */
export const exportTasks = (log: TaskLog, journal: Journal, format: ExportFormat, language: Language): string => {
  const tasks = allTasks(log, journal);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ format: 1, tasks }, null, 2)}\n`;
    case 'csv':
      return csv(tasks, language);
    default: {
      const never: never = format;
      return never;
    }
  }
};

const csvColumns = [
  'task',
  'operation',
  'vm',
  'method',
  'from',
  'to',
  'state',
  'created',
  'started',
  'ended',
  'error',
  'acknowledged',
] as const;

const csv = (tasks: readonly ExportedTask[], language: Language): string => {
  const words = catalog[language].common;
  const rows = tasks.map(({ task, view }) => {
    const { header } = view;
    const values: Record<(typeof csvColumns)[number], string> = {
      task,
      operation: header.operation,
      vm: header.move.vmName,
      method: words.methods[header.move.method],
      from: header.originName,
      to: header.move.destination.name,
      state: words.taskStates[view.state],
      created: isoTime(header.createdAt),
      started: isoTime(view.startedAt),
      ended: isoTime(view.endedAt),
      error: view.error === null ? '' : errorText(view.error, language).cause,
      acknowledged: header.acknowledgements.map(({ ruleId, reason }) => `${ruleId}: ${reason}`).join('; '),
    };
    return csvColumns.map((column) => csvCell(values[column])).join(',');
  });
  // The mark at the front makes spreadsheets read the file as UTF-8.
  return `\uFEFF${[csvColumns.join(','), ...rows].join('\r\n')}\r\n`;
};

const isoTime = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

/** A cell as spreadsheets read it; names from a server must not be taken for formulas. */
const csvCell = (text: string): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
