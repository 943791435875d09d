import type { AnnotationEvent } from '../../../shared/domain/annotation.ts';
import { type EntityId, siteOf, taskLabel } from '../../../shared/domain/ids.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import type { ConsoleServices } from '../../compose.ts';
import { mayHaveStarted } from '../../migration/live-task.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import { knownVms, readReason } from '../known-vms.ts';
import { table } from '../table.ts';

const most = 500;
const historyLimit = 1_000;

/** A lock does not stop what is under way: whoever sets it should know. */
const sayTasksUnderWay = (services: ConsoleServices, vm: EntityId, { terminal, words }: CommandContext): void => {
  for (const { id, move } of services.journal.openTasks()) {
    if (move.vm !== vm) continue;
    const view = services.runner.log.view(id);
    // One that waits in the middle of a step is under way too.
    if (view !== null && (view.state !== 'waiting' || mayHaveStarted(view)))
      terminal.note(words.annotations.taskUnderWay(taskLabel(id)));
  }
};

export const lockCommand: Command = {
  help: 'lock',
  options: { reason: { type: 'string' }, site: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    countArguments(given, 1, most, 'lock <vm…> --reason "why"');
    const reason = readReason(context);
    const services = context.open();
    const known = await knownVms(services, context);
    // All names are looked up first: either every VM is locked or none.
    const vms = given.positionals.map(known.named);
    for (const { id, name } of vms) {
      services.annotations.lock(id, reason);
      terminal.out(words.annotations.locked(name));
      sayTasksUnderWay(services, id, context);
    }
    return { exitCode: exitCodes.ok, data: { locks: services.annotations.present().locks } };
  },
};

export const unlockCommand: Command = {
  help: 'lock',
  options: { site: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    countArguments(given, 1, most, 'unlock <vm…>');
    const services = context.open();
    const known = await knownVms(services, context);
    const { locks } = services.annotations.present();
    const vms = given.positionals.map((text) => known.namedIn(locks, text));
    for (const { id, name } of vms) {
      const wasLocked = locks.some((lock) => lock.vm === id);
      services.annotations.unlock(id);
      terminal.out(wasLocked ? words.annotations.unlocked(name) : words.annotations.notLocked(name));
    }
    return { exitCode: exitCodes.ok, data: { locks: services.annotations.present().locks } };
  },
};

const siteText = (services: ConsoleServices, { change }: AnnotationEvent): string =>
  'site' in change ? (services.sites.site(change.site)?.name ?? change.site) : siteOf(change.vm);

const sayHistory = (
  services: ConsoleServices,
  events: readonly AnnotationEvent[],
  { terminal, words, language, now }: CommandContext,
): void => {
  const { changes, historyColumns, noHistory, anyVmOf } = words.annotations;
  if (events.length === 0) terminal.note(noHistory);
  else {
    const rows = events.map((event) => [
      clockTime(event.at, now(), language),
      event.by,
      event.vmName ?? anyVmOf(siteText(services, event)),
      'ruleId' in event.change ? `${event.change.ruleId} ${changes[event.change.kind]}` : changes[event.change.kind],
      'reason' in event.change ? event.change.reason : '',
    ]);
    for (const line of table(historyColumns, rows)) terminal.out(line);
  }
};

export const locksCommand: Command = {
  help: 'lock',
  options: { history: { type: 'boolean' }, site: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words, language, now } = context;
    countArguments(given, 0, 0, 'locks [--history]');
    const services = context.open();
    if (given.flag('history')) {
      const events = services.annotations.history({ vm: null, limit: historyLimit });
      sayHistory(services, events, context);
      return { exitCode: exitCodes.ok, data: { events } };
    }
    const known = await knownVms(services, context);
    const { locks } = services.annotations.present();
    if (locks.length === 0) terminal.note(words.annotations.noLocks);
    else {
      const rows = locks.map(({ vm, vmName, by, at, reason }) => [
        known.pathOf(vm, vmName),
        by,
        clockTime(at, now(), language),
        reason,
      ]);
      for (const line of table(words.annotations.lockColumns, rows)) terminal.out(line);
    }
    return { exitCode: exitCodes.ok, data: { locks } };
  },
};
