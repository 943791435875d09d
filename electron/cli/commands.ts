import type { Command } from './command.ts';
import { checkCommand } from './commands/check-command.ts';
import { demoCommand } from './commands/demo-command.ts';
import { findingsCommand } from './commands/findings-command.ts';
import { fixCommand, fixesCommand } from './commands/fix-commands.ts';
import { foldersAdd, foldersList, foldersRemove } from './commands/folder-commands.ts';
import { followUpsCommand } from './commands/follow-ups-command.ts';
import { imagesDelete, imagesList, imagesVerify } from './commands/image-commands.ts';
import { inventoryCommand } from './commands/inventory-command.ts';
import { limitsCommand } from './commands/limits-command.ts';
import { lockCommand, locksCommand, unlockCommand } from './commands/lock-commands.ts';
import { lostCommand } from './commands/lost-command.ts';
import { markGuestClusterCommand } from './commands/mark-guest-cluster-command.ts';
import { evacuateCommand, migrateCommand } from './commands/migrate-command.ts';
import { recoverCommand } from './commands/recover-command.ts';
import { restoreCommand } from './commands/restore-command.ts';
import { siteAdd, siteList, siteRemove, siteTest } from './commands/site-commands.ts';
import { tasksCancel, tasksExport, tasksList, tasksRerun, tasksShow } from './commands/task-commands.ts';
import { unwaiveCommand, waiveCommand, waiversCommand } from './commands/waiver-commands.ts';

/** Every command by its words. */
export const commands: Readonly<Record<string, Command>> = {
  'site add': siteAdd,
  'site list': siteList,
  'site test': siteTest,
  'site remove': siteRemove,
  inventory: inventoryCommand,
  check: checkCommand,
  findings: findingsCommand,
  migrate: migrateCommand,
  evacuate: evacuateCommand,
  tasks: tasksList,
  'tasks list': tasksList,
  'tasks show': tasksShow,
  'tasks export': tasksExport,
  'tasks cancel': tasksCancel,
  'tasks rerun': tasksRerun,
  folders: foldersList,
  'folders list': foldersList,
  'folders add': foldersAdd,
  'folders remove': foldersRemove,
  images: imagesList,
  'images list': imagesList,
  'images verify': imagesVerify,
  'images delete': imagesDelete,
  restore: restoreCommand,
  recover: recoverCommand,
  lost: lostCommand,
  lock: lockCommand,
  unlock: unlockCommand,
  locks: locksCommand,
  waive: waiveCommand,
  unwaive: unwaiveCommand,
  waivers: waiversCommand,
  'mark-guest-cluster': markGuestClusterCommand,
  fix: fixCommand,
  fixes: fixesCommand,
  'follow-ups': followUpsCommand,
  limits: limitsCommand,
  demo: demoCommand,
};

export interface ChosenCommand {
  readonly name: string;
  readonly command: Command;
  readonly rest: readonly string[];
}

/** The command that the first one or two words name; null when there is none. */
export const chooseCommand = (words: readonly string[]): ChosenCommand | null => {
  const [first = '', second = ''] = words;
  for (const [name, rest] of [
    [`${first} ${second}`, words.slice(2)],
    [first, words.slice(1)],
  ] as const) {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command !== undefined) return { name, command, rest };
  }
  return null;
};
