import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FolderFit, fitInFolder, type ImageNeed, peakBytes } from '../../../shared/rules/folder-need.ts';

const passing = (...sizes: readonly number[]): readonly ImageNeed[] =>
  sizes.map((bytes) => ({ bytes, imagePolicy: 'delete-when-restored' }));
const kept = (...sizes: readonly number[]): readonly ImageNeed[] =>
  sizes.map((bytes) => ({ bytes, imagePolicy: 'keep' }));

describe('what the images of an operation need', () => {
  it.each<[string, readonly ImageNeed[], number, number, FolderFit]>([
    ['nothing', [], 4, 0, { kind: 'fits', peakBytes: 0 }],
    ['nothing, of a folder that is over-full', [], 4, -5, { kind: 'fits', peakBytes: 0 }],
    ['one image', passing(10), 4, 10, { kind: 'fits', peakBytes: 10 }],
    ['one image, a byte too large', passing(10), 4, 9, { kind: 'lacks', missingBytes: 1, peakBytes: 10 }],
    ['the two largest at a time', passing(10, 30, 20), 2, 50, { kind: 'fits', peakBytes: 50 }],
    ['fewer at a time', passing(10, 30, 20), 3, 59, { kind: 'fits-with', atATime: 2, peakBytes: 50 }],
    ['one after another', passing(10, 30, 20), 16, 30, { kind: 'fits-with', atATime: 1, peakBytes: 30 }],
    ['not even that', passing(10, 30, 20), 2, 29, { kind: 'lacks', missingBytes: 1, peakBytes: 30 }],
    ['kept images add up', kept(10, 30, 20), 1, 59, { kind: 'lacks', missingBytes: 1, peakBytes: 60 }],
    [
      'kept ones beside passing ones',
      [...kept(10), ...passing(30, 20)],
      2,
      45,
      { kind: 'fits-with', atATime: 1, peakBytes: 40 },
    ],
    ['a folder that is over-full', passing(10), 1, -5, { kind: 'lacks', missingBytes: 15, peakBytes: 10 }],
  ])('%s', (_what, images, atATime, available, fit) => {
    expect(fitInFolder(images, atATime, available)).toEqual(fit);
  });

  const image = fc.record({
    bytes: fc.integer({ min: 1, max: 1_000 }),
    imagePolicy: fc.constantFrom<ImageNeed['imagePolicy'][]>('keep', 'delete-when-restored'),
  });
  const images = fc.array(image, { maxLength: 12 });
  const atATime = fc.integer({ min: 1, max: 16 });

  /** Evacuates in this order, as many at a time as may, each as long as it can take. */
  const fullest = (order: readonly ImageNeed[], limit: number): number => {
    let stays = 0;
    let most = 0;
    const underWay: ImageNeed[] = [];
    for (const each of order) {
      if (underWay.length === limit) {
        const ended = underWay.shift();
        if (ended?.imagePolicy === 'keep') stays += ended.bytes;
      }
      underWay.push(each);
      most = Math.max(most, stays + underWay.reduce((sum, { bytes }) => sum + bytes, 0));
    }
    return most;
  };

  it('is never less than what any order takes', () => {
    const ordered = images.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(ordered, atATime, (order, limit) => {
        expect(fullest(order, limit)).toBeLessThanOrEqual(peakBytes(order, limit));
      }),
    );
  });

  it('is what the worst order takes', () => {
    fc.assert(
      fc.property(images, atATime, (all, limit) => {
        const worst = [...all].sort(
          (left, right) =>
            Number(left.imagePolicy !== 'keep') - Number(right.imagePolicy !== 'keep') || right.bytes - left.bytes,
        );
        // The kept ones have ended, and the largest of the others begin together.
        expect(fullest(worst, Math.max(limit, 1))).toBe(peakBytes(all, limit));
      }),
    );
  });

  it('grows with the number at a time, and a fit tells the most that fit', () => {
    fc.assert(
      fc.property(images, atATime, fc.integer({ min: -100, max: 6_000 }), (all, limit, available) => {
        expect(peakBytes(all, limit)).toBeLessThanOrEqual(peakBytes(all, limit + 1));
        const fit = fitInFolder(all, limit, available);
        switch (fit.kind) {
          case 'fits':
            expect(fit.peakBytes).toBe(peakBytes(all, limit));
            expect(fit.peakBytes).toBeLessThanOrEqual(Math.max(0, available));
            break;
          case 'fits-with':
            expect(fit.atATime).toBeLessThan(limit);
            expect(peakBytes(all, fit.atATime)).toBeLessThanOrEqual(available);
            expect(peakBytes(all, fit.atATime + 1)).toBeGreaterThan(available);
            break;
          case 'lacks':
            expect(fit.missingBytes).toBeGreaterThan(0);
            expect(fitInFolder(all, 1, available + fit.missingBytes).kind).toBe('fits');
            break;
          default:
            throw new Error(fit satisfies never);
        }
      }),
    );
  });
});
