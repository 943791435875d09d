import type { EntityId } from '../../../shared/domain/ids.ts';
import type { StoredContent } from './cold/disk-content.ts';
import type { WorldChange } from './lab-world.ts';

/** Something that has changed behind a lab site. Plain JSON. */
export type LabChange =
  | ({ readonly kind: 'world' } & WorldChange)
  /** What lies in a file of a VM; `vm` as {@link identityOf} gives it. */
  | { readonly kind: 'content'; readonly vm: string; readonly file: string; readonly content: StoredContent }
  | { readonly kind: 'origin'; readonly vm: string; readonly origin: string }
  | { readonly kind: 'parked'; readonly vm: string; readonly parked: boolean }
  /** The VM's files were deleted. */
  | { readonly kind: 'forgotten'; readonly vm: string }
  | { readonly kind: 'lease'; readonly vm: EntityId; readonly lease: LeaseKind | null };

export type LeaseKind = 'export' | 'import';

/**
 * Where a lab writes down what changes, so that it is found as it was when its process is killed and another begins.
 * Usage that wobbles, and tasks under way, are not written down.
 */
export interface LabHistory {
  /** Everything recorded of this site, oldest first. What belongs together is one entry. */
  load(siteKey: string): readonly (readonly LabChange[])[];
  /** Returns when it is safe from the end of this process. */
  record(siteKey: string, changes: readonly LabChange[]): void;
}

/** Collects changes for the history of one site. */
export interface LabBook {
  add(change: LabChange): void;
  /** What is added meanwhile is recorded as one: all of it or nothing. */
  together<Value>(act: () => Value): Value;
}

export const createLabBook = (write: (changes: readonly LabChange[]) => void): LabBook => {
  let depth = 0;
  let collected: LabChange[] = [];
  const flush = (): void => {
    const changes = collected;
    collected = [];
    if (changes.length > 0) write(changes);
  };
  return {
    add: (change) => {
      collected.push(change);
      if (depth === 0) flush();
    },
    together: (act) => {
      depth += 1;
      try {
        return act();
      } finally {
        depth -= 1;
        if (depth === 0) flush();
      }
    },
  };
};
