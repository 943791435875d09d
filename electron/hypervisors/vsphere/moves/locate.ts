import type { EntityId, SiteId } from '../../../../shared/domain/ids.ts';
import { entityId, nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { Placement } from '../../../../shared/domain/migration.ts';
import type { VmIdentity } from '../../port.ts';
import { type ReadObject, readProperties } from '../inventory/read-properties.ts';
import { type ManagedRef, nativeIdOfRef, refOfNativeId } from '../managed-ref.ts';
import { poolOf } from '../mapping/virtual-machine.ts';
import { findAllByInstanceUuid } from '../requests/move-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { asRef, asRefs } from '../xml/xml-values.ts';

/** What says where a VM is. */
export const placementPaths = ['runtime.host', 'resourcePool', 'parentVApp', 'datastore'] as const;

/**
 * Where a VM is now: by its reference, and where that is gone by its instance UUID, which it keeps when it is registered
 * anew or comes back from another server. Null when neither is known.
 */
export const locate = async (
  session: ApiSession,
  site: SiteId,
  vm: VmIdentity,
  signal: AbortSignal,
): Promise<Placement | null> => {
  const ref = refOfNativeId(nativeIdOf(vm.id));
  const byReference = ref === null ? null : await placementOf(session, site, ref, signal);
  if (byReference !== null || !vm.instanceUuid) return byReference;
  const request = findAllByInstanceUuid(session.content.searchIndex, vm.instanceUuid);
  for (const found of asRefs(await session.call(request, { signal }))) {
    const placement = await placementOf(session, site, found, signal);
    if (placement !== null) return placement;
  }
  return null;
};

const placementOf = async (
  session: ApiSession,
  site: SiteId,
  vm: ManagedRef,
  signal: AbortSignal,
): Promise<Placement | null> => {
  const filter = {
    properties: [{ type: 'VirtualMachine', paths: placementPaths }],
    objects: [{ object: vm }],
    ignoreMissing: true,
  };
  const found = (await readProperties(session, filter, signal)).get(vm);
  return found === undefined ? null : asPlacement(site, found);
};

export const asPlacement = (site: SiteId, { properties }: ReadObject): Placement => {
  const id = (ref: ManagedRef | undefined): EntityId | null =>
    ref === undefined ? null : entityId(site, nativeIdOfRef(ref));
  const resourcePool = asRef(properties.resourcePool);
  const parentVApp = asRef(properties.parentVApp);
  return {
    host: id(asRef(properties['runtime.host'])),
    pool: id(poolOf({ ...(resourcePool ? { resourcePool } : {}), ...(parentVApp ? { parentVApp } : {}) })),
    datastores: asRefs(properties.datastore).map((ref) => entityId(site, nativeIdOfRef(ref))),
  };
};
