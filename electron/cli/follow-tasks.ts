import type { TaskId } from '../../shared/domain/ids.ts';
import { taskLabel } from '../../shared/domain/ids.ts';
import { targetName } from '../../shared/domain/migration.ts';
import { isOpen, type TaskProgress, type TaskView } from '../../shared/domain/task.ts';
import { toWire } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/messages/errors.ts';
import type { ConsoleServices } from '../compose.ts';
import type { CommandContext } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { waitText } from './task-words.ts';

/** Why the watching ended. */
export type FollowEnd = 'all-ended' | 'given-up' | 'stopped-watching';

export interface Followed {
  readonly views: readonly TaskView[];
  readonly end: FollowEnd;
  readonly exitCode: ExitCode;
}

/** Not known yet, and nobody can tell how long that lasts. */
const isStuck = ({ state, waitReason }: TaskView): boolean =>
  state === 'unknown' || state === 'interrupted' || waitReason?.kind === 'site-offline';

const everyPercent = 25;

/**
 * Begins tasks by `begin` and prints what becomes of them until all have ended.
 * @param patienceMs how long to wait when the platform does not answer any more
 */
export const followTasks = async (
  services: ConsoleServices,
  context: CommandContext,
  begin: () => readonly TaskId[] | Promise<readonly TaskId[]>,
  patienceMs: number,
): Promise<Followed> => {
  const { terminal, words } = context;
  const views = new Map<TaskId, TaskView>();
  const shownPercent = new Map<TaskId, number>();
  const said = new Map<TaskId, string>();
  let watched: ReadonlySet<TaskId> | null = null;
  let settle: (end: FollowEnd) => void = () => {};
  const ended = new Promise<FollowEnd>((resolve) => {
    settle = resolve;
  });
  let patience: NodeJS.Timeout | undefined;
  let cancelWanted = false;

  const look = (): void => {
    if (watched === null) return;
    const open = [...watched].flatMap((id) => {
      const view = views.get(id);
      return view !== undefined && isOpen(view.state) ? [view] : [];
    });
    if (open.length === 0) settle('all-ended');
    clearTimeout(patience);
    if (open.length > 0 && open.every(isStuck)) patience = setTimeout(() => settle('given-up'), patienceMs);
  };

  const onTask = (view: TaskView): void => {
    const { id } = view.header;
    views.set(id, view);
    if (watched !== null && !watched.has(id)) return;
    const line = lineOf(view, context);
    if (said.get(id) !== line) terminal.out(line);
    said.set(id, line);
    look();
  };

  const onProgress = ({ task, percent }: TaskProgress): void => {
    const view = views.get(task);
    if (percent === null || view === undefined) return;
    const line = words.cli.taskProgress(taskLabel(task), view.header.move.vmName, percent);
    terminal.flash(line);
    const before = shownPercent.get(task) ?? 0;
    if (terminal.isInteractive || Math.floor(percent / everyPercent) <= Math.floor(before / everyPercent)) return;
    shownPercent.set(task, percent);
    terminal.out(line);
  };

  const cancelAll = async (): Promise<void> => {
    for (const id of watched ?? []) {
      await services.runner.cancel(id).catch((error: unknown) => {
        const { cause } = errorText(toWire(error), context.language);
        terminal.note(words.cli.cannotCancel(taskLabel(id), cause));
      });
    }
  };

  context.onTasks(onTask, onProgress);
  context.onInterrupt((count) => {
    if (count > 1) return settle('stopped-watching');
    terminal.note(words.cli.cancelAsked);
    cancelWanted = true;
    void cancelAll();
  });
  try {
    const ids = await begin();
    watched = new Set(ids);
    // Tasks begin at once: somebody may have cancelled before it was known which they are.
    if (cancelWanted) void cancelAll();
    for (const id of ids) {
      const view = services.runner.log.view(id);
      if (view !== null && !views.has(id)) onTask(view);
    }
    look();
    const end = await ended;
    if (end === 'given-up') terminal.note(words.cli.givenUp);
    if (end === 'stopped-watching') terminal.note(words.cli.stoppedWatching);
    const last = ids.flatMap((id) => views.get(id) ?? []);
    return { views: last, end, exitCode: exitCodeFor(last, end) };
  } finally {
    clearTimeout(patience);
  }
};

const lineOf = (view: TaskView, { words, language }: CommandContext): string => {
  const { header, state, waitReason, error } = view;
  const reason = state === 'waiting' && waitReason !== null ? `: ${waitText(waitReason, words)}` : '';
  const cause = error === null ? '' : `: ${errorText(error, language).cause}`;
  const { taskLine } = words.cli;
  const said = `${words.common.taskStates[state]}${reason}${cause}`;
  return taskLine(taskLabel(header.id), header.move.vmName, header.originName, targetName(header.move), said);
};

const exitCodeFor = (views: readonly TaskView[], end: FollowEnd): ExitCode => {
  if (end === 'stopped-watching') return exitCodes.interrupted;
  if (views.some(({ state }) => isOpen(state))) return exitCodes.unknownOutcome;
  if (views.some(({ state }) => state === 'failed' || state === 'needs-attention')) return exitCodes.failed;
  return views.some(({ state }) => state === 'cancelled') ? exitCodes.interrupted : exitCodes.ok;
};
