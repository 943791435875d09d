import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Cluster } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import type { Lookup } from './lookup.ts';
import { readPlacementRules, readVmGroups } from './placement-rules.ts';
import { type Facts, flag, type Readers, ref, refs, text, told, treeReaders } from './readers.ts';

/** A cluster, and the compute resource around a standalone host. */
export const computeResourceReaders = { ...treeReaders, resourcePool: ref, host: refs } satisfies Readers;

export const clusterReaders = {
  'configuration.drsConfig.enabled': flag,
  'summary.currentEVCModeKey': text,
  'configurationEx.rule': readPlacementRules,
  'configurationEx.group': readVmGroups,
} satisfies Readers;

export const allClusterReaders = { ...computeResourceReaders, ...clusterReaders } satisfies Readers;

export const clusterEntity = (
  self: ManagedRef,
  id: EntityId,
  facts: Facts<typeof allClusterReaders>,
  lookup: Lookup,
  /** Whether the server was asked for the EVC mode and understood. */
  evcAsked: boolean,
): Cluster => ({
  kind: 'cluster',
  id,
  site: lookup.site,
  name: facts.name ?? self.value,
  parent: facts.parent ? (lookup.entity(facts.parent) ?? null) : null,
  rootPool: facts.resourcePool ? (lookup.entity(facts.resourcePool) ?? null) : null,
  ...told({
    drsEnabled: facts['configuration.drsConfig.enabled'],
    // An unset mode is how the server says that EVC is off.
    evcMode: facts['summary.currentEVCModeKey'] ?? (evcAsked ? null : undefined),
  }),
});
