import { resolve } from 'node:path';
import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import { size } from '../../../shared/messages/format.ts';
import type { Command, CommandContext, CommandResult } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import { readSize } from '../read-size.ts';
import { table } from '../table.ts';

const say = (folders: readonly FolderStatus[], { terminal, words }: CommandContext): CommandResult => {
  const { folderColumns, noFolders, usable } = words.evacuationCli;
  if (folders.length === 0) terminal.note(noFolders);
  else {
    const rows = folders.map(({ path, freeBytes, totalBytes, reservedBytes, floorBytes, problem }) => [
      path,
      freeBytes === null ? '' : size(freeBytes),
      totalBytes === null ? '' : size(totalBytes),
      size(reservedBytes),
      size(floorBytes),
      problem === null ? usable : words.evacuation.folderProblems[problem],
    ]);
    for (const line of table(folderColumns, rows)) terminal.out(line);
  }
  return { exitCode: exitCodes.ok, data: { folders } };
};

export const foldersList: Command = {
  help: 'folders',
  options: {},
  run: async (context) => {
    countArguments(context.given, 0, 0, 'folders');
    return say(await context.open().folders.status(), context);
  },
};

export const foldersAdd: Command = {
  help: 'folders',
  options: { floor: { type: 'string' } },
  run: async (context) => {
    const { given, open } = context;
    countArguments(given, 1, 1, 'folders add <path> [--floor 10GB]');
    const floor = given.text('floor');
    const floorBytes = floor === undefined ? null : readSize('--floor', floor);
    const { folders } = open();
    await folders.add({ path: resolve(given.positionals[0] ?? ''), floorBytes });
    return say(await folders.status(), context);
  },
};

export const foldersRemove: Command = {
  help: 'folders',
  options: {},
  run: async (context) => {
    const { given, open } = context;
    countArguments(given, 1, 1, 'folders remove <path>');
    const { folders } = open();
    folders.remove(resolve(given.positionals[0] ?? ''));
    return say(await folders.status(), context);
  },
};
