import type { ImageRecord } from '../../shared/domain/evacuation.ts';
import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { Entity, InventoryView } from '../../shared/domain/inventory.ts';
import type { Move } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import { poolsAround } from '../../shared/rules/pool-chain.ts';
import { hostsByCluster, targetOf } from '../../shared/rules/target.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';

/** What the inventory knows without asking a server. */
export interface KnownFacts {
  view(): InventoryView;
  facts(ids: readonly EntityId[]): readonly { readonly vm: VirtualMachine; readonly readAt: number }[];
  readAt(site: SiteId): number | null;
}

/** The facts a check rests on: read now where the site could be asked, else as they were read last. */
export interface CheckFacts {
  readonly inventory: InventoryView;
  factReadAt(entity: EntityId): number | null;
}

/** What decides about these moves, in one list: both ends with their hosts and datastores. */
const idsToRead = (moves: readonly Move[], view: InventoryView): readonly EntityId[] => {
  const clusters = hostsByCluster(view);
  const ids = new Set<EntityId>();
  for (const move of moves) {
    const target = targetOf(move.destination, move, view, clusters);
    ids.add(move.vm).add(move.destination.id);
    for (const pool of poolsAround(move.destination.id, view)) ids.add(pool.id);
    if (target.owner !== undefined) ids.add(target.owner.id);
    for (const host of target.hosts) ids.add(host.id);
    for (const datastore of target.datastores) ids.add(datastore.id);
    const row = view.get(move.vm);
    if (row?.kind === 'virtual-machine') for (const id of [row.host, row.pool]) if (id !== null) ids.add(id);
  }
  return [...ids];
};

const overlaid = (over: ReadonlyMap<EntityId, Entity>, base: InventoryView): InventoryView => ({
  get: (id) => over.get(id) ?? base.get(id),
  *infrastructure() {
    for (const entity of base.infrastructure()) {
      const fresh = over.get(entity.id);
      yield fresh === undefined || fresh.kind === 'virtual-machine' ? entity : fresh;
    }
  },
});

/** Whether the VM is made from an image: it need not exist on the platform any more. */
export const isRestore = ({ evacuation }: Move): boolean => evacuation?.part === 'restore';

/** The same facts, with these VMs as they stand in their images: an image does not age. */
export const overImages = (
  images: ReadonlyMap<EntityId, ImageRecord>,
  facts: CheckFacts,
  readAt: number,
): CheckFacts => ({
  inventory: overlaid(new Map([...images].map(([id, { vm }]) => [id, vm])), facts.inventory),
  factReadAt: (entity) => (images.has(entity) ? readAt : facts.factReadAt(entity)),
});

/** The facts as they were read last, these VMs with everything the cache knows of them. */
export const knownFactsOf = (vms: readonly EntityId[], known: KnownFacts): CheckFacts => {
  const rows = known.facts(vms);
  const view = known.view();
  const over = new Map<EntityId, Entity>();
  for (const { vm } of rows) {
    // Where the VM is and whether it runs is newer in the live row than in the file.
    const row = view.get(vm.id);
    over.set(vm.id, row?.kind === 'virtual-machine' ? { ...vm, ...row } : vm);
  }
  const readAt = new Map(rows.map((row) => [row.vm.id, row.readAt]));
  return {
    inventory: overlaid(over, view),
    factReadAt: (entity) => readAt.get(entity) ?? known.readAt(siteOf(entity)),
  };
};

export const knownFacts = (moves: readonly Move[], known: KnownFacts): CheckFacts =>
  knownFactsOf(
    moves.map((move) => move.vm),
    known,
  );

/**
 * The same with what the server says now.
 * @throws `vm-gone`, `destination-gone`, or whatever the session throws
 */
export const liveFacts = async (
  moves: readonly Move[],
  known: KnownFacts,
  session: HypervisorSession,
  now: () => number,
  signal: AbortSignal,
): Promise<CheckFacts> => {
  const base = knownFacts(moves, known);
  const wanted = idsToRead(moves, base.inventory).filter((id) => siteOf(id) === session.site);
  const read = new Map((await session.readEntities(wanted, signal)).map((entity) => [entity.id, entity]));
  const readAt = now();
  for (const move of moves) {
    const { vm, vmName, destination } = move;
    if (siteOf(vm) === session.site && !read.has(vm) && !isRestore(move)) throw new AppError('vm-gone', { vmName });
    if (siteOf(destination.id) === session.site && !read.has(destination.id)) {
      throw new AppError('destination-gone', { name: destination.name });
    }
  }
  return {
    inventory: overlaid(read, base.inventory),
    factReadAt: (entity) => (read.has(entity) ? readAt : base.factReadAt(entity)),
  };
};
