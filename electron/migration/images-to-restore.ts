import type { ImageRecord } from '../../shared/domain/evacuation.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import type { MigrationOperation } from '../../shared/domain/migration.ts';
import type { ImageStore } from '../evacuation/ports.ts';

/**
 * The records of the images that an operation restores, by the VM in them: the VM need not exist any more.
 * @throws `image-not-found`, `image-damaged`, `folder-unusable`
 */
export const imagesToRestore = async (
  { moves }: MigrationOperation,
  images: ImageStore,
): Promise<ReadonlyMap<EntityId, ImageRecord>> => {
  const records = new Map<EntityId, ImageRecord>();
  for (const { vm, evacuation } of moves) {
    if (evacuation?.part !== 'restore' || evacuation.image === undefined) continue;
    records.set(vm, (await images.open(evacuation.folder, evacuation.image)).record);
  }
  return records;
};
