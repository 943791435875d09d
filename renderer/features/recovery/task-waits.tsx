import { type TaskId, taskLabel } from '../../../shared/domain/ids.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { useTasks } from '../../stores/tasks.ts';
import { safetyWords } from '../tasks/cold-words.ts';

/** Says that a task waits for the person, and leads to the choice. */
export const TaskWaits = ({ task }: { readonly task: TaskId }) => {
  const messages = useMessages();
  const { recovery } = messages;
  const view = useTasks((state) => state.tasks.find((one) => one.header.id === task));
  if (view === undefined) return null;
  const safety = safetyWords(view, messages);
  return (
    <div className="note note-warn">
      <Icon name="warning" tone="warn" />
      <div className="grow">
        <p className="strong">{recovery.waitsForYou(taskLabel(task), view.header.move.vmName)}</p>
        {safety !== null && <p>{safety}</p>}
        <div className="row error-note-actions">
          <button
            type="button"
            className="button button-small"
            aria-label={recovery.recoverTask(taskLabel(task))}
            onClick={() => openDialog({ kind: 'recover', task })}
          >
            {recovery.recover}
          </button>
        </div>
      </div>
    </div>
  );
};
