import type { ImagePolicy } from '../domain/evacuation.ts';

/** An image that is going to lie in the folder. */
export interface ImageNeed {
  readonly bytes: number;
  readonly imagePolicy: ImagePolicy;
}

export type FolderFit =
  | { readonly kind: 'fits'; readonly peakBytes: number }
  /** Not with as many at a time as was asked for, but with this many; the others wait for room. */
  | { readonly kind: 'fits-with'; readonly atATime: number; readonly peakBytes: number }
  /** Not even one after another. */
  | { readonly kind: 'lacks'; readonly missingBytes: number; readonly peakBytes: number };

const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);

/**
 * Bytes in the folder when it is fullest, whatever the order turns out to be: all images that are kept are there, and
 * the largest of the others are under way.
 */
export const peakBytes = (images: readonly ImageNeed[], atATime: number): number => {
  const kept = images.filter(({ imagePolicy }) => imagePolicy === 'keep').map(({ bytes }) => bytes);
  const passing = images
    .filter(({ imagePolicy }) => imagePolicy === 'delete-when-restored')
    .map(({ bytes }) => bytes)
    .sort((left, right) => right - left);
  return sum(kept) + sum(passing.slice(0, atATime));
};

/**
 * Whether the images of an operation have room, and with how many at a time.
 * @param availableBytes what is free beside everything that is promised and the floor; may be negative
 */
export const fitInFolder = (images: readonly ImageNeed[], atATime: number, availableBytes: number): FolderFit => {
  const wanted = peakBytes(images, atATime);
  // No image needs nothing, also of a folder that is over-full.
  if (wanted <= Math.max(0, availableBytes)) return { kind: 'fits', peakBytes: wanted };
  for (let fewer = Math.min(atATime, images.length) - 1; fewer >= 1; fewer -= 1) {
    const peak = peakBytes(images, fewer);
    if (peak <= availableBytes) return { kind: 'fits-with', atATime: fewer, peakBytes: peak };
  }
  const least = peakBytes(images, 1);
  return { kind: 'lacks', missingBytes: least - availableBytes, peakBytes: least };
};
