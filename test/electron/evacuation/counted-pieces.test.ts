import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { countedPieces } from '../../../electron/evacuation/counted-pieces.ts';
import type { OpenFile } from '../../../electron/evacuation/file-system.ts';
import { type Piece, pieceBytes } from '../../../electron/evacuation/piece.ts';
import type { RunningChecksums } from '../../../electron/evacuation/running-checksums.ts';
import { fault } from '../../support/faulty-files.ts';

/** So many pieces, each full of its number. */
const fileOf = (count: number, failAt = Number.POSITIVE_INFINITY): OpenFile => ({
  read: async (data, offset, length, position) => {
    const number = position / pieceBytes;
    if (number === failAt) throw fault('EIO');
    if (number >= count) return { bytesRead: 0 };
    data.fill(number, offset, offset + length);
    return { bytesRead: length };
  },
  write: async () => ({ bytesWritten: 0 }),
  sync: async () => undefined,
  close: async () => undefined,
});

/** Counts at once, and notes what. */
const instantChecksums = (): RunningChecksums & { readonly counted: number[] } => {
  const counted: number[] = [];
  return {
    counted,
    add: async (piece) => {
      counted.push(piece[0] ?? -1);
      return piece;
    },
    result: async () => ({}),
    drop: () => undefined,
  };
};

const isFullOf = (piece: Piece, number: number): boolean => piece.every((byte) => byte === number);

test('the memory of a piece is left alone until the third after it is asked for', async () => {
  const given: Piece[] = [];
  for await (const piece of countedPieces(fileOf(9), instantChecksums())) {
    given.push(piece);
    // Whatever can go on without another one being asked for does.
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    const first = Math.max(0, given.length - 3);
    for (const [index, kept] of given.slice(first).entries()) expect(isFullOf(kept, first + index)).toBe(true);
  }
  expect(given).toHaveLength(9);
});

test('is used again then', async () => {
  const memory = new Set<ArrayBuffer>();
  for await (const piece of countedPieces(fileOf(50), instantChecksums())) memory.add(piece.buffer);
  expect(memory.size).toBeLessThanOrEqual(5);
});

test('all are counted, in their order, and an empty file has none', async () => {
  const checksums = instantChecksums();
  for await (const _ of countedPieces(fileOf(7), checksums));
  expect(checksums.counted).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for await (const piece of countedPieces(fileOf(0), checksums)) expect(piece).toBeUndefined();
});

test('what cannot be read is told where it is reached', async () => {
  const given: number[] = [];
  const all = (async () => {
    for await (const piece of countedPieces(fileOf(9, 4), instantChecksums())) given.push(piece[0] ?? -1);
  })();
  await expect(all).rejects.toMatchObject({ code: 'EIO' });
  expect(given).toEqual([0, 1, 2]);
});
