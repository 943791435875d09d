import type { EntityId } from '../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';

/** Which VMs have which MAC address, as far as the sites told since the start. */
export interface MacIndex {
  put(vm: VirtualMachine): void;
  remove(id: EntityId): void;
  /** Undefined when no VM with that address has been read: then nothing can be said of it. */
  owners(mac: string): readonly EntityId[] | undefined;
}

/** Platforms write addresses with colons or dashes, in either case. */
const normal = (mac: string): string => mac.replaceAll(/[:.-]/g, '').toLowerCase();

export const createMacIndex = (): MacIndex => {
  const owners = new Map<string, Set<EntityId>>();
  const addresses = new Map<EntityId, readonly string[]>();

  const remove = (id: EntityId): void => {
    for (const mac of addresses.get(id) ?? []) {
      const vms = owners.get(mac);
      vms?.delete(id);
      if (vms?.size === 0) owners.delete(mac);
    }
    addresses.delete(id);
  };

  return {
    put: (vm) => {
      const macs = (vm.adapters ?? []).flatMap(({ macAddress }) => (macAddress ? [normal(macAddress)] : []));
      const before = addresses.get(vm.id);
      if (before !== undefined && before.length === macs.length && before.every((mac, at) => mac === macs[at])) return;
      remove(vm.id);
      if (macs.length === 0) return;
      addresses.set(vm.id, macs);
      for (const mac of macs) {
        const vms = owners.get(mac);
        if (vms === undefined) owners.set(mac, new Set([vm.id]));
        else vms.add(vm.id);
      }
    },
    remove,
    owners: (mac) => {
      const vms = owners.get(normal(mac));
      return vms === undefined ? undefined : [...vms];
    },
  };
};
