import type { RestoreTarget } from '../../shared/domain/evacuation.ts';
import { siteOf } from '../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { hostsInQuestion, networkChoices, networkMapOf } from '../../shared/planning/destination-choices.ts';
import type { ConsoleServices } from '../compose.ts';
import type { CommandContext } from './command.ts';
import { createObjectPaths, findDestination, findOfKind, type ObjectPaths } from './object-paths.ts';
import { mapAdapters, networksGiven } from './plan-operation.ts';

/** Where an image is restored, as its options say. */
export const targetOptions = {
  to: { type: 'string' },
  host: { type: 'string' },
  datastore: { type: 'string' },
  network: { type: 'string', multiple: true },
} as const;

/** The inventory as it was read last, by names. */
export const pathsOf = (services: ConsoleServices): ObjectPaths =>
  createObjectPaths(services.inventory.view(), (id) => services.sites.site(siteOf(id))?.name ?? siteOf(id));

/**
 * Finds the place by its name. Adapters get the network that is named for them, else the one of their own name there.
 * @param vm the VM as it is known; null when it is known nowhere
 * @throws `invalid-input`, `not-found`, `ambiguous-name`
 */
export const restoreTarget = (
  services: ConsoleServices,
  context: CommandContext,
  vm: VirtualMachine | null,
): RestoreTarget => {
  const { given } = context;
  const to = given.text('to');
  if (to === undefined) {
    throw new AppError('invalid-input', { issues: [{ path: '--to', message: 'name the pool to restore to' }] });
  }
  const inventory = services.inventory.view();
  const paths = pathsOf(services);
  const destination = findDestination(to, inventory, paths);
  const hostName = given.text('host');
  const host = hostName === undefined ? null : findOfKind('host', hostName, inventory, paths);
  const datastoreName = given.text('datastore');
  const datastore = datastoreName === undefined ? null : findOfKind('datastore', datastoreName, inventory, paths);
  const named = mapAdapters(vm?.adapters ?? [], networksGiven(context, destination, inventory));
  const choices = networkChoices(hostsInQuestion(destination, host, inventory), inventory);
  return { destination, host, datastore, networkMap: vm === null ? named : networkMapOf(vm, named, choices) };
};
