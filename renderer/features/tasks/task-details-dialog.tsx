import { useState } from 'react';
import type { FollowUp } from '../../../shared/domain/evacuation.ts';
import { type EntityId, type TaskId, taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskEvent, TaskStep, TaskView } from '../../../shared/domain/task.ts';
import { followUpWords } from '../../../shared/messages/evacuation.ts';
import { duration } from '../../../shared/messages/format.ts';
import { findingKey } from '../../../shared/planning/findings-by-vm.ts';
import { awaitsRecovery } from '../../../shared/planning/recovery.ts';
import { worstFirst } from '../../../shared/rules/evaluate.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { Icon } from '../../icons/icon.tsx';
import { currentMessages, useLanguage, useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { closeDialog, openDialog, useDialogs } from '../../stores/dialogs.ts';
import { useInventory } from '../../stores/inventory.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { FindingCard } from '../findings/finding-card.tsx';
import { safetyWords } from './cold-words.ts';
import { detailsFacts, exactTime } from './details-facts.ts';
import { detailsText } from './details-text.ts';
import { eventWords } from './event-words.ts';
import { shownState, stepLook } from './task-steps.tsx';
import { stateLook } from './task-words.ts';
import { type TaskDetails, useTaskDetails } from './use-task-details.ts';
import './task-details.css';

/** The whole story of one task. */
export const TaskDetailsDialog = () => {
  const request = useDialogs((state) => state.open);
  return request?.kind === 'task' ? <OpenDetails key={request.task} task={request.task} /> : null;
};

const nameOf = (id: EntityId): string | null => useInventory.getState().index.get(id)?.name ?? null;

const OpenDetails = ({ task }: { readonly task: TaskId }) => {
  const { tasks, common, recovery } = useMessages();
  const details = useTaskDetails(task);
  const { view, events, error } = details;
  return (
    <DialogFrame
      size="medium"
      title={view === null ? taskLabel(task) : tasks.details.title(taskLabel(task), view.header.move.vmName)}
      facts={view !== null && <StateLine view={view} />}
      onClose={closeDialog}
      footer={
        <>
          {view !== null && <CopyButton view={view} events={events} />}
          <span className="grow" />
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.close}
          </button>
          {view !== null && awaitsRecovery(view) && (
            <button
              type="button"
              className="button button-large button-primary"
              onClick={() => openDialog({ kind: 'recover', task })}
            >
              {recovery.recover}
            </button>
          )}
        </>
      }
    >
      <div className="task-details">
        {error !== null && <ErrorNote title={tasks.details.failedToRead} error={error} onRetry={details.read} />}
        {view === null ? (
          error === null && <p className="muted">{tasks.details.reading}</p>
        ) : (
          <Story {...details} view={view} />
        )}
      </div>
    </DialogFrame>
  );
};

const wasChecked = (view: TaskView): boolean =>
  view.steps.some((step) => step.name === 'check' && step.endedAt !== null);

const StateLine = ({ view }: { readonly view: TaskView }) => {
  const messages = useMessages();
  const look = stateLook[view.state];
  const safety = safetyWords(view, messages);
  return (
    <p className="row task-details-state">
      <span className={`row tone-${look.tone ?? 'plain'}`}>
        <Icon name={look.icon} />
        {messages.common.taskStates[view.state]}
      </span>
      {safety !== null && (
        <span className="row tone-ok">
          <Icon name="shield" />
          {safety}
        </span>
      )}
    </p>
  );
};

const Story = ({ view, events }: Pick<TaskDetails, 'events'> & { readonly view: TaskView }) => {
  const messages = useMessages();
  const language = useLanguage();
  const words = messages.tasks.details;
  return (
    <>
      {view.error !== null && <ErrorNote title={words.error} error={view.error} />}
      {view.cold.followUps.length > 0 && view.cold.followUpsDone === null && <FollowUps items={view.cold.followUps} />}
      <dl className="task-facts">
        {detailsFacts(view, nameOf, messages, language).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="strong">{words.steps}</h3>
      <ol className="task-step-list">
        {view.steps.map((step) => (
          <StepLine key={step.name} step={step} view={view} />
        ))}
      </ol>
      <h3 className="strong">{words.findings}</h3>
      {view.findings.length === 0 ? (
        <p className="muted small">{wasChecked(view) ? words.noFindings : words.notChecked}</p>
      ) : (
        <div className="task-findings">
          {worstFirst(view.findings).map((finding) => {
            const given = view.header.acknowledgements.find((one) => one.ruleId === finding.ruleId);
            return (
              <FindingCard
                key={findingKey(finding)}
                finding={finding}
                rows={
                  given !== undefined && (
                    <>
                      <dt>{messages.findings.acknowledged}</dt>
                      <dd>{messages.findings.quoted(given.reason)}</dd>
                    </>
                  )
                }
              />
            );
          })}
        </div>
      )}
      <h3 className="strong">{words.journal}</h3>
      <ol className="journal">
        {events.map((event) => (
          <JournalLine key={event.sequence} event={event} />
        ))}
      </ol>
    </>
  );
};

/** What the console leaves to people. */
const FollowUps = ({ items }: { readonly items: readonly FollowUp[] }) => {
  const { recovery } = useMessages();
  const language = useLanguage();
  return (
    <section className="note" aria-label={recovery.followUps}>
      <Icon name="info" />
      <div>
        <h3 className="strong">{recovery.followUps}</h3>
        <ul className="task-follow-up-list">
          {items.map((item) => {
            const words = followUpWords(item, language);
            return <li key={words}>{words}</li>;
          })}
        </ul>
      </div>
    </section>
  );
};

const StepLine = ({ step, view }: { readonly step: TaskStep; readonly view: TaskView }) => {
  const { common, tasks } = useMessages();
  const language = useLanguage();
  const state = shownState(step, view);
  const { icon, tone } = stepLook[state];
  return (
    <li className="task-step-line">
      <Icon name={icon} tone={tone} size="small" />
      <span>{common.steps[step.name]}</span>
      <span className="muted">{tasks.stepStates[state]}</span>
      <span className="muted number">{step.startedAt !== null && exactTime(step.startedAt, language)}</span>
      <span className="muted number">
        {step.startedAt !== null && step.endedAt !== null && duration(step.endedAt - step.startedAt, language)}
      </span>
    </li>
  );
};

const JournalLine = ({ event }: { readonly event: TaskEvent }) => {
  const messages = useMessages();
  const language = useLanguage();
  return (
    <li className="journal-line">
      <span className="muted number">{event.sequence}</span>
      <time className="muted" dateTime={new Date(event.at).toISOString()}>
        {exactTime(event.at, language)}
      </time>
      <span>{eventWords(event.body, messages, language)}</span>
    </li>
  );
};

interface CopyButtonProps {
  readonly view: TaskView;
  readonly events: readonly TaskEvent[];
}

const CopyButton = ({ view, events }: CopyButtonProps) => {
  const messages = useMessages();
  const language = useLanguage();
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = async () => {
    const text = detailsText(view, events, nameOf, messages, language);
    const done = await navigator.clipboard.writeText(text).then(
      () => 'copied' as const,
      () => 'copyFailed' as const,
    );
    setOutcome(done);
    announce(currentMessages().tasks.details[done]);
  };
  return (
    <>
      <button type="button" className="button button-large" onClick={() => void copy()}>
        <Icon name="duplicate" />
        {messages.tasks.details.copy}
      </button>
      {outcome !== null && (
        <span className={`small ${outcome === 'copied' ? 'tone-ok' : 'tone-bad'}`}>
          {messages.tasks.details[outcome]}
        </span>
      )}
    </>
  );
};
