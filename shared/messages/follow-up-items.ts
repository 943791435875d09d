import type { FixRecord, FixState } from '../domain/fix.ts';
import type { FollowUpSource } from '../domain/follow-up-source.ts';
import type { EntityId } from '../domain/ids.ts';
import type { TaskView } from '../domain/task.ts';
import { catalog } from './catalog.ts';
import { errorText } from './errors.ts';
import { followUpWords } from './evacuation.ts';
import { clockTime } from './format.ts';
import type { Language } from './topic.ts';

/**
 * `to-do`: something is to be put back or cleared up. `look`: nobody knows whether there is, so a person has to look.
 * `nothing`: it came to nothing. `done`: a person said so.
 */
export type FollowUpState = 'to-do' | 'look' | 'nothing' | 'done';

/** Something left to people after what the console did to a VM, in words: the same in the window and on the command line. */
export interface FollowUpItem {
  readonly source: FollowUpSource;
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
}

/** A person can tick it off. */
export const isOpenItem = ({ state }: Pick<FollowUpItem, 'state'>): boolean => state === 'to-do' || state === 'look';

const states: Readonly<Record<FixState, FollowUpState>> = {
  applied: 'to-do',
  unknown: 'look',
  failed: 'nothing',
  done: 'done',
};

const noteOfFix = ({ error, done, state }: FixRecord, now: number, language: Language): string | null => {
  const words = catalog[language].followUps;
  if (done !== null) return words.doneBy(done.by, clockTime(done.at, now, language));
  const cause = error === null ? '' : errorText(error, language).cause;
  if (state === 'unknown') return words.look(cause);
  return cause === '' ? null : cause;
};

/** What is to be put back of what the console took out of a VM. @param now ms since 1970 */
export const fixFollowUp = (record: FixRecord, now: number, language: Language): FollowUpItem => {
  const { number, fix, by, at, before, state } = record;
  const { followUp } = catalog[language].fixes.kinds[fix.kind];
  return {
    source: { kind: 'fix', number },
    vm: fix.vm,
    vmName: fix.vmName,
    state: states[state],
    toDo: before.map(followUp),
    note: noteOfFix(record, now, language),
    by,
    at,
  };
};

/** What a cold migration left to people; null when it left nothing. @param now ms since 1970 */
export const taskFollowUp = (view: TaskView, now: number, language: Language): FollowUpItem | null => {
  const { header, cold, endedAt } = view;
  if (cold.followUps.length === 0) return null;
  const { common, followUps } = catalog[language];
  const { followUpsDone: done } = cold;
  return {
    source: { kind: 'task', task: header.id },
    // The restored VM is another one to the platform.
    vm: cold.restore?.vm ?? header.move.vm,
    vmName: header.move.vmName,
    state: done === null ? 'to-do' : 'done',
    toDo: cold.followUps.map((item) => followUpWords(item, language)),
    note: done === null ? null : followUps.doneBy(done.by, clockTime(done.at, now, language)),
    by: common.methods[header.move.method],
    at: endedAt ?? header.createdAt,
  };
};

/** Newest first. */
export const followUpItems = (
  fixes: readonly FixRecord[],
  tasks: readonly TaskView[],
  now: number,
  language: Language,
): readonly FollowUpItem[] =>
  [
    ...fixes.map((record) => fixFollowUp(record, now, language)),
    ...tasks.flatMap((view) => taskFollowUp(view, now, language) ?? []),
  ].sort((one, other) => other.at - one.at);
