import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Cluster, Datastore, Entity, Host, ResourcePool, VApp } from '../../../../shared/domain/inventory.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { PlatformObjection } from '../../port.ts';
import type { LabWorld } from '../lab-world.ts';
import { judgePlacement, judgeVm } from './judge-placement.ts';
import type { PlannedPlacement } from './planned-placement.ts';

export type PlacementChoice =
  | { readonly kind: 'fits'; readonly plan: PlannedPlacement; readonly warnings: readonly PlatformObjection[] }
  /** The errors of every host that was looked at; never empty. */
  | { readonly kind: 'refused'; readonly objections: readonly PlatformObjection[] };

type Place = Host | Cluster | ResourcePool | VApp;

const isPlace = (entity: Entity | undefined): entity is Place =>
  entity?.kind === 'host' || entity?.kind === 'cluster' || entity?.kind === 'resource-pool' || entity?.kind === 'vapp';

/** @throws AppError `destination-gone` */
const findPlace = (world: LabWorld, move: Move): Place => {
  const place = world.get(move.destination.id);
  if (!isPlace(place)) throw new AppError('destination-gone', { name: move.destination.name });
  return place;
};

/** The host or cluster whose hosts may take the VM. */
const ownerOf = (world: LabWorld, place: Place): Entity | undefined =>
  place.kind === 'resource-pool' || place.kind === 'vapp' ? world.get(place.owner) : place;

const isUsable = (host: Host): boolean => host.connection === 'connected' && !host.inMaintenance;

/** The host that was named; else those of the owner that work, or all of them when none does. */
const candidates = (world: LabWorld, owner: Entity | undefined, chosen: EntityId | null): readonly Host[] => {
  const hosts = [...world.entities()].filter((entity) => entity.kind === 'host');
  const own = hosts.filter((host) => (owner?.kind === 'host' ? host.id === owner.id : host.cluster === owner?.id));
  if (chosen !== null) return own.filter((host) => host.id === chosen);
  const usable = own.filter(isUsable);
  return usable.length > 0 ? usable : own;
};

/** The pool a VM is in that is given to a host or cluster: its hidden top pool, or the present one if it belongs there. */
const poolFor = (world: LabWorld, vm: VirtualMachine, place: Place, host: Host): EntityId | null => {
  if (place.kind === 'resource-pool' || place.kind === 'vapp') return place.id;
  const owner = host.cluster === null ? host : world.get(host.cluster);
  const rootPool = owner?.kind === 'host' || owner?.kind === 'cluster' ? owner.rootPool : null;
  const present = vm.pool === null ? undefined : world.get(vm.pool);
  const staysInOwner = (present?.kind === 'resource-pool' || present?.kind === 'vapp') && present.owner === owner?.id;
  return place.kind === 'host' && staysInOwner ? (vm.pool ?? rootPool) : rootPool;
};

const ancestor = (world: LabWorld, from: Entity, found: (entity: Entity) => boolean): Entity | undefined => {
  let at: Entity | undefined = from;
  while (at !== undefined && !found(at)) at = at.parent === null ? undefined : world.get(at.parent);
  return at;
};

/** A VM that goes to another data center leaves its folder; on Hyper-V it always lies in the group of its host. */
const folderFor = (world: LabWorld, vm: VirtualMachine, host: Host): EntityId | null => {
  if (world.platform === 'hyperv') {
    return ancestor(world, host, (entity) => entity.kind === 'folder')?.id ?? vm.parent;
  }
  const there = ancestor(world, host, (entity) => entity.kind === 'datacenter');
  const folder = vm.parent === null ? undefined : world.get(vm.parent);
  const here = folder === undefined ? undefined : ancestor(world, folder, (entity) => entity.kind === 'datacenter');
  if (there?.kind !== 'datacenter' || here?.id === there.id) return vm.parent;
  return there.vmFolder ?? vm.parent;
};

/** Null when the files can stay. Otherwise the datastore that was asked for, or the one with most room. */
const datastoreFor = (world: LabWorld, vm: VirtualMachine, host: Host, chosen: EntityId | null): Datastore | null => {
  const present = vm.datastores ?? [];
  if (chosen !== null) {
    const datastore = world.get(chosen);
    if (datastore?.kind !== 'datastore') throw new AppError('destination-gone', { name: chosen });
    return present.length === 1 && present[0] === chosen ? null : datastore;
  }
  // A VM that is still to be made has no files that could stay.
  if (vm.host !== null && present.every((id) => host.datastores.includes(id))) return null;
  const usable = host.datastores
    .map((id) => world.get(id))
    .filter((entity) => entity?.kind === 'datastore')
    .filter(({ accessible, inMaintenance }) => accessible !== false && inMaintenance !== true)
    .sort((one, other) => (other.freeBytes ?? 0) - (one.freeBytes ?? 0));
  return usable[0] ?? null;
};

const planOn = (world: LabWorld, vm: VirtualMachine, place: Place, host: Host, move: Move): PlannedPlacement => ({
  host,
  pool: poolFor(world, vm, place, host),
  newDatastore: datastoreFor(world, vm, host, move.datastore),
  folder: folderFor(world, vm, host),
});

/** A VM rather stays on its host and on its storage; then the host with most free memory is best. */
const better = (vm: VirtualMachine, one: PlannedPlacement, other: PlannedPlacement): number => {
  const rank = ({ host, newDatastore }: PlannedPlacement): readonly number[] => [
    host.id === vm.host ? 0 : 1,
    newDatastore === null ? 0 : 1,
    (host.memoryUsedBytes ?? 0) - (host.memoryTotalBytes ?? 0),
  ];
  const [mine, theirs] = [rank(one), rank(other)];
  const differing = mine.findIndex((value, index) => value !== theirs[index]);
  return differing === -1 ? 0 : (mine[differing] ?? 0) - (theirs[differing] ?? 0);
};

const isError = ({ severity }: PlatformObjection): boolean => severity === 'error';

/**
 * Looks for a host, pool and datastore as the platform would.
 * @param judgeFurther what else speaks against a host
 * @throws AppError `destination-gone` when the destination, or a host or datastore that was named, is not there
 */
export const choosePlacement = (
  world: LabWorld,
  vm: VirtualMachine,
  move: Move,
  judgeFurther: (host: Host) => readonly PlatformObjection[] = () => [],
): PlacementChoice => {
  const place = findPlace(world, move);
  const againstVm = judgeVm(world, vm, move);
  if (againstVm.some(isError)) return { kind: 'refused', objections: againstVm };

  const hosts = candidates(world, ownerOf(world, place), move.host);
  if (hosts.length === 0) throw new AppError('destination-gone', { name: move.destination.name });
  const judged = hosts.map((host) => {
    const plan = planOn(world, vm, place, host, move);
    return { plan, objections: [...judgePlacement(world, vm, plan, move), ...judgeFurther(host)] };
  });
  const [best] = judged
    .filter(({ objections }) => !objections.some(isError))
    .sort((one, other) => better(vm, one.plan, other.plan));
  if (best !== undefined) return { kind: 'fits', plan: best.plan, warnings: best.objections };
  return { kind: 'refused', objections: judged.flatMap(({ objections }) => objections.filter(isError)) };
};
