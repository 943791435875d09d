import { randomUUID } from 'node:crypto';
import type { EvacuationImage, ImageRecord } from '../../../shared/domain/evacuation.ts';
import { operationId, siteOf, taskLabel } from '../../../shared/domain/ids.ts';
import type { Site } from '../../../shared/domain/site.ts';
import { summaryOf, type VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError, hasCode } from '../../../shared/errors/app-error.ts';
import { operationSchema } from '../../../shared/ipc/schemas/migration.ts';
import { evacuationPlanOf, usualColdChoices } from '../../../shared/planning/cold-choices.ts';
import type { ConsoleServices } from '../../compose.ts';
import type { Command, CommandContext } from '../command.ts';
import { countArguments, passwordOptions } from '../command-line.ts';
import { chosenSites, connectSite, loadSites } from '../connect-sites.ts';
import type { Plan } from '../plan-operation.ts';
import { pathsOf, restoreTarget, targetOptions } from '../restore-target.ts';
import { folderOption, imageNamed } from './image-commands.ts';
import { carryOut, startOptions } from './migrate-command.ts';

/** @throws `image-in-use`, `image-not-found`, `image-damaged` when no VM can be made from it */
const recordOf = ({ folder, name, state, record, task, problem }: EvacuationImage): ImageRecord => {
  if (task !== null) throw new AppError('image-in-use', { image: name, task: taskLabel(task) });
  if (problem !== null) throw new AppError('image-damaged', { image: name, problem });
  if (state !== 'sealed' || record === null) throw new AppError('image-not-found', { folder, image: name });
  return record;
};

/** Connects the site the VM came from, and that of its destination as it was read last; all, when that is not enough. */
const connectSites = async (services: ConsoleServices, vm: VirtualMachine, context: CommandContext): Promise<void> => {
  const sites = chosenSites(services, context);
  await loadSites(services, sites);
  const needed = ((): readonly Site[] => {
    try {
      const ids = new Set([siteOf(restoreTarget(services, context, vm).destination.id), vm.site]);
      return sites.filter(({ id }) => ids.has(id));
    } catch (error) {
      if (hasCode(error, 'not-found')) return sites;
      throw error;
    }
  })();
  for (const site of needed) await connectSite(services, site, context);
};

/** The restore of an image as an operation, as the dialog plans it. */
const planRestore = async (services: ConsoleServices, context: CommandContext): Promise<Plan> => {
  const { given } = context;
  const image = await imageNamed(services, context);
  const record = recordOf(image);
  // In an image a VM is in no pool, on no host, stopped, and no task holds it.
  const vm: VirtualMachine = { ...record.vm, host: null, pool: null, powerState: 'off', busyWith: null };
  await connectSites(services, vm, context);
  const { destination, host, datastore, networkMap } = restoreTarget(services, context, vm);
  const evacuation = evacuationPlanOf({
    ...usualColdChoices,
    part: 'restore',
    folder: image.folder,
    image: image.name,
    imagePolicy: given.flag('keep-image') ? 'keep' : usualColdChoices.imagePolicy,
    powerOn: !given.flag('no-power-on'),
  });
  const move = {
    vm: vm.id,
    vmName: vm.name,
    method: 'cold-evacuate',
    destination,
    host,
    datastore,
    networkMap,
    ...(evacuation === null ? {} : { evacuation }),
  };
  const id = operationId(`op-${randomUUID().slice(0, 8)}`);
  const operation = operationSchema.parse({ id, destination, moves: [move], acknowledgements: [], atATime: 1 });
  return { operation, vms: [summaryOf(vm)], paths: pathsOf(services) };
};

export const restoreCommand: Command = {
  help: 'restore',
  options: {
    ...passwordOptions,
    ...targetOptions,
    ...folderOption,
    ...startOptions,
    site: { type: 'string' },
    'keep-image': { type: 'boolean' },
    'no-power-on': { type: 'boolean' },
  },
  run: (context) => {
    countArguments(context.given, 1, 1, 'restore <image> --to <pool>');
    return carryOut((services) => planRestore(services, context), context);
  },
};
