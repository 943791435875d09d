import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Host, Network } from '../../../../shared/domain/inventory.ts';
import type { Destination, Move } from '../../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { PlatformObjection } from '../../port.ts';
import type { LabWorld } from '../lab-world.ts';
import { choosePlacement } from '../placement/choose-placement.ts';
import { createObjector, type Objector } from '../placement/judge-placement.ts';
import type { DescribedAdapter, DescribedVm } from './described-vm.ts';
import { placedVm, unplacedVm } from './restored-vm.ts';

/** A VM to be made out of a description. */
export interface ImportOrder {
  /** Its id; the VM that has it already does not stand in its own way. */
  readonly id: EntityId;
  readonly vmName: string;
  readonly instanceUuid: string;
  readonly described: DescribedVm;
  readonly destination: Destination;
  readonly host: EntityId | null;
  readonly datastore: EntityId | null;
  readonly parent: EntityId | null;
  /** Networks by the names the description has for them. */
  readonly networks: readonly { readonly name: string; readonly network: EntityId }[];
}

export type ImportPlan =
  | { readonly kind: 'fits'; readonly vm: VirtualMachine; readonly warnings: readonly PlatformObjection[] }
  /** Never empty. */
  | { readonly kind: 'refused'; readonly objections: readonly PlatformObjection[] };

/** VLAN ID of a standard port group that passes every VLAN to the guest. */
const allVlans = 4095;

const networksOf = (world: LabWorld, host: Host): readonly Network[] =>
  host.networks.map((id) => world.get(id)).filter((entity) => entity?.kind === 'network');

/** Whether a distributed switch of the host has that secondary VLAN ID and no port group for it. */
const isUnservedSecondary = (world: LabWorld, networks: readonly Network[], vlanId: number): boolean => {
  const switches = new Set(networks.map((network) => network.switch ?? null));
  return [...switches].some((id) => {
    const owner = id === null ? undefined : world.get(id);
    if (owner?.kind !== 'switch') return false;
    const served = networks.some(
      ({ switch: own, vlan }) => own === id && vlan?.kind === 'private' && vlan.secondaryId === vlanId,
    );
    return !served && (owner.privateVlans ?? []).some(({ secondaryId }) => secondaryId === vlanId);
  });
};

/**
 * The network an adapter is attached to: the one its name was mapped to, or else the one that has its name there.
 * A network of another name was chosen by hand, and is used as it is.
 */
const attach = (
  world: LabWorld,
  host: Host,
  order: ImportOrder,
  adapter: DescribedAdapter,
  { object }: Objector,
): EntityId | null => {
  const { network: name, vlanId } = adapter;
  if (name === null) return null;
  const networks = networksOf(world, host);
  const mapped = order.networks.find((entry) => entry.name === name)?.network;
  const found = networks.find(({ id, name: own }) => (mapped === undefined ? own === name : id === mapped));
  const byHand = mapped !== undefined && world.get(mapped)?.name !== name;
  const ontoDistributed =
    found === undefined
      ? networks.some(({ variant }) => variant === 'distributed')
      : found.variant === 'distributed' && found.vlan?.kind !== 'trunk';
  if (vlanId === allVlans && ontoDistributed) object('all-vlans-on-distributed-switch', name);
  if (vlanId !== 0 && !byHand && isUnservedSecondary(world, networks, vlanId)) {
    object('secondary-vlan-without-port-group', name);
  }
  if (found === undefined)
    object('network-missing', (mapped === undefined ? undefined : world.get(mapped)?.name) ?? name);
  return found?.id ?? null;
};

const isTaken = (world: LabWorld, order: ImportOrder): boolean => {
  for (const entity of world.entities()) {
    if (entity.kind !== 'virtual-machine' || entity.id === order.id) continue;
    if (entity.instanceUuid === order.instanceUuid) return true;
  }
  return false;
};

/**
 * Looks for a place for a VM that is to be made, as the platform would.
 * @throws AppError `destination-gone`
 */
export const planImport = (world: LabWorld, order: ImportOrder): ImportPlan => {
  const { id, vmName, instanceUuid, described, destination, host, datastore } = order;
  const parent = order.parent !== null && world.get(order.parent)?.kind === 'folder' ? order.parent : null;
  const vm = unplacedVm(world, id, vmName, instanceUuid, parent, described);
  const move: Move = { vm: id, vmName, method: 'cold-evacuate', destination, host, datastore, networkMap: {} };
  const attachAll = (to: Host) => {
    const objector = createObjector(world, vm, to);
    const networks = described.adapters.map((adapter) => attach(world, to, order, adapter, objector));
    return { networks, objections: objector.objections };
  };

  const choice = choosePlacement(world, vm, move, (to) => attachAll(to).objections);
  if (choice.kind === 'refused') return choice;
  const { plan, warnings } = choice;
  const objector = createObjector(world, vm, plan.host);
  if (isTaken(world, order)) objector.object('identity-taken', instanceUuid);
  if (plan.newDatastore === null) objector.object('datastore-missing', 'any');
  if (plan.newDatastore === null || objector.objections.length > 0) {
    return { kind: 'refused', objections: objector.objections };
  }
  const { networks } = attachAll(plan.host);
  return { kind: 'fits', vm: placedVm(world, vm, plan, plan.newDatastore, networks), warnings };
};
