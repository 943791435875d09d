import { finding } from '../domain/finding.ts';
import { destinationFrame, undetermined } from './frame.ts';
import { imageSize } from './image-size.ts';
import type { BatchPrecaution } from './precaution.ts';

/** S9: the evacuation image folder needs room for all images of the operation beside what is promised to other tasks. */
export const evacuationSpace: BatchPrecaution = {
  id: 'S9',
  name: 'evacuation-space',
  scope: 'batch',
  platforms: ['vmware', 'hyperv'],
  methods: ['cold-evacuate'],
  source: 'コールドマイグレーションを実施するときは,退避イメージ格納フォルダに十分な空き容量が必要になります。',
  check(vms, target, context) {
    const frame = destinationFrame('S9', 'blocker', target.destination.id, context);
    const neededBytes = vms.reduce((sum, { vm }) => {
      const { dataBytes, marginBytes } = imageSize(vm);
      return sum + dataBytes + marginBytes;
    }, 0);
    if (context.folder === undefined) return [undetermined(frame, 'folder-space', target.destination.name)];
    if (context.folder === null) return [finding(frame, 'S9-no-folder', { neededBytes })];
    const { path, freeBytes, reservedBytes, floorBytes } = context.folder;
    const missingBytes = neededBytes + reservedBytes + floorBytes - freeBytes;
    if (missingBytes <= 0) return [];
    return [finding(frame, 'S9', { folder: path, neededBytes, reservedBytes, floorBytes, freeBytes, missingBytes })];
  },
};
