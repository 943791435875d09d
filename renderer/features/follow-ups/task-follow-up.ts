import { taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { catalog } from '../../../shared/messages/catalog.ts';
import { followUpWords } from '../../../shared/messages/evacuation.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import { now } from '../../messages/clock.ts';
import { tickOffTask } from '../../stores/tasks.ts';
import type { FollowUpItem } from './follow-up-item.ts';

/** What a cold migration left to people; null when it left nothing. */
export const taskFollowUp = ({ header, cold, endedAt }: TaskView, language: Language): FollowUpItem | null => {
  if (cold.followUps.length === 0) return null;
  const { common, followUps } = catalog[language];
  const { followUpsDone: done } = cold;
  return {
    label: taskLabel(header.id),
    // The restored VM is another one to the platform.
    vm: cold.restore?.vm ?? header.move.vm,
    vmName: header.move.vmName,
    state: done === null ? 'to-do' : 'done',
    toDo: cold.followUps.map((item) => followUpWords(item, language)),
    note: done === null ? null : followUps.doneBy(done.by, clockTime(done.at, now(), language)),
    by: common.methods[header.move.method],
    at: endedAt ?? header.createdAt,
    tickOff: done === null ? () => tickOffTask(header.id) : null,
  };
};
