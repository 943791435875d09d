import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import type { InventoryBatch } from '../../port.ts';
import type { ModelContext } from './inventory-model.ts';

/** An answer of the server as received. Its bytes move to the other thread. */
export interface PackedAnswer {
  readonly method: string;
  readonly contentEncoding: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What the parsing thread is asked to do. Jobs are done one after the other, in their order. */
export type ParseJob =
  /** Forget the inventory: an iteration begins. */
  | { readonly kind: 'begin'; readonly context: ModelContext }
  /** An answer of WaitForUpdatesEx. */
  | { readonly kind: 'news'; readonly answer: PackedAnswer }
  /** A page of figures to be added to the inventory. */
  | { readonly kind: 'figures'; readonly answer: PackedAnswer }
  /** One page of objects read past the inventory. After the last page, tells those entities that were wanted. */
  | {
      readonly kind: 'objects';
      /** Tells the pages of one reading from those of another. */
      readonly reading: number;
      readonly context: ModelContext;
      readonly answer: PackedAnswer;
      readonly wanted: readonly EntityId[];
    }
  /** No more pages will come of this reading. */
  | { readonly kind: 'forget'; readonly reading: number }
  /** The list of all objects of a view, to be counted. */
  | { readonly kind: 'count'; readonly answer: PackedAnswer };

export interface ParseResults {
  begin: null;
  /** `version` is null when there is no news. */
  news: { readonly version: string | null };
  figures: { readonly token: string | null };
  objects: { readonly token: string | null; readonly entities: readonly Entity[] };
  forget: null;
  count: number;
}

/** A message to the parsing thread. After `leave` there is no answer, and nothing is left of the owner. */
export interface ParseRequest {
  readonly id: number;
  readonly owner: number;
  readonly job: ParseJob | { readonly kind: 'leave' };
}

export type ParseFailure = 'not-authenticated' | 'malformed';

export type ParseReply =
  /** Comes any number of times before `done`. */
  | { readonly id: number; readonly kind: 'batch'; readonly batch: InventoryBatch }
  | { readonly id: number; readonly kind: 'done'; readonly result: ParseResults[keyof ParseResults] }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: ParseFailure; readonly detail: string };
