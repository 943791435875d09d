import type { Network } from '../domain/inventory.ts';
import type { NetworkAdapter, VirtualMachine } from '../domain/virtual-machine.ts';
import type { RuleContext } from './rule.ts';

/** The VLAN ID of the port group an adapter is attached to; `unknown` when the inventory did not tell. */
export type AdapterVlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'id'; readonly id: number }
  | { readonly kind: 'unknown' };

const none: AdapterVlan = { kind: 'none' };
const unknown: AdapterVlan = { kind: 'unknown' };

const standardVlan = (name: string, vm: VirtualMachine, context: RuleContext): AdapterVlan => {
  const host = vm.host === null ? undefined : context.inventory.get(vm.host);
  if (host?.kind !== 'host' || host.portGroups === undefined) return unknown;
  const group = host.portGroups.find((candidate) => candidate.name === name);
  if (group === undefined) return unknown;
  return group.vlanId === 0 ? none : { kind: 'id', id: group.vlanId };
};

const networkVlan = (network: Network): AdapterVlan => {
  switch (network.vlan?.kind) {
    case undefined:
      return unknown;
    case 'vlan':
      return { kind: 'id', id: network.vlan.id };
    case 'private':
      return { kind: 'id', id: network.vlan.secondaryId };
    case 'none':
    case 'trunk':
      return none;
    default: {
      const never: never = network.vlan;
      return never;
    }
  }
};

/** A standard port group's VLAN is set per host; a distributed one's belongs to the network itself. */
export const vlanOfAdapter = (adapter: NetworkAdapter, vm: VirtualMachine, context: RuleContext): AdapterVlan => {
  if (adapter.network === null) return none;
  if (adapter.network === undefined) return unknown;
  const network = context.inventory.get(adapter.network);
  if (network?.kind !== 'network') return unknown;
  return network.variant === 'standard' ? standardVlan(network.name, vm, context) : networkVlan(network);
};
