import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { PrivateVlan, VirtualSwitch } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, numberAt, textAt } from '../xml/xml-values.ts';
import type { Lookup } from './lookup.ts';
import { type Facts, type Readers, refs, told, treeReaders } from './readers.ts';

const privateVlanTypes: readonly PrivateVlan['type'][] = ['promiscuous', 'isolated', 'community'];

const readPrivateVlans = (value: XmlValue): readonly PrivateVlan[] =>
  asList(value).flatMap((entry) => {
    const primaryId = numberAt(entry, 'primaryVlanId');
    const secondaryId = numberAt(entry, 'secondaryVlanId');
    const type = privateVlanTypes.find((known) => known === textAt(entry, 'pvlanType'));
    return primaryId === undefined || secondaryId === undefined || type === undefined
      ? []
      : [{ primaryId, secondaryId, type }];
  });

/** Of `config` the private VLANs alone: the whole of it describes every host. */
export const switchReaders = {
  ...treeReaders,
  'summary.hostMember': refs,
  'config.pvlanConfig': readPrivateVlans,
} satisfies Readers;

export const switchEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof switchReaders>,
  lookup: Lookup,
  /** Whether the server was asked for private VLANs and understood. */
  privateVlansAsked: boolean,
): VirtualSwitch => ({
  kind: 'switch',
  id,
  site: lookup.site,
  name: facts.name ?? self.value,
  parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
  distributed: true,
  ...told({
    hosts: facts['summary.hostMember']
      ?.map((host) => lookup.entity(host))
      .filter((host) => host !== undefined && host !== null),
    // An unset list is how the server says that there are none.
    privateVlans: facts['config.pvlanConfig'] ?? (privateVlansAsked ? [] : undefined),
  }),
});
