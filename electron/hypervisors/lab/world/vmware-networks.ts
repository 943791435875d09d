import type { EntityId, SiteId } from '../../../../shared/domain/ids.ts';
import type { HostPortGroup, Network, VirtualSwitch, VlanSetting } from '../../../../shared/domain/inventory.ts';
import type { NetworkFacts } from './vm-plan.ts';
import type { WorldIds } from './world-ids.ts';

const prodHosts = ['esx01', 'esx02', 'esx03', 'esx04', 'esx05', 'esx06'];
const stagingHosts = ['esx11', 'esx12', 'esx13'];
const osakaHosts = ['esx21', 'esx22', 'esx23', 'esx24'];
const standaloneHosts = ['esx31'];

interface SwitchPlan {
  readonly key: string;
  readonly datacenter: string;
  readonly hosts: readonly string[];
  readonly privateVlans: VirtualSwitch['privateVlans'];
}

const switches: readonly SwitchPlan[] = [
  {
    key: 'dvs-tyo',
    datacenter: 'tyo-1',
    hosts: [...prodHosts, ...stagingHosts],
    // 101 has a port group (tyo-dmz-isolated). 102 has none: restoring a VM from VLAN 102 fails there.
    privateVlans: [
      { primaryId: 100, secondaryId: 100, type: 'promiscuous' },
      { primaryId: 100, secondaryId: 101, type: 'isolated' },
      { primaryId: 100, secondaryId: 102, type: 'community' },
    ],
  },
  { key: 'dvs-osa', datacenter: 'osa-1', hosts: osakaHosts, privateVlans: [] },
];

interface DistributedPlan {
  readonly key: string;
  readonly switch: string;
  readonly vlan: VlanSetting;
  readonly isUplink?: boolean;
}

const vlan = (id: number): VlanSetting => ({ kind: 'vlan', id });
const everyVlan: VlanSetting = { kind: 'trunk', ranges: [{ start: 0, end: 4094 }] };

const distributed: readonly DistributedPlan[] = [
  { key: 'tyo-web', switch: 'dvs-tyo', vlan: vlan(110) },
  { key: 'tyo-app', switch: 'dvs-tyo', vlan: vlan(111) },
  { key: 'tyo-db', switch: 'dvs-tyo', vlan: vlan(112) },
  { key: 'tyo-batch', switch: 'dvs-tyo', vlan: vlan(113) },
  { key: 'tyo-stg', switch: 'dvs-tyo', vlan: vlan(120) },
  { key: 'tyo-backup', switch: 'dvs-tyo', vlan: vlan(130) },
  { key: 'tyo-dmz-isolated', switch: 'dvs-tyo', vlan: { kind: 'private', secondaryId: 101 } },
  { key: 'tyo-trunk', switch: 'dvs-tyo', vlan: everyVlan },
  { key: 'dvs-tyo-uplinks', switch: 'dvs-tyo', vlan: everyVlan, isUplink: true },
  { key: 'osa-web', switch: 'dvs-osa', vlan: vlan(210) },
  { key: 'osa-app', switch: 'dvs-osa', vlan: vlan(211) },
  { key: 'osa-db', switch: 'dvs-osa', vlan: vlan(212) },
  { key: 'osa-dr', switch: 'dvs-osa', vlan: vlan(213) },
  { key: 'osa-trunk', switch: 'dvs-osa', vlan: everyVlan },
  { key: 'dvs-osa-uplinks', switch: 'dvs-osa', vlan: everyVlan, isUplink: true },
];

/** A standard port group: on which hosts, on which switch of theirs, and which VLAN each of them gives it. */
interface StandardPlan {
  readonly key: string;
  readonly name: string;
  readonly datacenter: string;
  readonly switchName: string;
  readonly vlanIds: Readonly<Record<string, number>>;
}

const onAll = (hosts: readonly string[], vlanId: number): Readonly<Record<string, number>> =>
  Object.fromEntries(hosts.map((host) => [host, vlanId]));

