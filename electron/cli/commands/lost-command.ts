import type { LostVm } from '../../../shared/domain/evacuation.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { ConsoleServices } from '../../compose.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments, passwordOptions } from '../command-line.ts';
import { chosenSites } from '../connect-sites.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ObjectPaths } from '../object-paths.ts';
import { pathsOf } from '../restore-target.ts';
import { table } from '../table.ts';
import { tryConnecting } from '../try-connecting.ts';

/** Quoted where a shell would take it apart. */
const quoted = (name: string): string => (/^[\w./-]+$/u.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`);

const lineOf = (found: LostVm, services: ConsoleServices, paths: ObjectPaths, { words }: CommandContext) => {
  const { lost, lostSteps } = words.recoveryCli;
  const place = (id: EntityId): string => {
    const entity = services.inventory.view().get(id);
    return entity === undefined ? id : paths.text(entity);
  };
  const step = lostSteps[found.kind];
  switch (found.kind) {
    case 'only-an-image':
    case 'only-an-unsealed-image':
    case 'left-over-partial':
    case 'half-deleted': {
      const { folder, name, record } = found.image;
      return [lost[found.kind], record?.vm.name ?? name, `${folder}/${name}`, step(quoted(name))];
    }
    case 'twice':
      return [lost.twice, found.vmName, found.vms.map(place).join(', '), step('')];
    case 'parked-without-task':
      return [lost[found.kind], found.vmName, place(found.vm), step('')];
    default:
      return found satisfies never;
  }
};

export const lostCommand: Command = {
  help: 'recover',
  options: { ...passwordOptions, site: { type: 'string' }, offline: { type: 'boolean' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    countArguments(given, 0, 0, 'lost');
    const services = context.open();
    const outOfReach = await tryConnecting(services, chosenSites(services, context), context);
    const lost = await services.recovery.findLost();
    const paths = pathsOf(services);
    const { recoveryCli } = words;
    if (lost.length === 0) terminal.note(recoveryCli.noneLost);
    else {
      const rows = lost.map((found) => lineOf(found, services, paths, context));
      for (const line of table(recoveryCli.lostColumns, rows)) terminal.out(line);
      terminal.note(recoveryCli.lostCount(lost.length));
    }
    if (outOfReach.length > 0 || given.flag('offline')) terminal.note(recoveryCli.notAllSeen);
    return { exitCode: exitCodes.ok, data: { lost, outOfReach } };
  },
};
