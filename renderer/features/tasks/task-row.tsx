import { taskLabel } from '../../../shared/domain/ids.ts';
import { targetName } from '../../../shared/domain/migration.ts';
import type { TaskProgress, TaskView } from '../../../shared/domain/task.ts';
import { errorText } from '../../../shared/messages/errors.ts';
import { clockTime, duration, size, sizeParts } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { safetyWords } from './cold-words.ts';
import { sumOf } from './file-progress.ts';
import { TaskActions } from './task-actions.tsx';
import { TaskFiles } from './task-files.tsx';
import { TaskSteps } from './task-steps.tsx';
import { outcomeWords, spokenTask, stateLook, timeLeft } from './task-words.ts';
import { usePresent } from './use-present.ts';

export interface TaskRowProps {
  readonly view: TaskView;
  readonly progress: TaskProgress | undefined;
  readonly expanded: boolean;
  readonly onToggle: () => void;
}

/** One task: what it does, how far it is, what it waits for or what became of it. */
export const TaskRow = ({ view, progress, expanded, onToggle }: TaskRowProps) => {
  const { tasks, common } = useMessages();
  const { id, move, rerunOf } = view.header;
  const look = stateLook[view.state];
  const label = taskLabel(id);
  const moving = view.state === 'running' || view.state === 'cancelling';
  return (
    <>
      <div className={`task-grid task-line${expanded ? ' task-line-open' : ''}`}>
        <span className="task-cell">
          <button
            type="button"
            className={`task-state tone-${look.tone ?? 'plain'}`}
            aria-expanded={expanded}
            title={tasks.showSteps(label)}
            onClick={onToggle}
          >
            <Icon name={look.icon} />
            {common.taskStates[view.state]}
          </button>
        </span>
        <span className="task-cell truncate">
          <button
            type="button"
            className="task-name truncate"
            aria-label={tasks.detailsOf(label)}
            onClick={() => openDialog({ kind: 'task', task: id })}
          >
            <span className="muted">{label}</span>{' '}
            {move.method === 'cold-evacuate' ? tasks.parts[move.evacuation?.part ?? 'whole'] : tasks.short[move.method]}{' '}
            <span className="strong">{move.vmName}</span> → {targetName(move)}
          </button>
          {rerunOf !== null && <span className="muted small"> {tasks.rerunOf(taskLabel(rerunOf))}</span>}
        </span>
        {moving ? (
          <>
            <RunningBar view={view} progress={progress} />
            {view.state === 'running' && (
              <span className="task-cell task-rate number">
                {progress?.bytesPerSecond !== undefined && <Rate bytes={progress.bytesPerSecond} />}
              </span>
            )}
          </>
        ) : (
          <OutcomeCell view={view} />
        )}
        <span className="task-cell number">
          <TaskTime view={view} progress={progress} />
        </span>
        <span className="task-cell">
          <TaskActions view={view} />
        </span>
      </div>
      {expanded && <TaskMore view={view} progress={progress} />}
    </>
  );
};

const RunningBar = ({ view, progress }: Pick<TaskRowProps, 'view' | 'progress'>) => {
  const messages = useMessages();
  const { tasks, common } = messages;
  const language = useLanguage();
  const percent = progress?.percent ?? null;
  const cancelling = view.state === 'cancelling';
  const words = cancelling ? outcomeWords(view, messages, language).text : null;
  const step = view.steps.find((one) => one.state === 'running');
  const bytes = sumOf(progress?.files ?? []);
  const copied = bytes.totalBytes ? messages.recovery.bytesOf(size(bytes.doneBytes), size(bytes.totalBytes)) : null;
  return (
    <span className={`task-cell task-progress${cancelling ? ' task-progress-wide' : ''}`}>
      <span
        className={`progress-bar${cancelling ? ' progress-bar-grey' : ''}`}
        role="progressbar"
        aria-label={tasks.progressOf(taskLabel(view.header.id), view.header.move.vmName)}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === null ? { 'aria-valuetext': tasks.progressUnknown } : { 'aria-valuenow': Math.round(percent) })}
      >
        <span style={{ width: `${percent ?? 0}%` }} />
      </span>
      <span className="task-percent truncate" title={words ?? copied ?? undefined}>
        {words ?? (
          <>
            {step !== undefined && common.steps[step.name]}
            {copied !== null && <span className="task-bytes">{` · ${copied}`}</span>}
            {percent !== null && `${step === undefined ? '' : ' · '}${tasks.percent(Math.round(percent))}`}
          </>
        )}
      </span>
    </span>
  );
};

