import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { useLimits } from '../../stores/limits.ts';
import './limits.css';

/** What tasks are limited to, where they wait for it; leads to where it is changed. Nothing until it is known. */
export const LimitsLine = () => {
  const { limits: words } = useMessages();
  const limits = useLimits((state) => state.limits);
  if (limits === null) return null;
  const summary = words.summary(limits);
  return (
    <button
      type="button"
      className="link small truncate limits-line"
      aria-label={words.change(summary)}
      title={words.change(summary)}
      onClick={() => openDialog({ kind: 'limits' })}
    >
      {summary}
    </button>
  );
};
