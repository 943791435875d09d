import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Datacenter, Folder } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, asText } from '../xml/xml-values.ts';
import type { Lookup } from './lookup.ts';
import { type Facts, type Readers, ref, told, treeReaders } from './readers.ts';

const readChildTypes = (value: XmlValue): readonly string[] => asList(value).map((each) => asText(each) ?? '');

export const folderReaders = { ...treeReaders, childType: readChildTypes } satisfies Readers;

export const datacenterReaders = { ...treeReaders, vmFolder: ref } satisfies Readers;

/** Also for a datastore cluster, which to the API is a kind of folder. */
export const folderEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof folderReaders>,
  lookup: Lookup,
): Folder => ({
  kind: 'folder',
  id,
  site: lookup.site,
  name: facts.name ?? self.value,
  parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
  content: self.type === 'StoragePod' ? 'datastore' : contentOf(facts.childType ?? []),
});

const contentOf = (childTypes: readonly string[]): Folder['content'] => {
  const contents = new Map<string, Folder['content']>([
    ['VirtualMachine', 'vm'],
    ['ComputeResource', 'host'],
    ['Datastore', 'datastore'],
    ['Network', 'network'],
  ]);
  return childTypes.map((type) => contents.get(type)).find((content) => content !== undefined) ?? 'mixed';
};

export const datacenterEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof datacenterReaders>,
  lookup: Lookup,
): Datacenter => ({
  kind: 'datacenter',
  id,
  site: lookup.site,
  name: facts.name ?? self.value,
  parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
  ...told({ vmFolder: facts.vmFolder ? (lookup.entity(facts.vmFolder) ?? undefined) : undefined }),
});
