import type { Fix } from '../../../shared/domain/fix.ts';
import { asEntityId, type EntityId } from '../../../shared/domain/ids.ts';
import type { Datastore, Host } from '../../../shared/domain/inventory.ts';
import type { Placement } from '../../../shared/domain/migration.ts';
import type { NetworkAdapter, RemovableMedia, VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import type { LabWorld } from './lab-world.ts';
import type { PlannedPlacement } from './placement/planned-placement.ts';
import { contentId, diskFileName } from './world/vm-plan.ts';

/* What can happen to the objects of a world, whoever does it: the platform for the console, or somebody else. */

export const newerVersion = (vm: VirtualMachine): string => `${Number(vm.changeVersion ?? '0') + 1}`;

export const replaceVm = (
  world: LabWorld,
  id: EntityId,
  facts: (vm: VirtualMachine) => Partial<VirtualMachine>,
): void => {
  const vm = world.vm(id);
  if (vm !== undefined) world.change({ upserts: [{ ...vm, ...facts(vm) }], removals: [] });
};

export const renameVm = (world: LabWorld, id: EntityId, name: string): void =>
  replaceVm(world, id, (vm) => ({ name, changeVersion: newerVersion(vm) }));

export const powerVm = (world: LabWorld, id: EntityId, powerState: VirtualMachine['powerState']): void =>
  replaceVm(world, id, (vm) => (powerState === 'on' ? poweredOn(world, vm) : { powerState }));

/** A VM that is on writes to its disks. */
export const poweredOn = (world: LabWorld, { disks }: VirtualMachine): Partial<VirtualMachine> => {
  if (disks === undefined) return { powerState: 'on' };
  const written = disks.map((disk) => ({ ...disk, ...contentId(world.platform, `after ${disk.contentId}`) }));
  return { powerState: 'on', disks: written };
};

/** @param task the platform's words for what holds the VM; null sets it free. */
export const holdVm = (world: LabWorld, id: EntityId, task: string | null): void =>
  replaceVm(world, id, () => ({ busyWith: task }));

/** Deletes the VM and its files: their bytes become free. */
export const destroyVm = (world: LabWorld, id: EntityId): void => {
  const vm = world.vm(id);
  if (vm === undefined) return;
  world.change({ upserts: withBytes(world, vm.datastores ?? [], vm.storedBytes ?? 0), removals: [id] });
};

/** Takes the VM out of the inventory and in again, as somebody does who repairs it. @returns its new id */
export const reregisterVm = (world: LabWorld, id: EntityId): EntityId => {
  const vm = world.vm(id);
  if (vm === undefined) return id;
  const newId = asEntityId(`${id}-again`);
  world.change({ upserts: [{ ...vm, id: newId, changeVersion: newerVersion(vm) }], removals: [id] });
  return newId;
};

export const placementOf = (vm: VirtualMachine): Placement => ({
  host: vm.host,
  pool: vm.pool,
  datastores: vm.datastores ?? [],
});

/** The datastores with this many bytes more free, shared out evenly. */
export const withBytes = (world: LabWorld, ids: readonly EntityId[], freedBytes: number): readonly Datastore[] =>
  ids.flatMap((id) => {
    const datastore = world.get(id);
    if (datastore?.kind !== 'datastore' || datastore.freeBytes === undefined) return [];
    const freeBytes = datastore.freeBytes + Math.round(freedBytes / ids.length);
    return [{ ...datastore, freeBytes: Math.max(0, Math.min(freeBytes, datastore.capacityBytes ?? freeBytes)) }];
  });

const onDatastore = (world: LabWorld, vm: VirtualMachine, datastore: Datastore): Partial<VirtualMachine> => ({
  datastores: [datastore.id],
  ...(vm.disks === undefined
    ? {}
    : {
        disks: vm.disks.map((disk, number) =>
          disk.backing === 'file'
            ? {
                ...disk,
                datastore: datastore.id,
                fileName: diskFileName(world.platform, datastore.name, vm.name, number),
              }
            : disk,
        ),
      }),
});

/** The adapter attached to that network; as it was when there is no such network. */
export const onNetwork = (world: LabWorld, adapter: NetworkAdapter, network: EntityId): NetworkAdapter => {
  const entity = world.get(network);
  if (entity?.kind !== 'network') return adapter;
  const vlan = entity.variant === 'vm-network' && entity.vlan?.kind === 'vlan' ? { vlanId: entity.vlan.id } : {};
  return { ...adapter, network, networkName: entity.name, ...vlan };
};

const onNetworks = (
  world: LabWorld,
  vm: VirtualMachine,
  networkMap: Readonly<Record<string, EntityId>>,
): Partial<VirtualMachine> =>
  vm.adapters === undefined
    ? {}
    : {
        adapters: vm.adapters.map((adapter) => {
          const network = networkMap[adapter.key];
          return network === undefined ? adapter : onNetwork(world, adapter, network);
        }),
      };

const emptied = (drives: readonly RemovableMedia[], keys: readonly string[]): readonly RemovableMedia[] =>
  drives.map((drive) => {
    if (!keys.includes(drive.key)) return drive;
    const { key, label } = drive;
    return { key, label, media: 'none', connected: false };
  });

/** The drives have nothing in them any more; the USB devices are no longer part of the VM. */
export const fixVm = (world: LabWorld, { kind, vm: id, deviceKeys }: Fix): void =>
  replaceVm(world, id, (vm) => {
    const changeVersion = newerVersion(vm);
    switch (kind) {
      case 'eject-iso':
        return { cdroms: emptied(vm.cdroms ?? [], deviceKeys), changeVersion };
      case 'empty-floppy':
        return { floppies: emptied(vm.floppies ?? [], deviceKeys), changeVersion };
      case 'remove-usb':
        return {
          otherDevices: (vm.otherDevices ?? []).filter(({ key, type }) => type !== 'usb' || !deviceKeys.includes(key)),
          changeVersion,
        };
      default: {
        const never: never = kind;
        return never;
      }
    }
  });

/** The VM is now where it was planned to be: host, pool, storage, networks and folder. */
export const placeVm = (
  world: LabWorld,
  id: EntityId,
  plan: PlannedPlacement,
  networkMap: Readonly<Record<string, EntityId>>,
): void => {
  const vm = world.vm(id);
  if (vm === undefined) return;
  const bytes = vm.storedBytes ?? 0;
  const storage = plan.newDatastore;
  world.change({
    upserts: [
      {
        ...vm,
        host: plan.host.id,
        pool: plan.pool,
        parent: plan.folder,
        ...(storage === null ? {} : onDatastore(world, vm, storage)),
        ...onNetworks(world, vm, networkMap),
        changeVersion: newerVersion(vm),
      },
      ...(storage === null
        ? []
        : [...withBytes(world, vm.datastores ?? [], bytes), ...withBytes(world, [storage.id], -bytes)]),
    ],
    removals: [],
  });
};

/** Another host of the same cluster that works; null when there is none. Where DRS or a colleague might move a VM. */
export const neighbourOf = (world: LabWorld, vm: VirtualMachine): Host | null => {
  const home = vm.host === null ? undefined : world.get(vm.host);
  if (home?.kind !== 'host' || home.cluster === null) return null;
  for (const entity of world.entities()) {
    if (entity.kind !== 'host' || entity.cluster !== home.cluster || entity.id === home.id) continue;
    if (entity.connection === 'connected' && !entity.inMaintenance) return entity;
  }
  return null;
};

/** Somebody else moves the VM to another host of its cluster; nothing else about it changes. */
export const moveToHost = (world: LabWorld, id: EntityId, host: EntityId): void =>
  replaceVm(world, id, () => ({ host }));
