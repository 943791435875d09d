import { createCipheriv, createHash } from 'node:crypto';
import type { VirtualDisk, VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { between } from '../move-duration.ts';

/** What lies in a file: bytes that are computed when they are asked for, or bytes that somebody has sent. */
export type DiskContent =
  | { readonly kind: 'seeded'; readonly seed: string; readonly bytes: number }
  | { readonly kind: 'uploaded'; readonly data: Buffer };

/** A content as JSON. */
export type StoredContent =
  | { readonly kind: 'seeded'; readonly seed: string; readonly bytes: number }
  | { readonly kind: 'uploaded'; readonly base64: string };

export interface Digest {
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha1: string;
  readonly sha256: string;
}

const KIB = 1024;

/** How much of a file goes at a time, bytes. */
export const chunkBytes = 64 * KIB;

/** The largest image of a disk, unless the lab is told otherwise, bytes. */
export const largestImageBytes = 8 * KIB * KIB;

/** The share of the VM's stored bytes that this disk takes. */
export const storedShareOf = (vm: VirtualMachine, disk: VirtualDisk): number => {
  const stored = vm.storedBytes ?? vm.diskBytes;
  return vm.diskBytes === 0 ? 0 : Math.round((stored * disk.capacityBytes) / vm.diskBytes);
};

/**
 * How long the image of a disk is that really takes so many bytes: a 4096th, 64 KiB to 8 MiB. A lab image is small on
 * purpose; how long it takes to carry is reckoned as if it were as big as it says.
 */
export const imageBytesOf = (storedBytes: number, atMost: number): number =>
  Math.round(between(chunkBytes, storedBytes / 4096, atMost));

export const lengthOf = (content: DiskContent): number =>
  content.kind === 'seeded' ? content.bytes : content.data.length;

/** The bytes, piece by piece. The same seed always gives the same bytes, which look like noise. */
export function* chunksOf(content: DiskContent): Generator<Buffer, void, undefined> {
  if (content.kind === 'uploaded') {
    for (let from = 0; from < content.data.length; from += chunkBytes) {
      yield content.data.subarray(from, from + chunkBytes);
    }
    return;
  }
  const key = createHash('sha256').update(content.seed).digest().subarray(0, 16);
  const noise = createCipheriv('aes-128-ctr', key, Buffer.alloc(16));
  for (let left = content.bytes; left > 0; left -= chunkBytes) {
    yield noise.update(Buffer.alloc(Math.min(left, chunkBytes)));
  }
}

const digests = new WeakMap<DiskContent, Digest>();

/** Reckoned once for each content. */
export const digestOf = (content: DiskContent): Digest => {
  const known = digests.get(content);
  if (known !== undefined) return known;
  const [sha1, sha256] = [createHash('sha1'), createHash('sha256')];
  let bytes = 0;
  for (const chunk of chunksOf(content)) {
    sha1.update(chunk);
    sha256.update(chunk);
    bytes += chunk.length;
  }
  const digest = { bytes, sha1: sha1.digest('hex'), sha256: sha256.digest('hex') };
  digests.set(content, digest);
  return digest;
};

export const toStored = (content: DiskContent): StoredContent =>
  content.kind === 'seeded' ? content : { kind: 'uploaded', base64: content.data.toString('base64') };

export const fromStored = (stored: StoredContent): DiskContent =>
  stored.kind === 'seeded' ? stored : { kind: 'uploaded', data: Buffer.from(stored.base64, 'base64') };
