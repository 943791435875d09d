import { resolve } from 'node:path';
import type { EvacuationImage } from '../../../shared/domain/evacuation.ts';
import { taskLabel } from '../../../shared/domain/ids.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { imageProblemWords } from '../../../shared/messages/evacuation.ts';
import { clockTime, size } from '../../../shared/messages/format.ts';
import type { ConsoleServices } from '../../compose.ts';
import { agree } from '../agree.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments } from '../command-line.ts';
import { exitCodes } from '../exit-codes.ts';
import { table } from '../table.ts';

export const folderOption = { folder: { type: 'string' } } as const;

const chosen = async (services: ConsoleServices, { given }: CommandContext): Promise<readonly EvacuationImage[]> => {
  const folder = given.text('folder');
  const images = await services.catalog.list();
  return folder === undefined ? images : images.filter((image) => image.folder === resolve(folder));
};

/** The image that the first argument names. @throws `not-found`, `ambiguous-name` */
export const imageNamed = async (services: ConsoleServices, context: CommandContext): Promise<EvacuationImage> => {
  const name = context.given.positionals[0] ?? '';
  const fitting = (await chosen(services, context)).filter((image) => image.name === name);
  const [only, another] = fitting;
  if (only === undefined) throw new AppError('not-found', { what: 'image', name });
  if (another === undefined) return only;
  throw new AppError('ambiguous-name', { name, candidates: fitting.map(({ folder }) => `${name} --folder ${folder}`) });
};

const stateOf = ({ state, problem, task }: EvacuationImage, { words, language }: CommandContext): string => {
  const { imageStates, usedBy } = words.evacuationCli;
  const said = problem === null ? imageStates[state] : `${imageStates[state]}: ${imageProblemWords(problem, language)}`;
  return task === null ? said : `${said}, ${usedBy(taskLabel(task))}`;
};

export const imagesList: Command = {
  help: 'images',
  options: folderOption,
  run: async (context) => {
    const { given, terminal, words, language, now } = context;
    countArguments(given, 0, 0, 'images [--folder <path>]');
    const images = await chosen(context.open(), context);
    if (images.length === 0) terminal.note(words.evacuationCli.noImages);
    const rows = images.map((image) => [
      image.name,
      image.record?.vm.name ?? '',
      image.record?.siteName ?? '',
      size(image.bytes),
      image.record === null ? '' : clockTime(image.record.createdAt, now(), language),
      stateOf(image, context),
      image.folder,
    ]);
    if (rows.length > 0) for (const line of table(words.evacuationCli.imageColumns, rows)) terminal.out(line);
    return { exitCode: exitCodes.ok, data: { images } };
  },
};

export const imagesVerify: Command = {
  help: 'images',
  options: folderOption,
  run: async (context) => {
    const { given, terminal, words, language, signal } = context;
    countArguments(given, 1, 1, 'images verify <image> [--folder <path>]');
    const services = context.open();
    const { folder, name } = await imageNamed(services, context);
    const problem = await services.catalog.verify(folder, name, signal);
    const { whole, damaged } = words.evacuationCli;
    terminal.out(problem === null ? whole(name) : damaged(name, imageProblemWords(problem, language)));
    return { exitCode: problem === null ? exitCodes.ok : exitCodes.failed, data: { folder, image: name, problem } };
  },
};

export const imagesDelete: Command = {
  help: 'images',
  options: { ...folderOption, yes: { type: 'boolean' } },
  run: async (context) => {
    const { given, terminal, words } = context;
    countArguments(given, 1, 1, 'images delete <image> [--folder <path>] [--yes]');
    const services = context.open();
    const { folder, name, bytes } = await imageNamed(services, context);
    const { deleteQuestion, deleted } = words.evacuationCli;
    await agree(deleteQuestion(name, folder, size(bytes)), context);
    await services.catalog.remove(folder, name);
    terminal.out(deleted(name, folder));
    return { exitCode: exitCodes.ok, data: { folder, image: name } };
  },
};
