import type { EntityId } from '../../../shared/domain/ids.ts';

/**
 * `to-do`: something is to be put back or cleared up. `look`: nobody knows whether there is, so a person has to look.
 * `nothing`: it came to nothing. `done`: a person said so.
 */
export type FollowUpState = 'to-do' | 'look' | 'nothing' | 'done';

/**
 * Something left to people after what the console did to a VM, whatever that was: each kind of follow-up is turned into
 * these by a file of its own, and `use-follow-ups.ts` brings them together.
 */
export interface FollowUpItem {
  /** Unique among all kinds, and what people call it: `F-3`. */
  readonly label: string;
  readonly vm: EntityId;
  /** Its name when it was changed. */
  readonly vmName: string;
  readonly state: FollowUpState;
  /** What there is to do, in words; never empty. */
  readonly toDo: readonly string[];
  /** What else is to be known of it: why it failed, who ticked it off; null when there is nothing. */
  readonly note: string | null;
  /** Who had it changed, or what kind of migration did. */
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
  /** Says that nothing is left to do; null when that is said already. */
  readonly tickOff: (() => Promise<void>) | null;
}

export const isOpenItem = ({ state }: FollowUpItem): boolean => state === 'to-do' || state === 'look';
