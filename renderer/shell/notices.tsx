import { ErrorNote } from '../features/errors/error-note.tsx';
import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { closeNotice, useNotices } from '../stores/notices.ts';

/** Commands that failed, in a corner of the window, until the person closes them. */
export const Notices = () => {
  const { shell } = useMessages();
  const notices = useNotices((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label={shell.notices}>
      {notices.map(({ id, error }) => (
        <div key={id} className="notice raised">
          <ErrorNote error={error} />
          <button
            type="button"
            className="button button-subtle button-small button-icon notice-close"
            aria-label={shell.closeNotice}
            onClick={() => closeNotice(id)}
          >
            <Icon name="close" size="small" />
          </button>
        </div>
      ))}
    </section>
  );
};
