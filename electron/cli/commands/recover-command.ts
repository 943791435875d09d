import type { RecoveryAction, RecoveryAssessment, RecoveryChoice } from '../../../shared/domain/evacuation.ts';
import { siteOf, taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskState, TaskView } from '../../../shared/domain/task.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { recoveryChoiceSchema } from '../../../shared/ipc/schemas/evacuation.ts';
import { awaitsRecovery, deletionsOf } from '../../../shared/planning/recovery.ts';
import type { ConsoleServices } from '../../compose.ts';
import { allTasks } from '../../task-export.ts';
import { agree } from '../agree.ts';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { countArguments, passwordOptions } from '../command-line.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { type Followed, followTasks } from '../follow-tasks.ts';
import { restoreTarget, targetOptions } from '../restore-target.ts';
import { sayAssessment } from '../say-recovery.ts';
import { tryConnecting } from '../try-connecting.ts';
import { followOptions, patienceOf, taskAsJson } from './migrate-command.ts';
import { taskNamed } from './task-commands.ts';

const actions: readonly RecoveryAction[] = recoveryChoiceSchema.shape.action.options;

const invalid = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

/** @throws `invalid-input` */
const readAction = ({ given }: CommandContext): RecoveryAction | null => {
  const text = given.text('action');
  if (text === undefined) return null;
  const action = actions.find((one) => one === text);
  if (action === undefined) throw invalid('--action', `one of ${actions.join(', ')} is needed, not ${text}`);
  return action;
};

const connectSitesOf = (services: ConsoleServices, views: readonly TaskView[], context: CommandContext) => {
  const ids = new Set(views.map(({ header }) => siteOf(header.move.vm)));
  // A site that was removed meanwhile cannot be asked; what is known without it is said all the same.
  const sites = [...ids].flatMap((id) => services.sites.site(id) ?? []);
  return tryConnecting(services, sites, context);
};

const asJson = (view: TaskView, assessment: RecoveryAssessment) => ({ ...taskAsJson(view), assessment });

/** Every task that waits, with what is known of it. */
const list = async (services: ConsoleServices, context: CommandContext): Promise<CommandResult> => {
  const waiting = allTasks(services.runner.log, services.journal)
    .map(({ view }) => view)
    .filter(awaitsRecovery);
  if (waiting.length === 0) {
    context.terminal.note(context.words.recoveryCli.noneWaits);
    return { exitCode: exitCodes.ok, data: { tasks: [] } };
  }
  await connectSitesOf(services, waiting, context);
  const tasks: unknown[] = [];
  for (const view of waiting) {
    const assessment = await services.recovery.assess(view.header.id);
    sayAssessment(view, assessment, context);
    tasks.push(asJson(view, assessment));
  }
  return { exitCode: exitCodes.ok, data: { tasks } };
};

/** How a task ends when the choice came to what it means. */
const endOf: Readonly<Record<RecoveryAction, TaskState>> = {
  resume: 'completed',
  'restore-elsewhere': 'completed',
  'roll-back': 'cancelled',
  'restore-to-origin': 'cancelled',
  'keep-image': 'failed',
};

const exitCodeOf = (action: RecoveryAction, { views, exitCode }: Followed): ExitCode => {
  if (views.every(({ state }) => state === endOf[action])) return exitCodes.ok;
  return exitCode === exitCodes.ok ? exitCodes.failed : exitCode;
};

/** What the VM is: as the inventory has it, else as its image tells; null when it is known nowhere. */
const vmOf = async (services: ConsoleServices, { header, cold }: TaskView): Promise<VirtualMachine | null> => {
  const [known] = services.inventory.facts([header.move.vm]);
  if (known !== undefined) return known.vm;
  const { evacuation } = header.move;
  const folder = cold.image?.folder ?? evacuation?.folder;
  const name = cold.image?.name ?? evacuation?.image;
  if (folder === undefined || name === undefined) return null;
  return (await services.images.whole(folder, name))?.record.vm ?? null;
};

const choose = async (
  services: ConsoleServices,
  view: TaskView,
  action: RecoveryAction,
  context: CommandContext,
): Promise<CommandResult> => {
  const { words, signal } = context;
  const { id, move } = view.header;
  const patienceMs = patienceOf(context);
  const assessment = await services.recovery.assess(id);
  const obstacle = assessment.options.find((option) => option.action === action)?.obstacle ?? null;
  if (obstacle !== null) throw new AppError('recovery-not-safe', { action, obstacle });
  const choice: RecoveryChoice =
    action === 'restore-elsewhere'
      ? { action, to: restoreTarget(services, context, await vmOf(services, view)) }
      : { action };
  const deletions = deletionsOf(action, assessment.facts, view).map((one) => words.recovery.deletions[one]);
  if (deletions.length > 0) {
    await agree(words.recoveryCli.really(move.vmName, words.recovery.list(deletions)), context);
  }
  const begin = async () => [(await services.recovery.choose(id, choice, signal)).header.id];
  const followed = await followTasks(services, context, begin, patienceMs);
  return {
    exitCode: exitCodeOf(action, followed),
    data: { choice, end: followed.end, tasks: followed.views.map(taskAsJson) },
  };
};

export const recoverCommand: Command = {
  help: 'recover',
  options: {
    ...passwordOptions,
    ...followOptions,
    ...targetOptions,
    action: { type: 'string' },
    yes: { type: 'boolean' },
    offline: { type: 'boolean' },
  },
  run: async (context) => {
    const { given, words } = context;
    countArguments(given, 0, 1, 'recover [<task> [--action <action>]]');
    const action = readAction(context);
    const name = given.positionals[0];
    if (name === undefined && action !== null) throw invalid('', 'name the task that the action is for');
    if (given.text('to') !== undefined && action !== 'restore-elsewhere') {
      throw invalid('--to', 'only --action restore-elsewhere goes somewhere');
    }
    const services = context.open();
    if (name === undefined) return list(services, context);
    const view = taskNamed(services, name);
    if (!awaitsRecovery(view)) {
      throw invalid('', words.recoveryCli.doesNotWait(taskLabel(view.header.id), words.common.taskStates[view.state]));
    }
    await connectSitesOf(services, [view], context);
    if (action !== null) return choose(services, view, action, context);
    const assessment = await services.recovery.assess(view.header.id);
    sayAssessment(view, assessment, context);
    return { exitCode: exitCodes.ok, data: { tasks: [asJson(view, assessment)] } };
  },
};
