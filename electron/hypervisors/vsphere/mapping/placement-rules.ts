import { nativeIdOfRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, flagAt, refsAt, textAt } from '../xml/xml-values.ts';

/** A rule of a cluster about where VMs may run (ClusterRuleInfo). */
export interface PlacementRule {
  readonly name: string;
  /** Native ids of VMs it names itself. */
  readonly vms: readonly string[];
  /** It names a group of VMs. */
  readonly vmGroup: string | null;
}

export interface VmGroup {
  readonly name: string;
  readonly vms: readonly string[];
}

const vmIds = (value: XmlValue): readonly string[] => refsAt(value, 'vm').map(nativeIdOfRef);

/** Rules that are switched off do not count. */
export const readPlacementRules = (value: XmlValue): readonly PlacementRule[] =>
  asList(value)
    .filter((rule) => flagAt(rule, 'enabled') !== false)
    .map((rule) => ({
      name: textAt(rule, 'name') ?? '',
      vms: vmIds(rule),
      vmGroup: textAt(rule, 'vmGroupName') ?? null,
    }));

/** Groups of hosts, which come in the same list, hold no VMs. */
export const readVmGroups = (value: XmlValue): readonly VmGroup[] =>
  asList(value).map((group) => ({ name: textAt(group, 'name') ?? '', vms: vmIds(group) }));

/** Native ids of all VMs that rules speak of. */
export const vmsUnderRules = (
  rules: readonly PlacementRule[] = [],
  groups: readonly VmGroup[] = [],
): ReadonlySet<string> => {
  const named = new Set(rules.map((rule) => rule.vmGroup));
  const grouped = groups.filter((group) => named.has(group.name));
  return new Set([...rules, ...grouped].flatMap(({ vms }) => vms));
};

export const rulesOfVm = (
  vm: string,
  rules: readonly PlacementRule[] = [],
  groups: readonly VmGroup[] = [],
): readonly string[] => {
  const groupsOfVm = new Set(groups.filter((group) => group.vms.includes(vm)).map(({ name }) => name));
  return rules
    .filter((rule) => rule.vms.includes(vm) || (rule.vmGroup !== null && groupsOfVm.has(rule.vmGroup)))
    .map(({ name }) => name);
};
