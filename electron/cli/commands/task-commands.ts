import { writeFile } from 'node:fs/promises';
import { siteOf, type TaskId, taskId, taskLabel } from '../../../shared/domain/ids.ts';
import { targetName } from '../../../shared/domain/migration.ts';
import type { TaskEvent, TaskState, TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { taskStateSchema } from '../../../shared/ipc/schemas/task.ts';
import { clockTime, duration } from '../../../shared/messages/format.ts';
import type { ConsoleServices } from '../../compose.ts';
import { allTasks, exportTasks } from '../../task-export.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments, passwordOptions } from '../command-line.ts';
import { connectSite, siteNamed } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import { followTasks } from '../follow-tasks.ts';
import { sayError } from '../say-error.ts';
import { table } from '../table.ts';
import { eventText } from '../task-words.ts';
import { followOptions, patienceOf, taskAsJson } from './migrate-command.ts';

const defaultLimit = 50;

const invalid = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

/** The task of `T-12` or `12`. @throws `not-found`, `invalid-input` */
export const taskNamed = (services: ConsoleServices, text: string): TaskView => {
  const number = Number(/^(?:T-)?(\d{1,15})$/i.exec(text)?.[1]);
  if (!Number.isSafeInteger(number) || number < 1) throw invalid('', `a task is named like T-12, not ${text}`);
  const view = services.runner.log.view(taskId(number));
  if (view === null) throw new AppError('not-found', { what: 'task', name: taskLabel(taskId(number)) });
  return view;
};

const timeTaken = ({ startedAt, endedAt }: TaskView, { language, now }: CommandContext): string =>
  startedAt === null ? '' : duration((endedAt ?? now()) - startedAt, language);

/** Prints tasks as a table, oldest last. */
export const sayTasks = (views: readonly TaskView[], context: CommandContext): void => {
  const { terminal, words, language, now } = context;
  if (views.length === 0) {
    terminal.note(words.cli.noTasks);
    return;
  }
  const rows = views.map((view) => [
    taskLabel(view.header.id),
    words.common.taskStates[view.state],
    view.header.move.vmName,
    view.header.originName,
    targetName(view.header.move),
    clockTime(view.header.createdAt, now(), language),
    timeTaken(view, context),
  ]);
  for (const line of table(words.cli.taskColumns, rows)) terminal.out(line);
};

/** Prints everything that was written down of a task. */
export const sayHistory = (view: TaskView, events: readonly TaskEvent[], context: CommandContext): void => {
  const { terminal, words, language, now } = context;
  const { header } = view;
  sayTasks([view], context);
  terminal.out(words.cli.operation(header.operation));
  if (header.rerunOf !== null) terminal.out(words.cli.rerunOf(taskLabel(header.rerunOf)));
  for (const { ruleId, reason } of header.acknowledgements) {
    terminal.out(`${ruleId} ${words.cli.acknowledged(reason)}`);
  }
  for (const { at, body } of events) {
    terminal.out(`  ${clockTime(at, now(), language)}  ${eventText(body, words, language)}`);
  }
  if (view.error !== null) sayError(view.error, context);
};

export const tasksList: Command = {
  help: 'tasks',
  options: { state: { type: 'string' }, limit: { type: 'string' } },
  run: async (context) => {
    const { given } = context;
    countArguments(given, 0, 0, 'tasks list');
    const limit = given.number('limit', 1, 100_000) ?? defaultLimit;
    const wanted = given.text('state');
    const state = taskStateSchema.optional().safeParse(wanted);
    if (!state.success) throw invalid('--state', `one of ${taskStateSchema.options.join(', ')}`);
    const services = context.open();
    const { log } = services.runner;
    const views =
      state.data === undefined
        ? log.list({ limit, before: null })
        : allTasks(log, services.journal)
            .flatMap(({ view }) => (view.state === state.data ? [view] : []))
            .slice(0, limit);
    sayTasks(views, context);
    return { exitCode: exitCodes.ok, data: { tasks: views.map(taskAsJson) } };
  },
};

export const tasksShow: Command = {
  help: 'tasks',
  options: {},
  run: async (context) => {
    countArguments(context.given, 1, 1, 'tasks show <task>');
    const services = context.open();
    const view = taskNamed(services, context.given.positionals[0] ?? '');
    const events = services.journal.events(view.header.id);
    sayHistory(view, events, context);
    return { exitCode: exitCodes.ok, data: { ...taskAsJson(view), events } };
  },
};

export const tasksExport: Command = {
  help: 'tasks',
  options: { format: { type: 'string' }, output: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    countArguments(given, 0, 0, 'tasks export');
    const format = given.text('format') ?? 'json';
    if (format !== 'csv' && format !== 'json') throw invalid('--format', 'csv or json');
    const services = context.open();
    const records = allTasks(services.runner.log, services.journal);
    const text = exportTasks(records, format);
    const count = records.length;
    const file = given.text('output');
    if (file === undefined) {
      terminal.document(text);
      return { exitCode: exitCodes.ok, data: { format, file: null, count, content: text } };
    }
    await writeFile(file, text, 'utf8').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError('storage-failed', { file, reason }, error);
    });
    terminal.note(words.cli.exported(count, file));
    return { exitCode: exitCodes.ok, data: { format, file, count } };
  },
};

/** Connects the site a task belongs to, so that something can be done about it. */
const connectFor = async (services: ConsoleServices, view: TaskView, context: CommandContext): Promise<void> => {
  const site = siteNamed(services, siteOf(view.header.move.vm));
  await services.inventory.load(site.id);
  await connectSite(services, site, context);
};

interface TaskAct {
  readonly usage: string;
  /** How the task has to end for the command to have succeeded. */
  readonly wanted: TaskState;
  /** Returns the task to watch. */
  readonly act: (services: ConsoleServices, task: TaskId) => TaskId | Promise<TaskId>;
}

const actOn = ({ usage, wanted, act }: TaskAct): Command => ({
  help: 'tasks',
  options: { ...passwordOptions, ...followOptions },
  run: async (context) => {
    countArguments(context.given, 1, 1, usage);
    const patienceMs = patienceOf(context);
    const services = context.open();
    const view = taskNamed(services, context.given.positionals[0] ?? '');
    await connectFor(services, view, context);
    const begin = async (): Promise<readonly TaskId[]> => [await act(services, view.header.id)];
    const followed = await followTasks(services, context, begin, patienceMs);
    const asWanted = followed.views.every(({ state }) => state === wanted);
    const other = followed.exitCode === exitCodes.ok ? exitCodes.failed : followed.exitCode;
    return {
      exitCode: asWanted ? exitCodes.ok : other,
      data: { end: followed.end, tasks: followed.views.map(taskAsJson) },
    };
  },
});

export const tasksCancel: Command = actOn({
  usage: 'tasks cancel <task>',
  wanted: 'cancelled',
  act: async ({ runner }, task) => {
    await runner.cancel(task);
    return task;
  },
});

export const tasksRerun: Command = actOn({
  usage: 'tasks rerun <task>',
  wanted: 'completed',
  act: ({ runner }, task) => runner.rerun(task).id,
});