const Rate = ({ bytes }: { readonly bytes: number }) => {
  const { value, unit } = sizeParts(bytes);
  return (
    <>
      {value}
      <span className="unit">{useMessages().tasks.rate(unit)}</span>
    </>
  );
};

const OutcomeCell = ({ view }: { readonly view: TaskView }) => {
  const messages = useMessages();
  const words = outcomeWords(view, messages, useLanguage());
  const step = words.step === null ? '' : messages.tasks.inStep(words.step);
  const safety = safetyWords(view, messages);
  const { followUps, followUpsDone } = view.cold;
  // Where the VM is safe comes first: in a narrow panel the end of the line is cut off.
  return (
    <span className="task-cell task-outcome" title={[safety, step + words.text].filter(Boolean).join('\n')}>
      <span className="truncate">
        {safety !== null && (
          <span className="tone-ok">
            <Icon name="shield" size="small" tone="ok" />
            {safety}{' '}
          </span>
        )}
        {step !== '' && <span className="strong tone-bad">{step}</span>}
        <span className={step === '' ? 'muted' : undefined}>{words.text}</span>
      </span>
      {followUps.length > 0 && followUpsDone === null && (
        <button
          type="button"
          className="badge task-follow-ups"
          onClick={() => openDialog({ kind: 'task', task: view.header.id })}
        >
          <Icon name="info" />
          {messages.recovery.thingsToDo(followUps.length)}
        </button>
      )}
    </span>
  );
};

const TaskTime = ({ view, progress }: Pick<TaskRowProps, 'view' | 'progress'>) => {
  const { tasks } = useMessages();
  const language = useLanguage();
  const present = usePresent();
  if (view.endedAt !== null) return clockTime(view.endedAt, present, language);
  if (view.state === 'waiting')
    return <span className="muted">{duration(present - view.header.createdAt, language)}</span>;
  if (view.startedAt === null) return null;
  const left = timeLeft(view, progress, present);
  return left === null
    ? tasks.since(duration(present - view.startedAt, language))
    : tasks.timeLeft(duration(left, language));
};

/** Below an opened row: the way of the task, and what to do when it went wrong. */
const TaskMore = ({ view, progress }: Pick<TaskRowProps, 'view' | 'progress'>) => {
  const { common, recovery } = useMessages();
  const language = useLanguage();
  const running = view.steps.find((step) => step.state === 'running');
  const doing =
    running !== undefined && view.header.move.method === 'cold-evacuate' ? recovery.steps[running.name] : undefined;
  const text = view.error === null ? null : errorText(view.error, language);
  return (
    <section className="task-more" aria-label={spokenTask(view)}>
      <TaskSteps view={view} />
      {doing !== undefined && <p className="small muted">{doing}</p>}
      {progress?.files !== undefined && <TaskFiles progress={progress} />}
      {text !== null && (
        <div className="task-error small">
          <p>{text.cause}</p>
          {text.consequence !== '' && <p>{text.consequence}</p>}
          {text.remedy.length > 0 && (
            <ol className="remedy-steps">
              {text.remedy.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ol>
          )}
          <button
            type="button"
            className="link small"
            onClick={() => openDialog({ kind: 'task', task: view.header.id })}
          >
            {common.details}
          </button>
        </div>
      )}
    </section>
  );
};
