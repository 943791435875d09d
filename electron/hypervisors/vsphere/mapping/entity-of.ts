import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import type { ManagedRef } from '../managed-ref.ts';
import { clusterEntity } from './cluster.ts';
import { datastoreEntity } from './datastore.ts';
import { datacenterEntity, folderEntity } from './folder.ts';
import { hostEntity } from './host.ts';
import type { Lookup } from './lookup.ts';
import { networkEntity } from './network.ts';
import { poolEntity } from './pool.ts';
import { vmEntity } from './virtual-machine.ts';
import { switchEntity } from './virtual-switch.ts';

/**
 * The console's picture of an object, made of what readers kept. Null for an object that is no entity, and for one
 * that cannot be placed yet.
 * @param asked whether the server knows a property, so that "not told" and "there is none" can be told apart
 */
export const entityOf = (
  ref: ManagedRef,
  id: EntityId,
  facts: object,
  lookup: Lookup,
  asked: (property: string) => boolean,
): Entity | null => {
  switch (ref.type) {
    case 'Folder':
    case 'StoragePod':
      return folderEntity(ref, id, facts, lookup);
    case 'Datacenter':
      return datacenterEntity(ref, id, facts, lookup);
    case 'ClusterComputeResource':
      return clusterEntity(ref, id, facts, lookup, asked('ClusterComputeResource.summary.currentEVCModeKey'));
    case 'HostSystem':
      return hostEntity(ref, id, facts, lookup);
    case 'ResourcePool':
    case 'VirtualApp':
      return poolEntity(ref, id, facts, lookup);
    case 'VirtualMachine':
      return vmEntity(ref, id, facts, lookup);
    case 'Datastore':
      return datastoreEntity(ref, id, facts, lookup);
    case 'Network':
    case 'OpaqueNetwork':
    case 'DistributedVirtualPortgroup':
      return networkEntity(ref, id, facts, lookup);
    case 'DistributedVirtualSwitch':
    case 'VmwareDistributedVirtualSwitch':
      return switchEntity(ref, id, facts, lookup, asked('DistributedVirtualSwitch.config.pvlanConfig'));
    default:
      return null;
  }
};
