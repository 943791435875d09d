import { clockTime } from '../../../shared/messages/format.ts';
import type { Command } from '../command.ts';
import { exitCodes } from '../exit-codes.ts';
import { knownVms } from '../known-vms.ts';
import { table } from '../table.ts';

export const markGuestClusterCommand: Command = {
  help: 'mark-guest-cluster',
  options: { off: { type: 'boolean' }, site: { type: 'string' } },
  run: async (context) => {
    const { given, terminal, words, language, now } = context;
    const services = context.open();
    const known = await knownVms(services, context);
    const before = services.annotations.present().guestClusters;
    if (given.positionals.length === 0) {
      if (before.length === 0) terminal.note(words.annotations.noMarks);
      else {
        const rows = before.map(({ vm, vmName, by, at }) => [
          known.pathOf(vm, vmName),
          by,
          clockTime(at, now(), language),
        ]);
        for (const line of table(words.annotations.markColumns, rows)) terminal.out(line);
      }
      return { exitCode: exitCodes.ok, data: { guestClusters: before } };
    }
    const off = given.flag('off');
    const vms = given.positionals.map((text) => (off ? known.namedIn(before, text) : known.named(text)));
    for (const { id, name } of vms) {
      services.annotations.markGuestCluster(id, !off);
      terminal.out(off ? words.annotations.unmarked(name) : words.annotations.marked(name));
    }
    return { exitCode: exitCodes.ok, data: { guestClusters: services.annotations.present().guestClusters } };
  },
};