const standard: readonly StandardPlan[] = [
  {
    key: 'tyo-vm-network',
    name: 'VM Network',
    datacenter: 'tyo-1',
    switchName: 'vSwitch0',
    vlanIds: onAll([...stagingHosts, ...standaloneHosts], 0),
  },
  {
    key: 'osa-vm-network',
    name: 'VM Network',
    datacenter: 'osa-1',
    switchName: 'vSwitch0',
    vlanIds: onAll(osakaHosts, 0),
  },
  {
    key: 'trunk-all',
    name: 'trunk-all',
    datacenter: 'tyo-1',
    switchName: 'vSwitch1',
    vlanIds: onAll([...stagingHosts, ...standaloneHosts], 4095),
  },
  // The same name carries another VLAN on one of the hosts.
  {
    key: 'backup-lan',
    name: 'backup-lan',
    datacenter: 'tyo-1',
    switchName: 'vSwitch1',
    vlanIds: { esx11: 300, esx12: 310, esx13: 300 },
  },
  {
    key: 'legacy-101',
    name: 'legacy-101',
    datacenter: 'tyo-1',
    switchName: 'vSwitch0',
    vlanIds: onAll(standaloneHosts, 101),
  },
  {
    key: 'legacy-102',
    name: 'legacy-102',
    datacenter: 'tyo-1',
    switchName: 'vSwitch0',
    vlanIds: onAll(standaloneHosts, 102),
  },
  {
    key: 'scanner-net',
    name: 'scanner-net',
    datacenter: 'tyo-1',
    switchName: 'vSwitch2',
    vlanIds: { esx05: 150, esx06: 150 },
  },
];

/** A segment of a network virtualization product: vCenter tells its name and nothing about VLANs. */
const opaque = { key: 'nsx-api-segment', datacenter: 'tyo-1', hosts: prodHosts } as const;

export const networksOfHost = (ids: WorldIds, host: string): readonly EntityId[] => [
  ...distributed
    .filter((network) => switches.some(({ key, hosts }) => key === network.switch && hosts.includes(host)))
    .map(({ key }) => ids('network', key)),
  ...standard.filter(({ vlanIds }) => vlanIds[host] !== undefined).map(({ key }) => ids('network', key)),
  ...(opaque.hosts.includes(host) ? [ids('network', opaque.key)] : []),
];

export const portGroupsOfHost = (host: string): readonly HostPortGroup[] =>
  standard.flatMap(({ name, switchName, vlanIds }) => {
    const vlanId = vlanIds[host];
    return vlanId === undefined ? [] : [{ name, switchName, vlanId }];
  });

export const vmwareNetworkFacts: NetworkFacts = (key) => ({
  name: standard.find((network) => network.key === key)?.name ?? key,
});

export const vmwareNetworks = (ids: WorldIds, site: SiteId): readonly (Network | VirtualSwitch)[] => [
  ...switches.map(
    ({ key, datacenter, hosts, privateVlans }): VirtualSwitch => ({
      kind: 'switch',
      id: ids('switch', key),
      site,
      name: key,
      parent: ids('folder', `${datacenter}-network`),
      distributed: true,
      hosts: hosts.map((host) => ids('host', host)),
      ...(privateVlans === undefined ? {} : { privateVlans }),
    }),
  ),
  ...distributed.map(
    (plan): Network => ({
      kind: 'network',
      id: ids('network', plan.key),
      site,
      name: plan.key,
      parent: ids('folder', `${switches.find(({ key }) => key === plan.switch)?.datacenter}-network`),
      variant: 'distributed',
      vlan: plan.vlan,
      switch: ids('switch', plan.switch),
      isUplink: plan.isUplink ?? false,
      accessible: true,
    }),
  ),
  ...standard.map(
    ({ key, name, datacenter }): Network => ({
      kind: 'network',
      id: ids('network', key),
      site,
      name,
      parent: ids('folder', `${datacenter}-network`),
      variant: 'standard',
      switch: null,
      isUplink: false,
      accessible: true,
    }),
  ),
  {
    kind: 'network',
    id: ids('network', opaque.key),
    site,
    name: opaque.key,
    parent: ids('folder', `${opaque.datacenter}-network`),
    variant: 'opaque',
    switch: null,
    isUplink: false,
    accessible: true,
  },
];
