import { Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { taskLabel } from '../../../shared/domain/ids.ts';
import type { TaskView } from '../../../shared/domain/task.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { runCommand } from '../../stores/notices.ts';
import { cancelOperation, cancelTask, rerunTask } from '../../stores/tasks.ts';

/** A task that can still be called back. */
const isCancellable = (view: TaskView): boolean => view.state === 'waiting' || view.state === 'running';

/** A task that ended without having moved its VM. */
const isRepeatable = (view: TaskView): boolean => view.state === 'failed' || view.state === 'cancelled';

/** What a person can do with a task, at the end of its row. */
export const TaskActions = ({ view }: { readonly view: TaskView }) => {
  const { tasks, common } = useMessages();
  const { id, operation } = view.header;
  const label = taskLabel(id);
  return (
    <span className="task-actions">
      {isCancellable(view) && (
        <button
          type="button"
          className="button button-subtle button-small button-icon"
          aria-label={tasks.cancelTask(label)}
          title={tasks.cancelTask(label)}
          onClick={() => runCommand(() => cancelTask(id))}
        >
          <Icon name="close" />
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
            {isRepeatable(view) && <MenuItem onClick={() => runCommand(() => rerunTask(id))}>{tasks.rerun}</MenuItem>}
            {isCancellable(view) && (
              <MenuItem onClick={() => runCommand(() => cancelTask(id))}>{tasks.cancelTask(label)}</MenuItem>
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
