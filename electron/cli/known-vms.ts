import { type EntityId, siteOf } from '../../shared/domain/ids.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { reasonSchema } from '../../shared/ipc/schemas/annotation.ts';
import type { ConsoleServices } from '../compose.ts';
import type { CommandContext } from './command.ts';
import { chosenSites, loadSites } from './connect-sites.ts';
import { createObjectPaths, findVm, type ObjectPaths } from './object-paths.ts';

export interface NamedVm {
  readonly id: EntityId;
  readonly name: string;
}

/** VMs by name among what was read last: nothing is connected for it. */
export interface KnownVms {
  readonly paths: ObjectPaths;
  /** @throws `not-found`, `ambiguous-name` */
  named(text: string): NamedVm;
  /**
   * The same among VMs something was said of, also when they have gone since.
   * @throws `not-found`, `ambiguous-name`
   */
  namedIn(said: readonly { readonly vm: EntityId | null; readonly vmName: string | null }[], text: string): NamedVm;
  /** Where the VM is; the name it had when it is gone. */
  pathOf(vm: EntityId, formerName: string): string;
}

/** @throws `site-unknown` */
export const knownVms = async (services: ConsoleServices, context: CommandContext): Promise<KnownVms> => {
  const sites = chosenSites(services, context);
  await loadSites(services, sites);
  const inventory = services.inventory.view();
  const paths = createObjectPaths(inventory, (id) => services.sites.site(siteOf(id))?.name ?? siteOf(id));
  const all = sites.flatMap((site) => [...services.inventory.site(site.id).vms.values()]);
  const named = (text: string): NamedVm => findVm(text, all, paths);
  return {
    paths,
    named,
    namedIn: (said, text) => {
      const hits = new Map<EntityId, string>();
      for (const { vm, vmName } of said)
        if (vm !== null && (vm === text || vmName === text)) hits.set(vm, vmName ?? vm);
      const [only] = hits;
      return hits.size === 1 && only !== undefined ? { id: only[0], name: only[1] } : named(text);
    },
    pathOf: (vm, formerName) => {
      const entity = inventory.get(vm);
      return entity === undefined ? formerName : paths.text(entity);
    },
  };
};

/** Why, as `--reason` says. @throws `invalid-input` */
export const readReason = ({ given }: CommandContext): string => {
  const reason = reasonSchema.safeParse(given.text('reason') ?? '');
  if (reason.success) return reason.data;
  const message = 'a reason is needed, of 3 to 1000 characters; it is kept with your name';
  throw new AppError('invalid-input', { issues: [{ path: '--reason', message }] });
};
