import {
  datastoreLimitPreference,
  filesAtATimeFrom,
  filesLimitPreference,
  folderLimitPreference,
  hostLimitPreference,
  limitsFrom,
  mostAtATime,
} from '../../migration/limits.ts';
import type { Command } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

const preferences = {
  'per-host': hostLimitPreference,
  'per-datastore': datastoreLimitPreference,
  'per-folder': folderLimitPreference,
  'files-per-vm': filesLimitPreference,
} as const;

const names = Object.keys(preferences) as readonly (keyof typeof preferences)[];

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
    // All of them are understood before any is kept.
    const wanted = names.flatMap((name) => {
      const limit = given.number(name, 1, mostAtATime);
      return limit === undefined ? [] : [{ name, limit }];
    });
    const { settings, runner } = open();
    for (const { name, limit } of wanted) settings.setPreference(preferences[name], String(limit));
    if (wanted.length > 0) runner.reconsider();
    const { perHost, perDatastore, perFolder } = limitsFrom(settings);
    const limits = {
      'per-host': perHost,
      'per-datastore': perDatastore,
      'per-folder': perFolder,
      'files-per-vm': filesAtATimeFrom(settings),
    };
    const { limitColumns, limitNames } = words.evacuationCli;
    const rows = names.map((name) => [limitNames[name], String(limits[name]), `--${name}`]);
    for (const line of table(limitColumns, rows)) terminal.out(line);
    return { exitCode: exitCodes.ok, data: { limits } };
  },
};
