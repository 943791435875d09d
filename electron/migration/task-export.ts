import { taskLabel } from '../../shared/domain/ids.ts';
import type { TaskEvent, TaskView } from '../../shared/domain/task.ts';
import type { WireError } from '../../shared/errors/app-error.ts';
import { type CsvCell, csvText } from '../../shared/messages/csv.ts';

/** A task with its whole history. */
export interface TaskRecord {
  readonly view: TaskView;
  readonly events: readonly TaskEvent[];
}

/** Everything the log holds of these tasks, with codes instead of words, as JSON. Times are ISO 8601 in UTC. */
export const tasksAsJson = (records: readonly TaskRecord[]): string =>
  `${JSON.stringify(records.map(recordAsJson), null, 2)}\n`;

const recordAsJson = ({ view, events }: TaskRecord) => {
  const { header } = view;
  return {
    task: taskLabel(header.id),
    operation: header.operation,
    rerunOf: header.rerunOf === null ? null : taskLabel(header.rerunOf),
    state: view.state,
    createdAt: isoTime(header.createdAt),
    startedAt: isoTime(view.startedAt),
    endedAt: isoTime(view.endedAt),
    move: header.move,
    origin: header.origin,
    originName: header.originName,
    placeName: view.placeName,
    acknowledgements: header.acknowledgements,
    atATime: header.atATime,
    platformTask: view.platformTask?.id ?? null,
    error: view.error,
    findings: view.findings,
    steps: view.steps.map((step) => ({
      name: step.name,
      state: step.state,
      startedAt: isoTime(step.startedAt),
      endedAt: isoTime(step.endedAt),
    })),
    events: events.map(({ sequence, at, body }) => ({ sequence, at: isoTime(at), ...body })),
  };
};

type Column = readonly [heading: string, cell: (view: TaskView) => CsvCell];

const columns: readonly Column[] = [
  ['task', ({ header }) => taskLabel(header.id)],
  ['operation', ({ header }) => header.operation],
  ['rerunOf', ({ header }) => (header.rerunOf === null ? null : taskLabel(header.rerunOf))],
  ['vm', ({ header }) => header.move.vmName],
  ['method', ({ header }) => header.move.method],
  ['origin', ({ header }) => header.originName],
  ['destinationKind', ({ header }) => header.move.destination.kind],
  ['destination', ({ header }) => header.move.destination.name],
  ['state', ({ state }) => state],
  ['place', ({ placeName }) => placeName],
  ['createdAt', ({ header }) => isoTime(header.createdAt)],
  ['startedAt', ({ startedAt }) => isoTime(startedAt)],
  ['endedAt', ({ endedAt }) => isoTime(endedAt)],
  [
    'seconds',
    ({ startedAt, endedAt }) => (startedAt === null || endedAt === null ? null : (endedAt - startedAt) / 1000),
  ],
  ['steps', ({ steps }) => steps.map((step) => `${step.name} ${step.state}`).join('; ')],
  ['platformTask', ({ platformTask }) => platformTask?.id ?? null],
  ['errorCode', ({ error }) => error?.code ?? null],
  ['errorData', ({ error }) => errorData(error)],
  ['findings', ({ findings }) => findings.map((finding) => `${finding.ruleId} ${finding.severity}`).join('; ')],
  [
    'acknowledgements',
    ({ header }) => header.acknowledgements.map((given) => `${given.ruleId}: ${given.reason}`).join('; '),
  ],
];

/** One line a task, with codes instead of words, as CSV (RFC 4180). Times are ISO 8601 in UTC. */
export const tasksAsCsv = (views: readonly TaskView[]): string =>
  csvText(
    columns.map(([heading]) => heading),
    views.map((view) => columns.map(([, cell]) => cell(view))),
  );

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const errorData = (error: WireError | null): string | null => {
  const data = error ? JSON.stringify(error.data) : '{}';
  return data === '{}' ? null : data;
};
