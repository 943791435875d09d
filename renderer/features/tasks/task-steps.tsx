import type { TaskStep } from '../../../shared/domain/task.ts';
import { Icon, type IconName, type IconProps } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';

interface StepLook {
  readonly icon: IconName;
  readonly tone: IconProps['tone'];
}

export const stepLook: Readonly<Record<TaskStep['state'], StepLook>> = {
  pending: { icon: 'step-pending', tone: 'muted' },
  running: { icon: 'step-current', tone: 'brand' },
  done: { icon: 'success', tone: 'ok' },
  failed: { icon: 'failed', tone: 'bad' },
  cancelled: { icon: 'not-allowed', tone: 'muted' },
  unknown: { icon: 'not-determined', tone: 'warn' },
};

/** The way of a task: done, running and still to come. */
export const TaskSteps = ({ steps }: { readonly steps: readonly TaskStep[] }) => {
  const { common, tasks } = useMessages();
  return (
    <ol className="task-steps">
      {steps.map((step) => (
        <li key={step.name} className={`task-step task-step-${step.state}`}>
          <Icon name={stepLook[step.state].icon} tone={stepLook[step.state].tone} size="small" />
          {common.steps[step.name]}
          <span className="visually-hidden">: {tasks.stepStates[step.state]}</span>
        </li>
      ))}
    </ol>
  );
};
