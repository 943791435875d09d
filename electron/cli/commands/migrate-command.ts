import { followUpLabel } from '../../../shared/domain/follow-up-source.ts';
import { taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { taskFollowUp } from '../../../shared/messages/follow-up-items.ts';
import type { ConsoleServices } from '../../compose.ts';
import { imagesToRestore } from '../../migration/images-to-restore.ts';
import { type CheckedPlan, checkPlan } from '../check-operation.ts';
import { evacuationOptions } from '../cold-options.ts';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { followTasks } from '../follow-tasks.ts';
import { moveOptions, type Plan, planOperation, vmOptions } from '../plan-operation.ts';

/** How long to wait for a platform that does not answer any more, seconds. */
const defaultPatience = 120;

export const followOptions = { wait: { type: 'string' } } as const;

/** ms. @throws `invalid-input` */
export const patienceOf = ({ given }: CommandContext): number =>
  (given.number('wait', 0, 86_400) ?? defaultPatience) * 1_000;

/** A task as `--json` tells it. */
export const taskAsJson = (view: TaskView) => ({ task: taskLabel(view.header.id), ...view });

const sayWhyNot = ({ blockers, open, exitCode }: CheckedPlan, { terminal, words }: CommandContext): void => {
  if (exitCode === exitCodes.blocked) terminal.note(words.cli.summaryBlocked(blockers));
  else terminal.note(words.cli.summaryOpen(open));
};

/** What the tasks leave to people is told at once; who has gone away finds it with `follow-ups`. */
const sayLeftToDo = (views: readonly TaskView[], { terminal, words, language, now }: CommandContext): void => {
  const items = views.flatMap((view) => taskFollowUp(view, now(), language) ?? []);
  if (items.length === 0) return;
  terminal.out(words.cli.leftToDo);
  for (const { source, vmName, toDo } of items) {
    for (const each of toDo) terminal.out(`  ${followUpLabel(source)}  ${vmName}: ${each}`);
  }
};

/** Checks a plan, starts it where nothing stands against it, and follows it to its end. */
export const carryOut = async (
  plan: (services: ConsoleServices) => Promise<Plan>,
  context: CommandContext,
): Promise<CommandResult> => {
  const { given, terminal, words } = context;
  const patienceMs = patienceOf(context);
  const services = context.open();
  const checked = await checkPlan(await plan(services), services, context);
  const check = checked.data;
  if (checked.exitCode !== exitCodes.ok) {
    sayWhyNot(checked, context);
    return { exitCode: checked.exitCode, data: { check, started: false, tasks: [] } };
  }
  if (given.flag('dry-run')) {
    terminal.out(words.cli.dryRun);
    return { exitCode: exitCodes.ok, data: { check, started: false, tasks: [] } };
  }
  const followed = await followTasks(
    services,
    context,
    async () => {
      const records = await imagesToRestore(checked.operation, services.images);
      const ids = services.runner.submit(checked.operation, records).map(({ id }) => id);
      terminal.out(words.cli.started(ids.length));
      return ids;
    },
    patienceMs,
  );
  const completed = followed.views.filter(({ state }) => state === 'completed').length;
  terminal.out(words.cli.done(completed, followed.views.length));
  sayLeftToDo(followed.views, context);
  return {
    exitCode: followed.exitCode,
    data: { check, started: true, end: followed.end, tasks: followed.views.map(taskAsJson) },
  };
};

export const startOptions = {
  ...followOptions,
  acknowledge: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
} as const;

export const migrateCommand: Command = {
  help: 'migrate',
  options: { ...moveOptions, ...startOptions },
  run: (context) => carryOut((services) => planOperation(services, context), context),
};

/** An evacuation alone: stopped VMs become images, and stay parked where they are. */
export const evacuateCommand: Command = {
  help: 'evacuate',
  options: { ...vmOptions, ...evacuationOptions, ...startOptions },
  run: (context) => carryOut((services) => planOperation(services, context, 'evacuate'), context),
};
