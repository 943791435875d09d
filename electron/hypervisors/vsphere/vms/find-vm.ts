import { entityId } from '../../../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import type { VmIdentity } from '../../port.ts';
import { type EntityReading, readEntities } from '../inventory/read-entities.ts';
import { nativeIdOfRef } from '../managed-ref.ts';
import { findAllByInstanceUuid } from '../requests/move-requests.ts';
import { asRefs } from '../xml/xml-values.ts';

/** By its reference, and where that is gone by its instance UUID. @throws VimFault, and what calls throw */
export const findVm = async (
  reading: EntityReading,
  { id, instanceUuid }: VmIdentity,
  signal: AbortSignal,
): Promise<VirtualMachine | null> => {
  const [known] = await readEntities(reading, [id], signal);
  if (known?.kind === 'virtual-machine') return known;
  if (!instanceUuid) return null;
  const { session, site } = reading;
  const request = findAllByInstanceUuid(session.content.searchIndex, instanceUuid);
  const found = asRefs(await session.call(request, { signal })).map((ref) => entityId(site, nativeIdOfRef(ref)));
  const entities = await readEntities(reading, found, signal);
  return entities.find((entity) => entity.kind === 'virtual-machine') ?? null;
};
