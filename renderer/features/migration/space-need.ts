import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import type { PlannedMove } from '../../../shared/rules/evaluate.ts';
import { type FolderFit, fitInFolder } from '../../../shared/rules/folder-need.ts';
import { imageSize } from '../../../shared/rules/image-size.ts';
import { imageNeedOf } from '../../../shared/rules/s09-evacuation-space.ts';

/** What the images of an operation take in a folder, bytes. */
export interface SpaceNeed {
  /** At the moment when the folder is fullest. */
  readonly peakBytes: number;
  /** Of all images together, whether or not they are there at the same time. */
  readonly dataBytes: number;
  readonly marginBytes: number;
  /** Whether they fit with as many at a time as was chosen, with fewer, or not at all. */
  readonly fit: FolderFit;
  /** Not all of them are in the folder at the same time. */
  readonly inTurns: boolean;
}

/** Null when the folder cannot be measured now. */
export const spaceNeed = (moves: readonly PlannedMove[], atATime: number, folder: FolderStatus): SpaceNeed | null => {
  const { freeBytes, reservedBytes, floorBytes } = folder;
  if (freeBytes === null) return null;
  const sizes = moves.map(({ vm }) => imageSize(vm));
  const dataBytes = sizes.reduce((sum, one) => sum + one.dataBytes, 0);
  const marginBytes = sizes.reduce((sum, one) => sum + one.marginBytes, 0);
  const fit = fitInFolder(moves.map(imageNeedOf), atATime, freeBytes - reservedBytes - floorBytes);
  return { peakBytes: fit.peakBytes, dataBytes, marginBytes, fit, inTurns: fit.peakBytes < dataBytes + marginBytes };
};
