import type { Limits } from '../../../shared/domain/limits.ts';
import { mostAtATime } from '../../../shared/ipc/schemas/limits.ts';
import type { Command } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

const options = {
  'per-host': 'perHost',
  'per-datastore': 'perDatastore',
  'per-folder': 'perFolder',
  'files-per-vm': 'filesPerVm',
} as const satisfies Readonly<Record<string, keyof Limits>>;

const names = Object.keys(options) as readonly (keyof typeof options)[];

/** How many moves may touch one thing at the same time: shown, and changed by naming one. */
export const limitsCommand: Command = {
  help: 'limits',
  options: {
    'per-host': { type: 'string' },
    'per-datastore': { type: 'string' },
    'per-folder': { type: 'string' },
    'files-per-vm': { type: 'string' },
  },
  run: async ({ given, terminal, words, open }) => {
    countArguments(given, 0, 0, 'limits [--per-host N] [--per-datastore N] [--per-folder N] [--files-per-vm N]');
    const wanted: Partial<Limits> = Object.fromEntries(
      names.flatMap((name) => {
        const limit = given.number(name, 1, mostAtATime);
        return limit === undefined ? [] : [[options[name], limit]];
      }),
    );
    const service = open().limits;
    const now = Object.keys(wanted).length > 0 ? service.change(wanted) : service.read();
    const limits = Object.fromEntries(names.map((name) => [name, now[options[name]]]));
    const { limitColumns, limitNames } = words.evacuationCli;
    const rows = names.map((name) => [limitNames[name], String(now[options[name]]), `--${name}`]);
    for (const line of table(limitColumns, rows)) terminal.out(line);
    return { exitCode: exitCodes.ok, data: { limits } };
  },
};
