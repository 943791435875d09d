import { type FixRecord, type FixState, fixLabel } from '../../../shared/domain/fix.ts';
import { catalog } from '../../../shared/messages/catalog.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import { now } from '../../messages/clock.ts';
import { tickOffFix } from '../../stores/fixes.ts';
import type { FollowUpItem, FollowUpState } from './follow-up-item.ts';

const states: Readonly<Record<FixState, FollowUpState>> = {
  applied: 'to-do',
  unknown: 'look',
  failed: 'nothing',
  done: 'done',
};

const noteOf = ({ error, done, state }: FixRecord, language: Language): string | null => {
  const words = catalog[language].followUps;
  if (done !== null) return words.doneBy(done.by, clockTime(done.at, now(), language));
  const cause = error === null ? '' : errorText(error, language).cause;
  if (state === 'unknown') return words.look(cause);
  return cause === '' ? null : cause;
};

/** What is to be put back of what the console took out of a VM. */
export const fixFollowUp = (record: FixRecord, language: Language): FollowUpItem => {
  const { number, fix, by, at, before, state } = record;
  const { followUp } = catalog[language].fixes.kinds[fix.kind];
  return {
    label: fixLabel(number),
    vm: fix.vm,
    vmName: fix.vmName,
    state: states[state],
    toDo: before.map(followUp),
    note: noteOf(record, language),
    by,
    at,
    tickOff: state === 'done' || state === 'failed' ? null : () => tickOffFix(number),
  };
};
