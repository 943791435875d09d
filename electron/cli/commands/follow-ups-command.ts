import { type FollowUpSource, followUpLabel } from '../../../shared/domain/follow-up-source.ts';
import { type TaskId, taskId } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import {
  type FollowUpItem,
  fixFollowUp,
  followUpItems,
  isOpenItem,
  taskFollowUp,
} from '../../../shared/messages/follow-up-items.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import type { ConsoleServices } from '../../compose.ts';
import type { TaskFollowUps } from '../../migration/task-follow-ups.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import { knownVms } from '../known-vms.ts';
import { table } from '../table.ts';

const fixLimit = 1_000;
const pageSize = 200;

/** `T-12` is what a task left, `F-3` what was taken out of a VM. @throws `invalid-input` */
const sourceNamed = (text: string): FollowUpSource => {
  const [, kind = '', digits = ''] = /^([TF])-(\d{1,9})$/i.exec(text) ?? [];
  const number = Number(digits);
  if (digits === '' || number < 1) {
    const message = `the number of a follow-up is needed, T-12 or F-3, not ${text}`;
    throw new AppError('invalid-input', { issues: [{ path: '--done', message }] });
  }
  return kind.toUpperCase() === 'F' ? { kind: 'fix', number } : { kind: 'task', task: taskId(number) };
};

const allOf = (followUps: TaskFollowUps, which: 'open' | 'all'): readonly TaskView[] => {
  const views: TaskView[] = [];
  for (let before: TaskId | null = null; ; ) {
    const page: readonly TaskView[] = followUps.list({ limit: pageSize, before, which });
    views.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return views;
    before = last.header.id;
  }
};

/** As `--json` tells it. */
const asJson = (item: FollowUpItem) => ({ label: followUpLabel(item.source), ...item });

/** @throws `not-found` when nothing of that number was left */
const tickOff = (
  source: FollowUpSource,
  services: ConsoleServices,
  { now, language }: CommandContext,
): FollowUpItem => {
  if (source.kind === 'fix') return fixFollowUp(services.fixes.done(source.number), now(), language);
  const item = taskFollowUp(services.taskFollowUps.done(source.task), now(), language);
  if (item === null) throw new AppError('not-found', { what: 'follow-up', name: followUpLabel(source) });
  return item;
};

const sayItems = (
  items: readonly FollowUpItem[],
  pathOf: (item: FollowUpItem) => string,
  { terminal, words, language, now }: CommandContext,
): void => {
  const rows = items.flatMap((item) =>
    item.toDo.map((toDo) => [
      followUpLabel(item.source),
      pathOf(item),
      words.followUps.states[item.state],
      toDo,
      item.by,
      clockTime(item.at, now(), language),
    ]),
  );
  for (const line of table(words.fixes.columns, rows)) terminal.out(line);
};

/** Everything left to people, after a task or after something was taken out of a VM; and ticking it off. */
export const followUpsCommand: Command = {
  help: 'follow-ups',
  options: { all: { type: 'boolean' }, done: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words, language, now } = context;
    countArguments(given, 0, 0, 'follow-ups [--all] [--done <number>]');
    const done = given.text('done');
    const source = done === undefined ? null : sourceNamed(done);
    const services = context.open();
    if (source !== null) {
      const item = tickOff(source, services, context);
      terminal.out(words.fixes.tickedOff(followUpLabel(source), item.vmName));
      return { exitCode: exitCodes.ok, data: { followUp: asJson(item) } };
    }
    const all = given.flag('all');
    const tasks = allOf(services.taskFollowUps, all ? 'all' : 'open');
    const items = followUpItems(services.fixes.list(fixLimit), tasks, now(), language).filter(
      (item) => all || isOpenItem(item),
    );
    if (items.length === 0) terminal.note(words.followUps.empty);
    else {
      const known = await knownVms(services, context);
      sayItems(items, ({ vm, vmName }) => known.pathOf(vm, vmName), context);
    }
    return { exitCode: exitCodes.ok, data: { followUps: items.map(asJson) } };
  },
};
