import { resolve } from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { FolderStatus } from '../../shared/domain/evacuation.ts';
import type { MigrationOperation } from '../../shared/domain/migration.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { size } from '../../shared/messages/format.ts';
import {
  type ColdChoices,
  type ColdMethod,
  folderToBeginWith,
  usualColdChoices,
} from '../../shared/planning/cold-choices.ts';
import { peakBytes } from '../../shared/rules/folder-need.ts';
import { imageNeedOf } from '../../shared/rules/s09-evacuation-space.ts';
import type { ConsoleServices } from '../compose.ts';
import type { CommandContext } from './command.ts';

/** What becomes of stopped VMs that are evacuated. */
export const evacuationOptions = {
  folder: { type: 'string' },
  'delete-before-restore': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

/** How stopped VMs move. */
export const coldOptions = {
  ...evacuationOptions,
  method: { type: 'string' },
  'keep-image': { type: 'boolean' },
  'no-power-on': { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

const methods: readonly ColdMethod[] = ['cold-evacuate', 'cold-direct'];

/** @throws `invalid-input` */
const methodGiven = ({ given }: CommandContext): ColdMethod => {
  const text = given.text('method');
  if (text === undefined) return usualColdChoices.method;
  const method = methods.find((one) => one === text);
  if (method !== undefined) return method;
  const message = `cold-evacuate or cold-direct is needed, not ${text}; running VMs always move hot`;
  throw new AppError('invalid-input', { issues: [{ path: '--method', message }] });
};

/** The folder that was named, else the only one that can be used; null when there is none to take without asking. */
const folderGiven = (folders: readonly FolderStatus[], { given }: CommandContext): string | null => {
  const named = given.text('folder');
  if (named === undefined) return folderToBeginWith(folders, null);
  const path = resolve(named);
  const known = folders.find((folder) => folder.path === path);
  if (known === undefined) throw new AppError('not-found', { what: 'folder', name: path });
  return known.path;
};

/** The choices for stopped VMs, out of the options. @throws `invalid-input`, `not-found` for a folder not set up */
export const coldChoicesGiven = (
  part: 'whole' | 'evacuate',
  folders: readonly FolderStatus[],
  context: CommandContext,
): ColdChoices => {
  const { given } = context;
  return {
    ...usualColdChoices,
    part,
    method: methodGiven(context),
    folder: folderGiven(folders, context),
    sourcePolicy: given.flag('delete-before-restore') ? 'delete-before-restore' : usualColdChoices.sourcePolicy,
    imagePolicy: given.flag('keep-image') ? 'keep' : usualColdChoices.imagePolicy,
    powerOn: !given.flag('no-power-on'),
  };
};

/** What the images of an operation take, and what the folder has. */
export interface FolderRoomTold {
  readonly folder: string;
  readonly images: number;
  /** At the moment when the folder is fullest. */
  readonly neededBytes: number;
  readonly freeBytes: number | null;
  readonly reservedBytes: number;
  readonly floorBytes: number;
}

/** Prints the room in the folder that the stopped VMs pass through; null when none does. */
export const sayFolderRoom = async (
  { moves, atATime }: MigrationOperation,
  services: ConsoleServices,
  { terminal, words }: CommandContext,
): Promise<FolderRoomTold | null> => {
  const evacuated = moves.filter(({ evacuation }) => evacuation !== undefined && evacuation.part !== 'restore');
  const path = evacuated[0]?.evacuation?.folder;
  const status = (await services.folders.status()).find((folder) => folder.path === path);
  if (path === undefined || status === undefined) return null;
  const facts = new Map(services.inventory.facts(evacuated.map(({ vm }) => vm)).map(({ vm }) => [vm.id, vm]));
  const images = evacuated.flatMap((move) => {
    const vm = facts.get(move.vm);
    return vm === undefined ? [] : [imageNeedOf({ vm, move })];
  });
  const neededBytes = peakBytes(images, atATime);
  const { freeBytes, reservedBytes, floorBytes } = status;
  const told: FolderRoomTold = {
    folder: path,
    images: images.length,
    neededBytes,
    freeBytes,
    reservedBytes,
    floorBytes,
  };
  terminal.out(
    words.coldMigration.roomLine(
      path,
      size(neededBytes),
      freeBytes === null ? null : size(freeBytes),
      size(reservedBytes),
      size(floorBytes),
    ),
  );
  return told;
};
