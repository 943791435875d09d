import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { imageSize } from '../../../shared/rules/image-size.ts';

export type SpaceVerdict =
  | { readonly kind: 'fits' }
  /** Not all at once as chosen, but so many at a time. */
  | { readonly kind: 'fits-with'; readonly atATime: number }
  | { readonly kind: 'lacks'; readonly missingBytes: number };

/** What the images of an operation take in a folder, bytes. */
export interface SpaceNeed {
  readonly neededBytes: number;
  readonly dataBytes: number;
  readonly marginBytes: number;
  /** Null when the folder cannot be measured now. */
  readonly verdict: SpaceVerdict | null;
}

export const spaceNeed = (vms: readonly VirtualMachine[], folder: FolderStatus): SpaceNeed => {
  const sizes = vms.map(imageSize);
  const dataBytes = sizes.reduce((sum, one) => sum + one.dataBytes, 0);
  const marginBytes = sizes.reduce((sum, one) => sum + one.marginBytes, 0);
  const neededBytes = dataBytes + marginBytes;
  const { freeBytes, reservedBytes, floorBytes } = folder;
  const missingBytes = freeBytes === null ? null : neededBytes + reservedBytes + floorBytes - freeBytes;
  return {
    neededBytes,
    dataBytes,
    marginBytes,
    verdict: missingBytes === null ? null : missingBytes <= 0 ? { kind: 'fits' } : { kind: 'lacks', missingBytes },
  };
};
