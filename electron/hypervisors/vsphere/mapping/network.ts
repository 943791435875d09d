import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Network, VlanSetting } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, at, listAt, numberAt, textAt, typeOf } from '../xml/xml-values.ts';
import type { Lookup } from './lookup.ts';
import { type Facts, flag, type Readers, ref, text, told, treeReaders } from './readers.ts';

/** The VLAN part of a distributed port group's settings (VMwareDVSPortSetting.vlan). */
const readVlan = (value: XmlValue): VlanSetting | undefined => {
  const vlan = at(value, 'vlan');
  switch (typeOf(vlan)) {
    case 'VmwareDistributedVirtualSwitchVlanIdSpec': {
      const id = numberAt(vlan, 'vlanId');
      if (id === undefined) return undefined;
      return id === 0 ? { kind: 'none' } : { kind: 'vlan', id };
    }
    case 'VmwareDistributedVirtualSwitchTrunkVlanSpec': {
      const ranges = listAt(vlan, 'vlanId').map((range) => ({
        start: numberAt(range, 'start') ?? 0,
        end: numberAt(range, 'end') ?? 0,
      }));
      return { kind: 'trunk', ranges };
    }
    case 'VmwareDistributedVirtualSwitchPvlanSpec': {
      const secondaryId = numberAt(vlan, 'pvlanId');
      return secondaryId === undefined ? undefined : { kind: 'private', secondaryId };
    }
    default:
      return undefined;
  }
};

/** Servers before 7.0 mark uplinks by a tag only. */
const readUplinkTag = (value: XmlValue): boolean =>
  asList(value).some((tag) => textAt(tag, 'key') === 'SYSTEM/DVS.UPLINKPG');

export const networkReaders = { ...treeReaders, 'summary.accessible': flag } satisfies Readers;

export const portGroupReaders = {
  key: text,
  'config.distributedVirtualSwitch': ref,
  'config.uplink': flag,
  'config.defaultPortConfig': readVlan,
  tag: readUplinkTag,
} satisfies Readers;

export const allNetworkReaders = { ...networkReaders, ...portGroupReaders } satisfies Readers;

export const networkEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof allNetworkReaders>,
  lookup: Lookup,
): Network => ({
  kind: 'network',
  id,
  site: lookup.site,
  name: facts.name ?? self.value,
  parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
  variant: variants[self.type] ?? 'standard',
  ...told({ accessible: facts['summary.accessible'] }),
  ...(self.type === 'DistributedVirtualPortgroup' ? distributedPart(facts, lookup) : { switch: null }),
});

const variants: Readonly<Record<string, Network['variant']>> = {
  DistributedVirtualPortgroup: 'distributed',
  OpaqueNetwork: 'opaque',
};

const distributedPart = (facts: Facts<typeof allNetworkReaders>, lookup: Lookup): Partial<Network> => {
  const distributedSwitch = facts['config.distributedVirtualSwitch'];
  return told({
    vlan: facts['config.defaultPortConfig'],
    switch: distributedSwitch ? (lookup.entity(distributedSwitch) ?? null) : undefined,
    isUplink: facts['config.uplink'] ?? facts.tag,
  });
};
