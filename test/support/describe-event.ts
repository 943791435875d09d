import type { TaskEventBody } from '../../shared/domain/task.ts';

/** An event in few words: `step-ended relocate done`, `waiting site-offline`, `failed vm-gone`. */
export const describeEvent = (body: TaskEventBody): string => {
  switch (body.kind) {
    case 'waiting':
      return `waiting ${body.reason.kind}`;
    case 'step-started':
      return `${body.step} started`;
    case 'step-ended':
      return `${body.step} ${body.outcome}`;
    case 'reconciled':
      return `reconciled ${body.found}`;
    case 'placement':
      return `in ${body.placeName}`;
    case 'failed':
    case 'needs-attention':
    case 'outcome-unknown':
    case 'decision-needed':
      return `${body.kind} ${body.error.code}`;
    case 'recovery-chosen':
      return `chosen ${body.choice.action}`;
    case 'follow-up':
      return `follow-up ${body.item.kind}`;
    default:
      return body.kind;
  }
};
