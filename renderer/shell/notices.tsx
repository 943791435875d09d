import type { CSSProperties } from 'react';
import { ErrorNote } from '../features/errors/error-note.tsx';
import { TaskWaits } from '../features/recovery/task-waits.tsx';
import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { useLayout } from '../stores/layout.ts';
import { closeNotice, closeTaskNotice, useNotices } from '../stores/notices.ts';

/** CSS pixels of the task panel while it is closed. */
const taskPanelHead = 34;
/** More than these would hide the window; the task log has them all. */
const shownTasks = 3;

/** Commands that failed and tasks that wait, in a corner of the window, until the person closes them. */
export const Notices = () => {
  const { shell } = useMessages();
  const notices = useNotices((state) => state.notices);
  const waitingTasks = useNotices((state) => state.waitingTasks);
  // Over the task log, whose rows and buttons they would cover.
  const below = useLayout((state) => (state.taskPanelOpen ? state.taskPanelHeight : taskPanelHead));
  if (notices.length + waitingTasks.length === 0) return null;
  return (
    <section className="notices" aria-label={shell.notices} style={{ '--taskPanel': `${below}px` } as CSSProperties}>
      {waitingTasks.slice(-shownTasks).map((task) => (
        <div key={`task-${task}`} className="notice raised">
          <TaskWaits task={task} />
          <CloseButton onClick={() => closeTaskNotice(task)} />
        </div>
      ))}
      {notices.map(({ id, error }) => (
        <div key={id} className="notice raised">
          <ErrorNote error={error} />
          <CloseButton onClick={() => closeNotice(id)} />
        </div>
      ))}
    </section>
  );
};

const CloseButton = ({ onClick }: { readonly onClick: () => void }) => {
  const { shell } = useMessages();
  return (
    <button
      type="button"
      className="button button-subtle button-small button-icon notice-close"
      aria-label={shell.closeNotice}
      onClick={onClick}
    >
      <Icon name="close" size="small" />
    </button>
  );
};
