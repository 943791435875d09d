import { isColdEvent, type TaskEventBody, type WaitReason } from '../../shared/domain/task.ts';
import type { Messages } from '../../shared/messages/catalog.ts';
import { errorText } from '../../shared/messages/errors.ts';
import { coldEventWords } from '../../shared/messages/evacuation.ts';
import type { Language } from '../../shared/messages/topic.ts';

export const waitText = (reason: WaitReason, { cli, evacuation }: Messages): string => {
  switch (reason.kind) {
    case 'host-limit':
      return cli.waitsFor['host-limit'](reason.hostName, reason.limit);
    case 'operation-limit':
      return cli.waitsFor['operation-limit'](reason.limit);
    case 'site-offline':
      return cli.waitsFor['site-offline'](reason.siteName);
    case 'datastore-limit':
      return evacuation.waits['datastore-limit'](reason);
    case 'folder-limit':
      return evacuation.waits['folder-limit'](reason);
    case 'folder-space':
      return evacuation.waits['folder-space'](reason);
    case 'vm-held':
      return evacuation.waits['vm-held'](reason);
    default: {
      const never: never = reason;
      return never;
    }
  }
};

/** One entry of a task's history in words. */
export const eventText = (body: TaskEventBody, words: Messages, language: Language): string => {
  const { events, outcomes, found } = words.cli;
  if (isColdEvent(body)) return coldEventWords(body, language);
  switch (body.kind) {
    case 'created':
    case 'started':
    case 'cancel-requested':
    case 'interrupted':
    case 'completed':
    case 'cancelled':
      return events[body.kind];
    case 'waiting':
      return waitText(body.reason, words);
    case 'step-started':
      return events['step-started'](words.common.steps[body.step]);
    case 'checked':
      return events.checked(body.findings.length);
    case 'platform-task':
      return events['platform-task'](body.ref.id);
    case 'step-ended':
      return events['step-ended'](words.common.steps[body.step], outcomes[body.outcome]);
    case 'placement':
      return events.placement(body.placeName);
    case 'reconciled':
      return events.reconciled(found[body.found]);
    case 'decision-needed':
      return events['needs-attention'](errorText(body.error, language).cause);
    case 'recovery-chosen':
      return coldEventWords(body, language);
    case 'outcome-unknown':
    case 'failed':
    case 'needs-attention':
      return events[body.kind](errorText(body.error, language).cause);
    default: {
      const never: never = body;
      return never;
    }
  }
};
