import { Tooltip } from '@fluentui/react-components';
import { isOpen } from '../../shared/domain/task.ts';
import { awaitsRecovery } from '../../shared/planning/recovery.ts';
import { Icon, type IconName } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { openDialog } from '../stores/dialogs.ts';
import { useImages } from '../stores/images.ts';
import { toggleTaskPanel, useLayout } from '../stores/layout.ts';
import { useTasks } from '../stores/tasks.ts';

/** The views of the console, top down. What is still to come is named, and says so. */
export const Rail = () => {
  const { shell } = useMessages();
  const { rail, why } = shell;
  const running = useTasks((state) => state.tasks.filter((task) => isOpen(task.state) || awaitsRecovery(task)).length);
  const imagesOpen = useImages((state) => state.isOpen);
  const openImages = useImages((state) => state.open);
  const closeImages = useImages((state) => state.close);
  const tasksOpen = useLayout((state) => state.taskPanelOpen);
  return (
    <nav className="rail" aria-label={rail.label}>
      <RailButton icon="inventory" label={rail.inventory} current={!imagesOpen} onClick={closeImages} />
      <RailButton
        icon="tasks"
        label={running > 0 ? rail.tasksRunning(running) : rail.tasks}
        count={running}
        expanded={tasksOpen}
        onClick={toggleTaskPanel}
      />
      <RailButton icon="plan" label={rail.plans} reason={why.notYet} />
      <RailButton icon="image" label={rail.images} current={imagesOpen} onClick={openImages} />
      <RailButton icon="balance" label={rail.recommendations} reason={why.notYet} />
      <span className="grow" />
      <RailButton icon="plug" label={shell.addSite} onClick={() => openDialog({ kind: 'add-site' })} />
    </nav>
  );
};

interface RailButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly current?: boolean;
  readonly count?: number;
  readonly expanded?: boolean;
  /** Why it cannot be used. */
  readonly reason?: string;
  readonly onClick?: () => void;
}

const RailButton = ({ icon, label, current, count = 0, expanded, reason, onClick }: RailButtonProps) => (
  <Tooltip
    content={reason === undefined ? label : `${label}: ${reason}`}
    relationship={reason === undefined ? 'label' : 'description'}
    positioning="after"
  >
    <button
      type="button"
      className="rail-button"
      aria-label={label}
      aria-current={current === true ? 'page' : undefined}
      aria-expanded={expanded}
      aria-disabled={reason === undefined ? undefined : true}
      onClick={reason === undefined ? onClick : undefined}
    >
      <Icon name={icon} size="large" />
      {count > 0 && <span className="rail-count">{count > 99 ? '99+' : count}</span>}
    </button>
  </Tooltip>
);
