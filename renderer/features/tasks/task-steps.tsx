import { isOpen, type TaskStep, type TaskView } from '../../../shared/domain/task.ts';
import { Icon, type IconName, type IconProps } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';

interface StepLook {
  readonly icon: IconName;
  readonly tone: IconProps['tone'];
}

/** A step of a task that has ended does not come any more. */
type ShownState = TaskStep['state'] | 'skipped';

export const shownState = (step: TaskStep, view: TaskView): ShownState =>
  step.state === 'pending' && !isOpen(view.state) && !view.cold.awaitsDecision ? 'skipped' : step.state;

export const stepLook: Readonly<Record<ShownState, StepLook>> = {
  pending: { icon: 'step-pending', tone: 'muted' },
  skipped: { icon: 'minus', tone: 'muted' },
  running: { icon: 'step-current', tone: 'brand' },
  done: { icon: 'success', tone: 'ok' },
  failed: { icon: 'failed', tone: 'bad' },
  cancelled: { icon: 'not-allowed', tone: 'muted' },
  unknown: { icon: 'not-determined', tone: 'warn' },
};

/** The way of a task: done, running and still to come. */
export const TaskSteps = ({ view }: { readonly view: TaskView }) => {
  const { common, tasks } = useMessages();
  return (
    <ol className="task-steps">
      {view.steps.map((step) => {
        const state = shownState(step, view);
        return (
          <li key={step.name} className={`task-step task-step-${state}`}>
            <Icon name={stepLook[state].icon} tone={stepLook[state].tone} size="small" />
            {common.steps[step.name]}
            <span className="visually-hidden">: {tasks.stepStates[state]}</span>
          </li>
        );
      })}
    </ol>
  );
};
