import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Piece } from '../../../electron/evacuation/piece.ts';
import { beginChecksums } from '../../../electron/evacuation/running-checksums.ts';
import type { ChecksumKind } from '../../../electron/hypervisors/transfer.ts';

const pieceOf = (bytes: Uint8Array): Piece => new Uint8Array(bytes);

const sums = (pieces: readonly Uint8Array[]): { readonly sha1: string; readonly sha256: string } => ({
  sha1: createHash('sha1').update(Buffer.concat(pieces)).digest('hex'),
  sha256: createHash('sha256').update(Buffer.concat(pieces)).digest('hex'),
});

const somePieces = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 });

test('are those of all bytes in their order, of several files at a time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(somePieces, { minLength: 1, maxLength: 4 }), async (files) => {
      const running = files.map(() => beginChecksums(['sha256', 'sha1']));
      const longest = Math.max(...files.map((pieces) => pieces.length));
      const counted: Promise<unknown>[] = [];
      for (let index = 0; index < longest; index += 1) {
        for (const [file, pieces] of files.entries()) {
          const piece = pieces[index];
          if (piece !== undefined) counted.push(running[file]?.add(pieceOf(piece)) ?? Promise.resolve());
        }
      }
      await Promise.all(counted);
      expect(await Promise.all(running.map((each) => each.result()))).toEqual(files.map(sums));
    }),
    { numRuns: 50 },
  );
});

test('are those that were asked for', async () => {
  const running = beginChecksums(['sha256']);
  await running.add(pieceOf(Buffer.from('bytes')));
  expect(await running.result()).toEqual({ sha256: sums([Buffer.from('bytes')]).sha256 });
});

test('give the memory back once they have counted it, to be used again', async () => {
  const running = beginChecksums(['sha256']);
  const piece = pieceOf(Buffer.from('first'));
  const counting = running.add(piece);
  expect(piece).toHaveLength(0);
  const back = await counting;
  expect(Buffer.from(back).toString()).toBe('first');
  back.set(Buffer.from('other'));
  await running.add(back);
  expect((await running.result()).sha256).toBe(sums([Buffer.from('firstother')]).sha256);
});

test('reject with cancelled when they are dropped, and are over then', async () => {
  const running = beginChecksums(['sha256']);
  const counting = running.add(pieceOf(Buffer.from('bytes')));
  running.drop();
  await expect(counting).rejects.toMatchObject({ code: 'cancelled' });
  await expect(running.result()).rejects.toMatchObject({ code: 'internal' });
  running.drop();
});

test('fail when their thread ends, and later ones are counted by a new one', async () => {
  const other = beginChecksums(['sha256']);
  const impossible = beginChecksums(['sha3' as ChecksumKind]);
  await expect(impossible.result()).rejects.toMatchObject({ code: 'internal' });
  await expect(other.add(pieceOf(Buffer.from('bytes')))).rejects.toMatchObject({ code: 'internal' });
  const next = beginChecksums(['sha256']);
  await next.add(pieceOf(Buffer.from('bytes')));
  expect((await next.result()).sha256).toBe(sums([Buffer.from('bytes')]).sha256);
});
