import { taskLabel } from '../../../shared/domain/ids.ts';
import { targetName } from '../../../shared/domain/migration.ts';
import type { TaskProgress, TaskView } from '../../../shared/domain/task.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import { awaitsRecovery } from '../../../shared/planning/recovery.ts';
import { currentMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { addTaskNotice, closeTaskNotice } from '../../stores/notices.ts';
import { languageOf, usePreferences } from '../../stores/preferences.ts';
import { useTasks } from '../../stores/tasks.ts';

export interface News {
  readonly text: string;
  readonly urgency: 'polite' | 'assertive';
}

/** What is to be said of a task that changed; null when it is nothing to interrupt anybody for. */
export const newsOf = (before: TaskView, after: TaskView, messages: Messages, language: Language): News | null => {
  if (before.state === after.state) return null;
  const words = messages.tasks.announce;
  const task = taskLabel(after.header.id);
  const vm = after.header.move.vmName;
  const cause = after.error === null ? '' : errorText(after.error, language).cause;
  switch (after.state) {
    case 'completed':
      return { text: words.completed(task, vm, targetName(after.header.move)), urgency: 'polite' };
    case 'cancelled':
      return { text: words.cancelled(task, vm), urgency: 'polite' };
    case 'failed':
      return { text: words.failed(task, vm, cause), urgency: 'assertive' };
    case 'needs-attention':
      return { text: words.attention(task, vm, cause), urgency: 'assertive' };
    case 'interrupted':
      return {
        text: awaitsRecovery(after) ? messages.recovery.waitsForYou(task, vm) : words.unknown(task, vm),
        urgency: 'assertive',
      };
    case 'unknown':
      return { text: words.unknown(task, vm), urgency: 'assertive' };
    case 'waiting':
    case 'running':
    case 'cancelling':
      return null;
    default: {
      const never: never = after.state;
      return never;
    }
  }
};

/** A notice stands for as long as the task waits; also for tasks that were found so when the console started. */
const tellWhetherItWaits = (view: TaskView): void => {
  if (awaitsRecovery(view)) addTaskNotice(view.header.id);
  else closeTaskNotice(view.header.id);
};

const quarter = (progress: TaskProgress | undefined): number => Math.floor((progress?.percent ?? 0) / 25);

/** Has a screen reader tell what becomes of the tasks, and each quarter of their way. Returns a function that ends it. */
export const tellTaskNews = (): (() => void) =>
  useTasks.subscribe((state, former) => {
    const messages = currentMessages();
    const language = languageOf(usePreferences.getState());
    if (state.tasks !== former.tasks) {
      const before = new Map(former.tasks.map((view) => [view.header.id, view]));
      for (const view of state.tasks) {
        const known = before.get(view.header.id);
        const news = known === undefined || known === view ? null : newsOf(known, view, messages, language);
        if (news !== null) announce(news.text, news.urgency);
        if (known !== view) tellWhetherItWaits(view);
      }
    }
    if (state.progress === former.progress) return;
    for (const [task, progress] of state.progress) {
      const reached = quarter(progress);
      if (reached <= quarter(former.progress.get(task)) || reached >= 4) continue;
      const view = state.tasks.find((one) => one.header.id === task);
      if (view?.state !== 'running') continue;
      announce(messages.tasks.announce.progress(taskLabel(task), view.header.move.vmName, reached * 25));
    }
  });
