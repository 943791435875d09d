import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SharedPiece } from '../../../electron/evacuation/checksum-protocol.ts';
import { beginChecksums } from '../../../electron/evacuation/running-checksums.ts';
import type { ChecksumKind } from '../../../electron/hypervisors/transfer.ts';

const shared = (bytes: Uint8Array): SharedPiece => {
  const piece = new Uint8Array(new SharedArrayBuffer(bytes.length));
  piece.set(bytes);
  return piece;
};

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
      const counted: Promise<void>[] = [];
      for (let index = 0; index < longest; index += 1) {
        for (const [file, pieces] of files.entries()) {
          const piece = pieces[index];
          if (piece !== undefined) counted.push(running[file]?.add(shared(piece)) ?? Promise.resolve());
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
  await running.add(shared(Buffer.from('bytes')));
  expect(await running.result()).toEqual({ sha256: sums([Buffer.from('bytes')]).sha256 });
});

test('let memory be used again once they have counted it', async () => {
  const running = beginChecksums(['sha256']);
  const piece = shared(Buffer.from('first'));
  await running.add(piece);
  piece.set(Buffer.from('other'));
  await running.add(piece);
  expect((await running.result()).sha256).toBe(sums([Buffer.from('firstother')]).sha256);
});

test('reject with cancelled when they are dropped, and are over then', async () => {
  const running = beginChecksums(['sha256']);
  const counting = running.add(shared(Buffer.from('bytes')));
  running.drop();
  await expect(counting).rejects.toMatchObject({ code: 'cancelled' });
  await expect(running.result()).rejects.toMatchObject({ code: 'internal' });
  running.drop();
});

test('fail when their thread ends, and later ones are counted by a new one', async () => {
  const other = beginChecksums(['sha256']);
  const impossible = beginChecksums(['sha3' as ChecksumKind]);
  await expect(impossible.result()).rejects.toMatchObject({ code: 'internal' });
  await expect(other.add(shared(Buffer.from('bytes')))).rejects.toMatchObject({ code: 'internal' });
  const next = beginChecksums(['sha256']);
  await next.add(shared(Buffer.from('bytes')));
  expect((await next.result()).sha256).toBe(sums([Buffer.from('bytes')]).sha256);
});
