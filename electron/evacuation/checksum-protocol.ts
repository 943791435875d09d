import type { ChecksumKind } from '../hypervisors/transfer.ts';

/** A piece of a file in memory that both threads see. */
export type SharedPiece = Uint8Array<SharedArrayBuffer>;

/** How much is read, written and counted at once: less costs more turns of the event loop than bytes. */
export const pieceBytes = 1024 * 1024;

export const newPiece = (): SharedPiece => new Uint8Array(new SharedArrayBuffer(pieceBytes));

/** Lower-case hexadecimal, of those that were asked for. */
export type ChecksumResult = Readonly<Partial<Record<ChecksumKind, string>>>;

/** What the thread is told, in the order of the bytes. Each message but `drop` gets one reply. */
export type ChecksumMessage =
  | { readonly kind: 'begin'; readonly of: number; readonly kinds: readonly ChecksumKind[] }
  | { readonly kind: 'piece'; readonly of: number; readonly piece: SharedPiece }
  | { readonly kind: 'end'; readonly of: number }
  | { readonly kind: 'drop'; readonly of: number };

export type ChecksumReply =
  | { readonly kind: 'counted'; readonly of: number }
  | { readonly kind: 'result'; readonly of: number; readonly result: ChecksumResult };
