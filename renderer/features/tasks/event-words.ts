import { isColdEvent, type TaskEventBody } from '../../../shared/domain/task.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { coldEventWords } from '../../../shared/messages/evacuation.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import { waitWords } from './task-words.ts';

/** One line of the journal in words. */
export const eventWords = (body: TaskEventBody, messages: Messages, language: Language): string => {
  const { common, tasks } = messages;
  const words = tasks.events;
  if (isColdEvent(body)) return coldEventWords(body, language);
  switch (body.kind) {
    case 'created':
      return words.created;
    case 'waiting':
      return words.waiting(waitWords(body.reason, messages));
    case 'started':
      return words.started;
    case 'step-started':
      return words.stepStarted(common.steps[body.step]);
    case 'checked': {
      const count = (severity: string) => body.findings.filter((finding) => finding.severity === severity).length;
      return words.checked(count('blocker'), count('warning'));
    }
    case 'platform-task':
      return words.platformTask(body.ref.id);
    case 'step-ended':
      return words.stepEnded(common.steps[body.step], tasks.stepStates[body.outcome]);
    case 'cancel-requested':
      return words.cancelRequested;
    case 'placement':
      return words.placement(body.placeName);
    case 'interrupted':
      return words.interrupted;
    case 'outcome-unknown':
      return words.outcomeUnknown(errorText(body.error, language).cause);
    case 'reconciled':
      return words.reconciled[body.found];
    case 'completed':
      return words.completed;
    case 'cancelled':
      return words.cancelled;
    case 'failed':
      return words.failed(errorText(body.error, language).cause);
    case 'needs-attention':
    case 'decision-needed':
      return words.needsAttention(errorText(body.error, language).cause);
    case 'recovery-chosen':
      return coldEventWords(body, language);
    default: {
      const never: never = body;
      return never;
    }
  }
};
