import type { TaskView } from '../../../shared/domain/task.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { now } from '../../messages/clock.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { shownState, stepLook } from '../tasks/task-steps.tsx';

/** The error with what follows from it, and how far the task had come. */
export const WhatHappened = ({ view }: { readonly view: TaskView }) => {
  const { common, recovery, tasks } = useMessages();
  const language = useLanguage();
  return (
    <div className="recovery-story">
      <h3 className="recovery-heading">
        {recovery.happened}
        <span className="grow" />
        <button type="button" className="link small" onClick={() => openDialog({ kind: 'task', task: view.header.id })}>
          {tasks.details.journal}
        </button>
      </h3>
      {view.error === null ? (
        <p className="note">
          <Icon name="info" />
          {recovery.nothingWrong}
        </p>
      ) : (
        <ErrorNote error={view.error} />
      )}
      <ol className="recovery-steps">
        {view.steps.map((step) => {
          const state = shownState(step, view);
          const at = step.endedAt ?? step.startedAt;
          return (
            <li key={step.name} className="small">
              <Icon name={stepLook[state].icon} tone={stepLook[state].tone} size="small" />
              <span className={state === 'failed' ? 'strong tone-bad' : undefined}>{common.steps[step.name]}</span>
              <span className="muted">{tasks.stepStates[state]}</span>
              <span className="muted number">{at !== null && clockTime(at, now(), language)}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
};
