import type { ChecksumKind } from '../hypervisors/transfer.ts';
import type { Piece } from './piece.ts';

/** Lower-case hexadecimal, of those that were asked for. */
export type ChecksumResult = Readonly<Partial<Record<ChecksumKind, string>>>;

/**
 * What the thread is told, in the order of the bytes. Each message but `begin` and `drop` gets one reply. Pieces are
 * handed over and back; memory that both threads saw at a time would be filled three times slower, as V8 copies into
 * that word by word.
 */
export type ChecksumMessage =
  | { readonly kind: 'begin'; readonly of: number; readonly kinds: readonly ChecksumKind[] }
  | { readonly kind: 'piece'; readonly of: number; readonly piece: Piece }
  | { readonly kind: 'end'; readonly of: number }
  | { readonly kind: 'drop'; readonly of: number };

export type ChecksumReply =
  | { readonly kind: 'counted'; readonly of: number; readonly piece: Piece }
  | { readonly kind: 'result'; readonly of: number; readonly result: ChecksumResult };
