import { type EntityId, taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskEvent, TaskView } from '../../../shared/domain/task.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { followUpWords } from '../../../shared/messages/evacuation.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import { findingLook } from '../findings/finding-look.ts';
import { detailsFacts, exactTime } from './details-facts.ts';
import { eventWords } from './event-words.ts';

/** The whole story of a task as plain text, to paste into a ticket. */
export const detailsText = (
  view: TaskView,
  events: readonly TaskEvent[],
  nameOf: (id: EntityId) => string | null,
  messages: Messages,
  language: Language,
): string => {
  const words = messages.tasks.details;
  const error = view.error === null ? null : errorText(view.error, language);
  const reasonFor = (ruleId: string): string | undefined =>
    view.header.acknowledgements.find((one) => one.ruleId === ruleId)?.reason;
  const lines = [
    `${words.title(taskLabel(view.header.id), view.header.move.vmName)} (${messages.common.taskStates[view.state]})`,
    '',
    ...detailsFacts(view, nameOf, messages, language).map(({ label, value }) => `${label}: ${value}`),
  ];
  if (error !== null) {
    lines.push('', words.error, ...[error.cause, error.consequence, ...error.remedy].filter((line) => line !== ''));
    lines.push(`${view.error?.code} ${JSON.stringify(view.error?.data)}`);
  }
  if (view.cold.followUps.length > 0) {
    lines.push('', messages.recovery.followUps);
    lines.push(...view.cold.followUps.map((item) => `- ${followUpWords(item, language)}`));
  }
  lines.push('', words.findings);
  if (view.findings.length === 0) lines.push(words.noFindings);
  for (const finding of view.findings) {
    const text = findingText(finding, language);
    const reason = reasonFor(finding.ruleId);
    lines.push(`- [${finding.ruleId}] ${findingLook(finding, messages).word}: ${text.title}. ${text.evidence}`);
    if (reason !== undefined) lines.push(`  ${words.acknowledged(reason)}`);
  }
  lines.push('', words.journal);
  for (const event of events) {
    lines.push(`${event.sequence}. ${exactTime(event.at, language)}  ${eventWords(event.body, messages, language)}`);
  }
  return `${lines.join('\n')}\n`;
};
