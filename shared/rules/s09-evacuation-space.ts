import { finding } from '../domain/finding.ts';
import type { Move } from '../domain/migration.ts';
import type { VirtualMachine } from '../domain/virtual-machine.ts';
import { fitInFolder, type ImageNeed, peakBytes } from './folder-need.ts';
import { destinationFrame, undetermined } from './frame.ts';
import { imageSize } from './image-size.ts';
import type { BatchPrecaution } from './precaution.ts';

/** A VM that is only evacuated has nothing but its image. */
const imagePolicyOf = ({ evacuation }: Move): ImageNeed['imagePolicy'] =>
  evacuation?.part === 'evacuate' ? 'keep' : (evacuation?.imagePolicy ?? 'delete-when-restored');

/** What a VM's image takes in the folder, and whether it stays there. */
export const imageNeedOf = ({ vm, move }: { readonly vm: VirtualMachine; readonly move: Move }): ImageNeed => {
  const { dataBytes, marginBytes } = imageSize(vm);
  return { bytes: dataBytes + marginBytes, imagePolicy: imagePolicyOf(move) };
};

/**
 * S9: the evacuation image folder needs room for the images that are in it at the same time, beside what is promised
 * to other tasks.
 */
export const evacuationSpace: BatchPrecaution = {
  id: 'S9',
  name: 'evacuation-space',
  scope: 'batch',
  platforms: ['vmware', 'hyperv'],
  methods: ['cold-evacuate'],
  source: 'コールドマイグレーションを実施するときは,退避イメージ格納フォルダに十分な空き容量が必要になります。',
  check(vms, target, context) {
    const { id: destination, name } = target.destination;
    const frame = destinationFrame('S9', 'blocker', destination, context);
    const images = vms.map(imageNeedOf);
    if (context.folder === undefined) return [undetermined(frame, 'folder-space', name)];
    if (context.folder === null) {
      return [finding(frame, 'S9-no-folder', { neededBytes: peakBytes(images, context.atATime) })];
    }
    const { path: folder, freeBytes, reservedBytes, floorBytes } = context.folder;
    const fit = fitInFolder(images, context.atATime, freeBytes - reservedBytes - floorBytes);
    const room = { folder, neededBytes: fit.peakBytes, reservedBytes, floorBytes, freeBytes };
    switch (fit.kind) {
      case 'fits':
        return [];
      case 'fits-with':
        return [finding({ ...frame, severity: 'info' }, 'S9-fewer', { ...room, atATime: fit.atATime })];
      case 'lacks':
        return [finding(frame, 'S9', { ...room, missingBytes: fit.missingBytes })];
      default:
        return fit satisfies never;
    }
  },
};
