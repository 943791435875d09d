import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { awaitsRecovery } from '../../../shared/planning/recovery.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { runCommand } from '../../stores/notices.ts';
import { cancelOperation, cancelTask, rerunTask } from '../../stores/tasks.ts';
import { cancelObstacle } from './cold-words.ts';

/** A task that can still be called back. */
const isCancellable = (view: TaskView): boolean => view.state === 'waiting' || view.state === 'running';

/** A task that ended without having moved its VM. */
const isRepeatable = (view: TaskView): boolean => view.state === 'failed' || view.state === 'cancelled';

/** What a person can do with a task, at the end of its row. */
export const TaskActions = ({ view }: { readonly view: TaskView }) => {
  const messages = useMessages();
  const { tasks, common, recovery } = messages;
  const { id, operation } = view.header;
  const label = taskLabel(id);
  const tooLate = cancelObstacle(view, messages);
  const waitsForPerson = awaitsRecovery(view);
  const recover = () => openDialog({ kind: 'recover', task: id });
  return (
    <span className="task-actions">
      {isCancellable(view) && (
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={tasks.cancelTask(label)}
          aria-disabled={tooLate !== null || undefined}
          title={tooLate ?? tasks.cancelTask(label)}
          onClick={() => tooLate === null && runCommand(() => cancelTask(id))}
        >
          <Icon name="close" />
        </button>
      )}
      {waitsForPerson && (
        <button
          type="button"
          className="button button-small"
          aria-label={recovery.recoverTask(label)}
          onClick={recover}
        >
          {recovery.recover}
        </button>
      )}
      {view.state === 'failed' && (
        <button
          type="button"
          className="button button-small"
          aria-label={tasks.rerunTask(label)}
          onClick={() => runCommand(() => rerunTask(id))}
        >
          {tasks.rerun}
        </button>
      )}
      <Menu positioning="below-end">
        <MenuTrigger>
          <button
            type="button"
            className="button button-subtle button-small button-icon"
            aria-label={tasks.moreFor(label)}
          >
            <Icon name="more" />
          </button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => openDialog({ kind: 'task', task: id })}>{common.details}</MenuItem>
            {waitsForPerson && <MenuItem onClick={recover}>{recovery.recover}</MenuItem>}
            {isRepeatable(view) && <MenuItem onClick={() => runCommand(() => rerunTask(id))}>{tasks.rerun}</MenuItem>}
            {isCancellable(view) && (
              <MenuItem disabled={tooLate !== null} subText={tooLate} onClick={() => runCommand(() => cancelTask(id))}>
                {tasks.cancelTask(label)}
              </MenuItem>
            )}
            {isCancellable(view) && (
              <MenuItem onClick={() => runCommand(() => cancelOperation(operation))}>{tasks.cancelOperation}</MenuItem>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
    </span>
  );
};
