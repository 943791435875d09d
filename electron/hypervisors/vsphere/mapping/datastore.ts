import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Datastore } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { Lookup } from './lookup.ts';
import { type Facts, flag, number, type Readers, text, told, treeReaders } from './readers.ts';

export const datastoreReaders = {
  ...treeReaders,
  'summary.type': text,
  'summary.capacity': number,
  'summary.freeSpace': number,
  'summary.accessible': flag,
  'summary.maintenanceMode': text,
  'info.maxFileSize': number,
} satisfies Readers;

export const datastoreEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof datastoreReaders>,
  lookup: Lookup,
): Datastore => {
  const maintenance = facts['summary.maintenanceMode'];
  return {
    kind: 'datastore',
    id,
    site: lookup.site,
    name: facts.name ?? self.value,
    parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
    ...told({
      type: facts['summary.type'],
      capacityBytes: facts['summary.capacity'],
      freeBytes: facts['summary.freeSpace'],
      accessible: facts['summary.accessible'],
      // `enteringMaintenance`, too: nothing may be put there any more.
      inMaintenance: maintenance === undefined ? undefined : maintenance !== 'normal',
      maxFileBytes: facts['info.maxFileSize'] || undefined,
    }),
  };
};
